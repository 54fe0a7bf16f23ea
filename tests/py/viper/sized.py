# pyrite: oracle=pyrite modes=bytecode,stress
# viper: whole numbers of 8 to 64 bits wrap at their size; words and signs mix by what they are worth.
import micropython
from array import array


@micropython.viper
def narrow(x: int):
    print(int8(x), int16(x), int32(x), uint8(x), uint16(x), uint32(x))


for x in (0, 1, -1, 127, 128, 255, 256, 32768, 65535, 1 << 31, (1 << 32) - 1, -(1 << 40) - 1):
    narrow(x)


@micropython.viper
def wraps(a: uint8, b: int8, c: uint16, d: int16, e: uint32, f: int32):
    a += 1
    b += 1
    c *= 3
    d -= 2
    e <<= 1
    f = f * f
    print(a, b, c, d, e, f, -a, -b, ~c, ~d, a >> 1, b >> 1, e // 3, f % 7)


wraps(255, 127, 40000, -32768, 0xFFFFFFFF, 65536)
wraps(300, 128, -1, 32769, 1 << 33, -5)


@micropython.viper
def wide(a: int64, b: uint64):
    print(a + 1, b + 1, a < 0, b > 5, b >> 60, b // 10, b % 10, -a)


wide((1 << 63) - 1, (1 << 64) - 2)
wide(-1, -1)


@micropython.viper
def least(a: int8, b: int8):
    print(a // b, a % b)


least(-128, -1)
least(-7, 2)


@micropython.viper
def crc(data: ptr8, n: int) -> uint32:
    c: uint32 = 0xFFFFFFFF
    for i in range(n):
        c ^= data[i]
        for _ in range(8):
            c = (c >> 1) ^ (uint32(0xEDB88320) if c & 1 else uint32(0))
    return c ^ 0xFFFFFFFF


print(hex(crc(b"123456789", 9)))


@micropython.viper
def hashed(data: ptr8, n: int) -> uint64:
    h: uint64 = 14695981039346656037
    for i in range(n):
        h = (h ^ data[i]) * 1099511628211
    return h


print(hex(hashed(b"hello", 5)))


@micropython.viper
def words(p: ptr64, n: int) -> int:
    s = 0
    for i in range(n):
        s += p[i]
        p[i] = -1
    return s


numbers = array("q", [1 << 40, 2, -3])
print(words(numbers, 3), numbers)


@micropython.viper
def udiv(a: uint, b: uint):
    print(a // b, a % b, a // 3, a % 3, a >> 4)


udiv(100, 7)
udiv(-1, 10)


@micropython.viper
def compares(a: int, b: uint):
    print(a < b, a <= b, a > b, a >= b, a == b, a != b)
    print(b < a, b <= a, b > a, b >= a, b == a, b != a)
    if a < b:
        print("less")


compares(-1, 1)
compares(5, 5)
compares(-1, -1)
compares(7, 3)


@micropython.viper
def powers(a: int, n: int) -> int:
    return a**n + a**2 - a**3 + a**0 - a**1


print(powers(3, 5), powers(-2, 63), powers(2, 0))
try:
    powers(2, -1)
except ValueError as error:
    print(error)


@micropython.viper
def bools(a: int, b: int) -> int:
    x = a < b
    y = (a == 1) & (b == 2)
    return (not a) + x + 10 * y + (3 if not x else 0)


print(bools(1, 2), bools(0, 0), bools(5, 1))


@micropython.viper
def steps(a: int, b: int, s: int) -> int:
    t = 0
    for i in range(a, b, s):
        if i == 50:
            continue
        if i > 90:
            break
        t = t * 10 + i % 10
    else:
        t = -t
    return t


for args in ((0, 10, 3), (10, 0, -3), (5, 5, 1), (0, 5, -1), (0, 100, 25), (-5, 5, 100), (-(1 << 62), 1 << 62, 1 << 62)):
    print(args, steps(*args))
try:
    steps(0, 1, 0)
except ValueError as error:
    print(error)


@micropython.viper
def stepped(a, s: int):
    for i in range(int(a), 0, s):
        s = 5
        yield_to.append(i)


yield_to = []
stepped(7, -2)
print(yield_to)


class Box:
    n = 3


@micropython.viper
def attribute(box, by: int):
    box.n += by
    box.n *= 2
    return box.n - by


print(attribute(Box(), 4))


@micropython.viper
def annotated(n: int) -> uint:
    x: uint = 5
    y: uint8
    y = n
    z: "text" = 1
    return x + y + uint(z)


print(annotated(3), annotated(258))


@micropython.viper
def boxed(a: uint8, b: int64, c: uint64):
    return [a, b, c, (a, b)]


print(boxed(200, -(1 << 63), (1 << 64) - 1))
