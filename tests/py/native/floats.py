# pyrite: board
# Floats in native code, in locals over loops and mixed with integers.
try:
    import micropython
except ImportError:

    class micropython:
        @staticmethod
        def native(f):
            return f


@micropython.native
def series(n):
    total = 0.0
    sign = 1.0
    for i in range(n):
        total += sign / (2 * i + 1)
        sign = -sign
    return total * 4


@micropython.native
def newton(x):
    guess = x
    steps = 0
    while abs(guess * guess - x) > 1e-12 and steps < 50:
        guess = (guess + x / guess) / 2.0
        steps += 1
    return guess, steps


@micropython.native
def becomes(n):
    x = 1
    for i in range(n):
        if i == 3:
            x = x * 1.5
        if i == 6:
            x = int(x) + 2**70
        x = x + 1
    return x


@micropython.native
def compare(a, b):
    return a < b, a <= b, a == b, a != b, a > b, a >= b


@micropython.native
def ops(a, b):
    return a + b, a - b, a * b, a / b, a // b, a % b, -a, +a, a**2, abs(a), int(a), bool(a)


@micropython.native
def swap(n):
    x, y = 0.0, 1.0
    for _ in range(n):
        x, y = y, x + y
    return x


print(series(1000), newton(2.0), newton(1e10), becomes(3), becomes(5), becomes(9), swap(50))
nan, inf = float("nan"), float("inf")
for a, b in ((1.5, 2.5), (1.0, 1), (-0.0, 0.0), (nan, nan), (nan, 1.0), (inf, 1e308), (-inf, inf), (2**53, 2.0**53), (5e-324, 0.0)):
    print(a, b, compare(a, b))
for a, b in ((7.5, 2), (-7.5, 2.0), (7, 0.5), (1e100, 1e10), (-0.0, 1.0)):
    print(ops(a, b))
for a in (1.0, 0.0, -1.0):
    try:
        print(ops(a, 0.0))
    except ZeroDivisionError:
        print("ZeroDivisionError")


@micropython.native
def escapes(n):
    kept = []
    x = 0.25
    for i in range(n):
        kept.append(x)
        x *= 2.0
    return kept, {x: "key"}, "%.3f" % x, [y + 0.5 for y in kept], (lambda: x)()


print(escapes(5))
