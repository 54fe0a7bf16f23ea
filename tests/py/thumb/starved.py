# pyrite: oracle=pyrite board=only
# Functions become machine code with whatever memory there is, or stay bytecode, or raise MemoryError.
import gc

NATIVE = """
@micropython.native
def f(a, b):
    t = 0
    for i in range(a):
        try:
            t += i * b ^ 3
            if t > 10 and i % 3 == 1:
                t -= len([x for x in (1, 2, i)])
        except ValueError as e:
            t = 5
    return t
"""
VIPER = """
@micropython.viper
def f(a: int, b: int) -> int:
    t = 0
    for i in range(a):
        t += i * b ^ 3
        if t > 10 and i % 3 == 1:
            t -= int(len(b"abc"))
    return t
"""
ASM = """
@micropython.asm_thumb
def f(r0, r1):
    label(top)
    add(r0, r0, r1)
    sub(r1, 1)
    bne(top)
"""


def fill(keep):
    hold = []
    gc.collect()
    try:
        while gc.mem_free() > keep + 600:
            hold.append(bytearray(min(512, max(16, gc.mem_free() - keep - 600))))
    except MemoryError:
        pass
    return hold


def attempt(source, keep):
    names = {}
    hold = fill(keep)
    try:
        exec(source, names)
    except MemoryError:
        return "MemoryError"
    hold = None
    return names["f"](20, 3)


for source in NATIVE, VIPER, ASM:
    print(sorted({str(attempt(source, keep)) for keep in range(0, 30000, 1500)}))
gc.collect()
print(gc.mem_free() > 50000)
