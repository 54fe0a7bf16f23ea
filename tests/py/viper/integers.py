# pyrite: oracle=micropython
# viper: machine words, their arithmetic, comparison, loops and casts.
import micropython


@micropython.viper
def arithmetic(a: int, b: int):
    print(a + b, a - b, a * b, a & b, a | b, a ^ b, a << 2, a >> 1, -a, ~a)
    print(a < b, a <= b, a == b, a != b, a > b, a >= b)


arithmetic(7, 3)
arithmetic(-7, 3)
arithmetic(0, -1)


@micropython.viper
def divide(a: int, b: int) -> int:
    return (a // b) * 1000 + a % b


for a in (7, -7):
    for b in (2, -2, 3):
        print(divide(a, b))


@micropython.viper
def wrap(a: int) -> int:
    return a * a


print(wrap(3), wrap(1 << 40) == (1 << 80) & ((1 << 64) - 1))


@micropython.viper
def count(n: int) -> int:
    total = 0
    i = 0
    while i < n:
        if i & 1:
            i += 3
            continue
        total += i
        i += 1
        if total > 100:
            break
    return total


print(count(5), count(1000))


@micropython.viper
def ranges(a: int, b: int) -> int:
    total = 0
    for i in range(a, b):
        for j in range(i):
            total += i * j
    for k in range(b, a, -2):
        total -= k
    return total


print(ranges(0, 5), ranges(-2, 4))


@micropython.viper
def casts(x, y: int) -> int:
    a = int(x)
    b = uint(y)
    if bool(a):
        a += 1
    return a + int(b)


print(casts(5, 6), casts(0, 1))


@micropython.viper
def objects(a, b):
    c = a + b
    d = [a, b, c]
    d.append(len(d))
    return d, str(c), a < b


print(objects(1, 2), objects("a", "b"), objects(1.5, 2.5))


@micropython.viper
def to_bool(a: int) -> bool:
    return a > 5


print(to_bool(6), to_bool(5))


@micropython.viper
def unsigned(a: uint) -> uint:
    return a >> 1


print(unsigned(10), unsigned(1 << 62))


@micropython.viper
def nothing(a: int):
    a += 1


@micropython.viper
def logic(a: int, b: int) -> int:
    if a and b:
        return 1
    if a or b:
        return 2
    if not a:
        return 3
    return 4


print(nothing(1), logic(1, 1), logic(0, 1), logic(0, 0))


@micropython.viper
def fib(n: int) -> int:
    if n < 2:
        return n
    return int(fib(n - 1)) + int(fib(n - 2))


print(fib(15))
for bad in (lambda: fib("x"), lambda: fib(), lambda: fib(1, 2), lambda: fib(None)):
    try:
        bad()
    except TypeError as e:
        print("TypeError")
