# pyrite: board oom
# Integer operators, with every mix of signs where rounding matters.
for a in (7, -7, 0, 1):
    for b in (2, -2, 3, -3):
        print(a, b, a + b, a - b, a * b, a // b, a % b, divmod(a, b), a & b, a | b, a ^ b)
for a in (5, -5):
    for s in (0, 1, 2, 10):
        print(a << s, a >> s, ~a, -a, +a)
print(2**10, 3**0, (-2) ** 3, -(2**3), 2**3**2)
print(1 < 2 < 3, 1 < 3 < 2, 3 > 2 >= 2, 1 == 1 != 2)
print(True + True, True * 5, False - 1, True & 3, not 0, not 1)
x = 10
x += 3
x -= 1
x *= 4
x //= 5
print(x)
x %= 7
x <<= 4
x >>= 1
x |= 3
x &= 0x1E
x ^= 0xFF
x **= 2
print(x)
for op in ("1 // 0", "1 % 0", "divmod(1, 0)", "0 ** -1", "1 << -1", "1 >> -1"):
    try:
        print(eval(op))
    except (ZeroDivisionError, ValueError) as e:
        print(op, type(e).__name__)
