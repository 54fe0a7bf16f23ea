# pyrite: board
# Floats: printing, arithmetic, comparison, conversion.
for x in (0.0, -0.0, 1.0, 0.1, 1 / 3, 1e16, 1e15, 123456789.123, 1e-5, 1e-4, 1.5e300, 5e-324, 2.5e-8, 100.0, 1e22, 1e23, float("inf"), float("-inf"), float("nan")):
    print(x, -x, repr(x))
print(0.1 + 0.2, 1.1 * 3, 7.5 // 2, -7.5 // 2, 7.5 % 2, -7.5 % 2, 7.5 % -2, divmod(7.5, 2), 2.0**0.5, 2**-1, (-8) ** 2.0, 1 / 4, 9 / 3, 1e308 * 10)
print(1.0 == 1, 1.5 > 1, 1 < 1.5 < 2, float("nan") == float("nan"), 0.0 == -0.0, hash(2.0) == hash(2), 2.0 in [1, 2], 3 == 3.0000001, float("inf") > 10**300)
print(int(3.99), int(-3.99), round(2.5), round(3.5), round(-2.5), round(2.567, 2), round(1234.5, -2), abs(-2.5), float(3), float("1e3"), float(" 2.5 "), float("-.5"), float("1_000.5"))
print("%.3f %8.2f %-8.2f| %e %g %g %G" % (3.14159, 2.5, 2.5, 12345.678, 1e-10, 1e5, 1e20), "{:.2%} {:+.1f} {:08.3f} {:,.2f}".format(0.1234, 2.0, -3.14159, 1234567.891))
print(min(1.5, 1), max(1, 2.5), sum([0.1] * 10), sum([1, 2.5]), 3 + 0.5, 0.5 * 4, 10 - 0.25, 2**70 * 1.0, True + 0.5, -(2.5), +1.5, not 0.0)
for f in (lambda: 1.0 / 0, lambda: 1.0 // 0, lambda: 1.0 % 0, lambda: int(float("inf")), lambda: int(float("nan")), lambda: float("x"), lambda: 1.5 & 1, lambda: 1.5 << 1, lambda: 0.0**-1):
    try:
        print(f())
    except (ZeroDivisionError, OverflowError, ValueError, TypeError) as e:
        print(type(e).__name__)
total = 0.0
for i in range(1, 1001):
    total += 1.0 / i
print(total)
x = 1.0
for i in range(60):
    x = (x + 2.0 / x) / 2.0
print(x, x * x - 2.0 < 1e-15, 1e16 + 1.0, 0.1 + 0.7, 4.35 * 100, 1.005 * 1000)
a, b = 0.0, 1.0
while b < 1e6:
    a, b = b, a + b
print(a, b, a / b)
