# pyrite: oracle=micropython board
# Viper functions that call viper functions: of one module, of another, each other; names that change their meaning.
import micropython
from _direct import clamp, total, where
@micropython.viper
def is_even(n: int) -> int:
    if n == 0:
        return 1
    return int(is_odd(n - 1))
@micropython.viper
def is_odd(n: int) -> int:
    if n == 0:
        return 0
    return int(is_even(n - 1))
print(is_even(10), is_odd(10), is_even(7), is_odd(7))
@micropython.viper
def square(x: int) -> int:
    return x * x
@micropython.viper
def squares(n: int) -> int:
    t = 0
    for i in range(n):
        t += int(square(i))
    return t
print(squares(10))
kept = square
square = lambda x: 1
print(squares(10))
square = kept
print(squares(10))
@micropython.viper
def square(x: int) -> int:
    return x + 1000
print(squares(10))
@micropython.viper
def square(x: uint) -> uint:
    return x + uint(1)
print(squares(10))
square = 5
try:
    squares(3)
except TypeError as e:
    print("TypeError")
del square
try:
    squares(3)
except NameError as e:
    print("NameError", e)
@micropython.viper
def clamped(n: int) -> int:
    t = 0
    for i in range(n):
        t += int(clamp(i, 3, 5))
    return t
print(clamped(8))
@micropython.viper
def sums(b, n: int) -> int:
    p = ptr8(b)
    return int(total(p, n)) * 100 + int(total(b, 1))
print(sums(b"\x01\x02\x03", 3))
@micropython.viper
def here(n: int) -> int:
    return int(where(n))
print(here(1) == where(1))
@micropython.viper
def fails(n: int) -> int:
    if n == 0:
        raise ValueError("deep")
    return 10 // (n - 3)
@micropython.viper
def tries(n: int) -> int:
    try:
        return int(fails(n))
    except ValueError:
        print("caught")
        return -1
print(tries(0), tries(5))
@micropython.viper
def pair(a, b: int):
    return (a, b)
@micropython.viper
def pairs(n: int):
    found = []
    for i in range(n):
        found.append(pair("x", i))
    return found
print(pairs(3))
@micropython.viper
def nothing(a: int):
    pass
@micropython.viper
def calls_nothing(a: int):
    nothing(a)
    return nothing(a)
print(calls_nothing(3))
@micropython.viper
def many(a: int, b: int, c: int, d: int, e: int, f: int, g: int, h: int) -> int:
    return a + 2 * b + 3 * c + 4 * d + 5 * e + 6 * f + 7 * g + 8 * h
@micropython.viper
def calls_many(n: int) -> int:
    return int(many(n, n + 1, n + 2, n + 3, n + 4, n + 5, n + 6, n + 7))
print(calls_many(1), calls_many(-5))
@micropython.viper
def truth(a: int) -> bool:
    return a > 3
@micropython.viper
def count(n: int) -> int:
    t = 0
    for i in range(n):
        if truth(i):
            t += 1
    return t
print(count(10))
@micropython.viper
def ackermann(m: int, n: int) -> int:
    if m == 0:
        return n + 1
    if n == 0:
        return int(ackermann(m - 1, 1))
    return int(ackermann(m - 1, int(ackermann(m, n - 1))))
print(ackermann(2, 3))
@micropython.viper
def wrong(n: int) -> int:
    return int(ackermann(n))
try:
    wrong(1)
except TypeError:
    print("TypeError")
