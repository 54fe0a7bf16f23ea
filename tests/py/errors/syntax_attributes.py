# The attributes of a SyntaxError.
def show(source, mode="exec"):
    try:
        compile(source, "place.py", mode)
    except SyntaxError as e:
        print(type(e).__name__, e.msg, e.filename, e.lineno, e.offset, repr(e.text.strip()), e.print_file_and_line)
        print(len(e.args), e.args[0] == e.msg, e.args[1][:3])


show("x = (1 +\n     2 3)\n")
show("if x:\npass\n")
show("é = 'é' 5\n")
e = SyntaxError("text", ("f.py", 3, 4, "a = = b", 3, 5))
print(e.msg, e.filename, e.lineno, e.offset, e.text, e.end_lineno, e.end_offset)
e = SyntaxError("text")
print(e.msg, e.filename, e.lineno, e.offset, e.text, e.end_lineno, e.end_offset)
e.lineno = 7
print(e.lineno)
for source in ("(1 + 2", "a b"):
    for f in (eval, exec):
        try:
            f(source)
        except SyntaxError as e:
            print(e.filename, e.lineno, e.offset)
