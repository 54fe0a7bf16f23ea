# pyrite: oracle=pyrite board=only
# Viper where words have 32 bits.


@micropython.viper
def wraps(a: int, b: int) -> int:
    return a * b + 1


@micropython.viper
def unsigned(a: uint, b: uint) -> uint:
    return a - b


@micropython.viper
def seven(a: int, b: int, c: int, d: int, e: int, f: int, g: int) -> int:
    return a - b + c - d + e - f + g


@micropython.viper
def calls(n: int) -> int:
    t = 0
    for i in range(n):
        t += int(seven(i, 1, 2, 3, 4, 5, 6)) + int(wraps(i, i))
    return t


@micropython.viper
def fib(n: int) -> int:
    return n if n < 2 else int(fib(n - 1)) + int(fib(n - 2))


@micropython.viper
def fill(out: ptr16, n: int):
    for i in range(n):
        out[i] = i * 257


@micropython.viper
def divided(a: int, b: int):
    return a // b, a % b, a >> 31, uint(a) >> 31


print(wraps(0x10000, 0x10000), wraps(0x7FFFFFFF, 1), wraps(-0x80000000, 1), wraps(1 << 33 | 5, 2))
print(unsigned(1, 2), unsigned(0xFFFFFFFF, 1), unsigned(0x80000000, 0))
print(seven(1, 2, 3, 4, 5, 6, 7), calls(10), fib(12))
words = bytearray(8)
fill(words, 4)
print(words)
for pair in ((7, 2), (-7, 2), (7, -2), (-7, -2), (-0x80000000, 3)):
    print(divided(*pair))
try:
    divided(1, 0)
except ZeroDivisionError as e:
    print(e)

shadowed = fib
fib = lambda n: 100
print(shadowed(3))
del fib
try:
    shadowed(3)
except NameError as e:
    print(e)

for line in ("def f(a: int64): pass", "def f() -> uint64: pass", "def f(p: ptr64): pass", "def f(a):\n    x = uint64(a)"):
    try:
        exec("@micropython.viper\n" + line)
    except ViperTypeError as e:
        print(e)
