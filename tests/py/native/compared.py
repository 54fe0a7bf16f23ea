# pyrite: board
# Comparisons give what the operands say, not only a truth.
class Rich:
    def __lt__(self, other):
        return "lt"

    def __eq__(self, other):
        return ["eq", other]

    def __ne__(self, other):
        return None

    def __ge__(self, other):
        return 0.5


def compared(a, b):
    kept = a < b, a == b, a != b, a >= b, b > a
    if a != b:
        print("not here")
    return kept, (a < b) and (a == b), (a != b) or "other", not (a < b), 1 if a >= b else 2


print(compared(Rich(), 1))
print(compared(1, 2), compared(2.5, 2))


def exact(n, x):
    big = 2**53 + 1
    print(big == 2.0**53, big > 2.0**53, n == x, n > x, n - 1 == x, n + 1 != x)
    total = 0
    for i in range(n - 1, n + 2):
        if i == x:
            total += 1
        if i > x:
            total += 10
    return total, 2**62 - 1 == 2.0**62


print(exact(2**53 + 1, 2.0**53), exact(5, 5.0))


def powers():
    for make in (lambda: 2.0 ** 1024, lambda: 10.0 ** 308.5, lambda: 0.0 ** -1, lambda: (-10.0) ** 401):
        try:
            print(make())
        except (OverflowError, ZeroDivisionError) as error:
            print(type(error).__name__)
    print(2.0 ** -1080, (-2.0) ** 3, float("inf") ** 2.0, 0.0 ** 0, (-8.0) ** -1)


powers()
