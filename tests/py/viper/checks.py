# pyrite: oracle=pyrite opt=-Xviper-checks
# -X viper-checks: pointers made from buffers know how far they reach, those made from numbers do not.
import micropython
from array import array
@micropython.viper
def read8(p: ptr8, i: int) -> int:
    return p[i]
@micropython.viper
def read16(p: ptr16, i: int) -> int:
    return p[i]
@micropython.viper
def read32(b, i: int) -> int:
    p = ptr32(b)
    return p[i]
@micropython.viper
def write8(p: ptr8, i: int, v: int):
    p[i] = v
@micropython.viper
def readf(p: ptrf, i: int) -> float:
    return p[i]
@micropython.viper
def third(p: ptr8) -> int:
    return p[2]
def tried(f, *args):
    try:
        return f(*args)
    except IndexError as e:
        return "IndexError: " + str(e)
b = bytearray(b"\x01\x02\x03\x04\x05\x06\x07\x08\x09")
for i in (0, 8, 9, -1, 1 << 40):
    print(i, tried(read8, b, i), tried(write8, b, i, 5))
for i in (0, 3, 4, -1):
    print(i, tried(read16, b, i), tried(read32, b, i))
print(tried(readf, array("d", [1.5, 2.5]), 1), tried(readf, array("d", [1.5, 2.5]), 2))
print(tried(third, b"abc"), tried(third, b"ab"), tried(third, memoryview(b)[1:3]))
@micropython.viper
def by_number(b, i: int) -> int:
    p = ptr8(b)
    a = int(p)
    q = ptr8(a + 4)
    return q[i]
print(by_number(b, -1), by_number(b, 2))
@micropython.viper
def narrowed(b, i: int) -> int:
    p = ptr16(ptr8(b))
    q = p
    p = ptr16(b"zz")
    return q[i] + p[0] - p[0]
print(tried(narrowed, b, 3), tried(narrowed, b, 4))
@micropython.viper
def total(p: ptr8, n: int) -> int:
    t = 0
    for i in range(n):
        t += p[i]
    return t
@micropython.viper
def totals(b, n: int) -> int:
    return int(total(ptr8(b), n))
@micropython.viper
def depth(p: ptr8, n: int) -> int:
    if n == 0:
        return p[9]
    return int(depth(p, n - 1)) + 1
print(tried(totals, b, 9), tried(totals, b, 10), tried(depth, b, 2), tried(depth, b + b"\x01", 2))
@micropython.viper
def either(a, b, first: bool, i: int) -> int:
    p = ptr8(a)
    q = ptr8(b)
    return (p if first else q)[i]
print(tried(either, b"ab", b"c", True, 1), tried(either, b"ab", b"c", False, 1))
@micropython.viper
def caught(p: ptr8, n: int) -> int:
    i = 0
    try:
        while True:
            n += p[i]
            i += 1
    except IndexError:
        return i
print(caught(b"12345", 0))
