# pyrite: oracle=micropython exit=1 board
print("a file with a syntax error prints nothing")
def f(:
    pass
