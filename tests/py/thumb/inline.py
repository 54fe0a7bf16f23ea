# pyrite: oracle=pyrite board=only
# Inline assembler on the board that it is for: what it sees of objects, what it returns, what is wrong with it.
import gc


@micropython.asm_thumb
def add2(r0, r1):
    add(r0, r0, r1)


@micropython.asm_thumb
def first(r0) -> uint:
    ldr(r0, [r0, 0])


@micropython.asm_thumb
def same(r0) -> object:
    mov(r0, r0)


@micropython.asm_thumb
def less(r0, r1) -> bool:
    mov(r2, 0)
    cmp(r0, r1)
    bge(end)
    mov(r2, 1)
    label(end)
    mov(r0, r2)


@micropython.asm_thumb
def total(r0):
    mov(r1, 0)
    label(top)
    add(r1, r1, r0)
    sub(r0, 1)
    bne(top)
    mov(r0, r1)


@micropython.asm_thumb
def four(r0, r1, r2, r3):
    sub(r0, r0, r1)
    sub(r2, r2, r3)
    mul(r0, r2)


@micropython.asm_thumb
def nothing():
    pass


@micropython.asm_thumb
def third_byte(r0):
    ldrb(r0, [r0, 2])


print(add2(1, 2), add2(100, -300), add2(0x3FFFFFFF, 0x3FFFFFFF), add2(0x7FFFFFFF, 1))
print(add2(None, 5), add2(True, True), add2(False, -1))
print(first(bytearray(b"\x01\x02\x03\xff")), hex(first(b"abcd")), first([7]) >> 1, first((8, 9)) >> 1)
print(same({"a": 1}), same(None), same(print) is print)
print(less(1, 2), less(2, 1), less(-5, 5))
print(total(10), four(9, 4, 8, 1), nothing() is not None)
print(third_byte("xyz"), third_byte(memoryview(b"\x00\x01\x09")))
for wrong in ((), (1,), (1, 2, 3)):
    try:
        add2(*wrong)
    except TypeError:
        print("TypeError")
for body in ("foo(r0)", "add(r0, r1, x)", "b(gone)", "mov(r0, 0x1FFFF)", "label(1)"):
    try:
        exec("@micropython.asm_thumb\ndef wrong(r0):\n    " + body)
    except SyntaxError as e:
        print(e)
for head in ("wrong(a)", "wrong(r1)", "wrong(r0, r1, r2, r3, r4)", "wrong(r0) -> float"):
    try:
        exec("@micropython.asm_thumb\ndef " + head + ":\n    nop()")
    except SyntaxError as e:
        print(e)
try:
    exec("@micropython.asm_xtensa\ndef wrong(a2):\n    nop()")
except SyntaxError as e:
    print(e)

# Code goes with its function.
def made_and_dropped():
    for _ in range(40):
        exec("@micropython.asm_thumb\ndef dead(r0):\n" + "    nop()\n" * 60, {})
    gc.collect()
    return gc.mem_free()


made_and_dropped()
free = made_and_dropped()
print(free - made_and_dropped() < 2000)
