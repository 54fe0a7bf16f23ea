# pyrite: oracle=micropython board
# viper: reading and writing memory through ptr8, ptr16 and ptr32.
import micropython
from array import array


@micropython.viper
def sum8(p: ptr8, n: int) -> int:
    total = 0
    for i in range(n):
        total += p[i]
    return total


print(sum8(bytearray(b"\x01\x02\xff"), 3), sum8(b"abc", 3), sum8("abc", 3), sum8(array("H", [258, 1]), 4))


@micropython.viper
def fill8(p: ptr8, n: int, v: int):
    i = 0
    while i < n:
        p[i] = v + i
        i += 1


b = bytearray(6)
fill8(b, 5, 250)
print(b)


@micropython.viper
def swap16(p: ptr16, n: int):
    for i in range(n):
        x = p[i]
        p[i] = (x & 0xFF) << 8 | x >> 8


h = array("H", [0x1234, 0xABCD, 1])
swap16(h, 3)
print([hex(x) for x in h])


@micropython.viper
def add32(a: ptr32, b: ptr32, c: ptr32, n: int):
    for i in range(n):
        c[i] = a[i] + b[i]


x, y, z = array("I", [1, 2, 4294967295]), array("I", [10, 20, 2]), array("I", [0, 0, 0])
add32(x, y, z, 3)
print(z)


@micropython.viper
def cast(buf) -> int:
    p = ptr8(buf)
    q = ptr16(buf)
    return p[0] + p[1] * 256 - q[0] + p[2]


print(cast(bytearray([1, 2, 3, 4])))


@micropython.viper
def fixed(p: ptr8):
    p[0] = 1
    p[3] = 4
    p[1] = p[0] + p[3]
    p[2] = 300


b = bytearray(5)
fixed(b)
print(b)


@micropython.viper
def reverse(p: ptr8, n: int):
    i = 0
    j = n - 1
    while i < j:
        t = p[i]
        p[i] = p[j]
        p[j] = t
        i += 1
        j -= 1


b = bytearray(b"hello!")
reverse(b, 6)
print(b)
for bad in (lambda: sum8(5.5, 1), lambda: sum8([1], 1)):
    try:
        print(bad())
    except TypeError:
        print("TypeError")
