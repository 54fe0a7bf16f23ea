# pyrite: oracle=micropython
# viper loops over ranges of machine integers.
import micropython


@micropython.viper
def total(a: int, b: int, s: int) -> int:
    t = 0
    i = a
    while i != b:
        t = t * 3 + i
        i += s
    return t


print(total(0, 5, 1), total(5, 0, -1), total(0, 12, 3))


@micropython.viper
def break_out(n: int) -> int:
    found = -1
    for i in range(n):
        for j in range(n):
            if i * j == 42:
                found = i * 100 + j
                break
        if found >= 0:
            break
    return found


print(break_out(5), break_out(10))


@micropython.viper
def bits(n: int) -> int:
    count = 0
    while n:
        n &= n - 1
        count += 1
    return count


print(bits(0), bits(255), bits(0x5555), bits(1 << 40))


@micropython.viper
def collatz(n: int) -> int:
    steps = 0
    while n != 1:
        if n & 1:
            n = 3 * n + 1
        else:
            n >>= 1
        steps += 1
    return steps


print([collatz(n) for n in (1, 2, 3, 7, 27, 97)])


@micropython.viper
def gcd(a: int, b: int) -> int:
    while b:
        t = a % b
        a = b
        b = t
    return a


print(gcd(48, 36), gcd(17, 5), gcd(0, 9), gcd(1000000007, 998244353))


@micropython.viper
def power(base: int, exponent: int, modulus: int) -> int:
    result = 1
    base %= modulus
    while exponent > 0:
        if exponent & 1:
            result = result * base % modulus
        base = base * base % modulus
        exponent >>= 1
    return result


print(power(3, 200, 1000007), power(2, 10, 1 << 30))


@micropython.viper
def hash_of(p: ptr8, n: int) -> int:
    h = 5381
    for i in range(n):
        h = ((h << 5) + h ^ p[i]) & 0xFFFFFFFF
    return h


print(hash_of(b"hello", 5), hash_of(b"", 0))


@micropython.viper
def not_a_machine_range(n) -> int:
    t = 0
    for x in n:
        t += int(x)
    return t


print(not_a_machine_range([1, 2, 3]), not_a_machine_range(range(5)))


@micropython.viper
def down(n: int) -> int:
    t = 0
    for i in range(n, 0, -1):
        t = t * 2 + i
    for i in range(-3, 3):
        t += i
    return t


print(down(5))
