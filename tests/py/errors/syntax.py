# pyrite: oracle=pyrite exit=1
print("a file with a syntax error prints nothing")
def f(:
    pass
