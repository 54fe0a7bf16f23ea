# pyrite: oracle=pyrite
# Assembler of another machine is an error where it is defined, and in no other place.
import micropython

text = """
import micropython
@micropython.{}
def f(r0):
    add(r0, r0, 1)
"""
for name in ("asm_thumb", "asm_xtensa", "asm_rv32"):
    try:
        exec(text.format(name))
    except SyntaxError as e:
        print(name, e.args)
