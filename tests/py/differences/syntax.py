# pyrite: oracle=pyrite
# What MicroPython's compiler lets through, or gets wrong, and ours refuses as Python does; and the other way round.
for source in ("x = 0x", "x = 1__0", "f'}'", "b'é'", "[*range(3)]", "{**{}}"):
    try:
        compile(source, "<test>", "exec")
        print("compiled", repr(source))
    except SyntaxError as e:
        print("SyntaxError", e.args, repr(source))
