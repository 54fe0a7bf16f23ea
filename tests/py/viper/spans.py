# pyrite: oracle=micropython
# Division of what cannot be negative, and of what only looks so.
import micropython
@micropython.viper
def adler(p: ptr8, n: int) -> int:
    a = 1
    b = 0
    for i in range(n):
        a = (a + p[i]) % 65521
        b = (b + a) % 65521
    return b << 16 | a
print(adler(b"Wikipedia", 9))
@micropython.viper
def later(n: int) -> int:
    t = 5
    s = 0
    for i in range(n):
        s = s * 10 + t % 7
        t = 3 - i * 2
    return s
print(later(6))
@micropython.viper
def first(n: int) -> int:
    x = -9
    y = x % 4
    x = 9
    return y * 100 + x // 4
print(first(0))
@micropython.viper
def grows(n: int) -> int:
    x = 1
    for i in range(n):
        x = x * 5
    return x % 7
print(grows(3), grows(30), grows(40))
@micropython.viper
def masked(n: int) -> int:
    m = n & 0xFF
    return (m // 10) * 1000 + (m ^ 0x80) % 100 + (m << 3) % 7
print(masked(1234), masked(-1234))
@micropython.viper
def down(n: int) -> int:
    s = 0
    while n > -5:
        k = n
        s = s * 3 + (k % 3) + (k // 2)
        n -= 2
    return s
print(down(4))
@micropython.viper
def both(b: bool, n: int) -> int:
    d = 3
    if b:
        d = n
    return 100 // d + 100 % d
print(both(False, 7), both(True, 7), both(True, -7))
