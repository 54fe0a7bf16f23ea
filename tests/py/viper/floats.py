# pyrite: oracle=pyrite modes=bytecode,stress
# viper: floats in registers, whole numbers made floats and back.
import micropython
from array import array


@micropython.viper
def horner(x: float) -> float:
    return (1.5 * x - 2.0) * x + 0.25


print(horner(2.0), horner(-0.5), horner(3))


@micropython.viper
def total(n: int) -> float:
    s = 0.0
    for i in range(n):
        s += float(i) * 0.5
    return s


print(total(10), total(0))


@micropython.viper
def dot(a: ptrf, b: ptrf64, n: int) -> float:
    s = 0.0
    i = 0
    while i < n:
        s += a[i] * b[i]
        i += 1
    return s


print(dot(array("d", [1.5, 2.5, -3.0]), array("d", [2.0, 4.0, 0.5]), 3))


@micropython.viper
def scale(p: ptrf32, n: int, by: float):
    for i in range(n):
        p[i] = p[i] * by
    p[0] = 7


singles = array("f", [1.0, 2.0, 0.1])
scale(singles, 3, 3)
print([round(x, 6) for x in singles])


@micropython.viper
def operators(x: float, y: float):
    print(x + y, x - y, x * y, x / y, x // y, x % y, x ** y)
    print(x < y, x <= y, x > y, x >= y, x == y, x != y)
    print(-x, +x, not x, not (x < y))
    if x < y:
        print("less")
    elif x > y:
        print("more")
    else:
        print("neither")


operators(7.5, 2.0)
operators(-7.5, 2.0)
operators(2.0, float("inf"))
operators(float("nan"), 1.0)


@micropython.viper
def mixed(n: int, x: float):
    print(n + x, x - n, n * x, n / 2, 7 / n, n // x, n < x, x < n, n == x, n ** 0.5, x ** 2, 2 ** n)


mixed(3, 1.5)
mixed(9, 9.0)


def kind(function, *args):
    try:
        return function(*args)
    except Exception as error:
        return type(error).__name__, str(error)


@micropython.viper
def div(x: float, y: float) -> float:
    return x / y


@micropython.viper
def floordiv(x: float, y: float) -> float:
    return x // y


@micropython.viper
def power(x: float, y: float) -> float:
    return x ** y


@micropython.viper
def truediv(x: int, y: int) -> float:
    return x / y


print(kind(div, 1.0, 0.0), kind(floordiv, 1.0, 0.0), kind(power, -8.0, 0.5), kind(truediv, 1, 0), truediv(1, 4))


@micropython.viper
def whole(x: float) -> int:
    return int(x)


print(whole(2.75), whole(-2.75), whole(1e15), kind(whole, float("nan")), kind(whole, float("inf")))


@micropython.viper
def unsigned(n: uint) -> float:
    return float(n)


print(unsigned(5), unsigned(-1), unsigned(1 << 63))


@micropython.viper
def truth(x: float) -> bool:
    return bool(x)


print(truth(0.0), truth(-0.0), truth(0.5), truth(float("nan")))


@micropython.viper
def from_object(x) -> float:
    y = float(x)
    return y + 1


class Number:
    def __float__(self):
        return 2.5


print(from_object(1), from_object("1.5"), from_object(Number()), from_object(True), kind(from_object, []))


@micropython.viper
def narrow(flag: int, x: float) -> float:
    return x if flag else 1


print(narrow(1, 2.5), narrow(0, 2.5))


@micropython.viper
def caught(x: float, y: float) -> float:
    z = 1.0
    try:
        z = 2.0
        z = x / y
    except ZeroDivisionError:
        return z + 0.5
    finally:
        z = 0.0
    return z - 1.0


print(caught(1.0, 0.0), caught(1.0, 2.0))


@micropython.viper
def deep(n: int, x: float) -> float:
    if n == 0:
        return x
    return float(deep(n - 1, x * 0.5))


print(deep(10, 1.0), kind(deep, 1 << 40, 1.0)[0])


@micropython.viper
def objects(items, x: float):
    s = 0.0
    for item in items:
        s += item
    return [s, x, (x, 1)]


print(objects([1, 2.5, 3], 1e300 * 10.0), objects([], -0.0))
print([f for f in (5e-324, 1.7e308, 1e-310)] == [objects([f], f)[1] for f in (5e-324, 1.7e308, 1e-310)])


@micropython.viper
def unsigned_constants() -> float:
    return float(uint64(-1)) - float(uint(-2))


print(unsigned_constants(), unsigned_constants() < 1e5)


@micropython.viper
def squared(x: float) -> float:
    x = x**2
    return x


for base in 1.5, -3e153, 1e200, -1e200, float("inf"), float("-inf"):
    try:
        print(squared(base))
    except OverflowError:
        print("too big", base)


@micropython.viper
def quotients(a: int, b: int, c: uint, d: int32):
    print(a / b, a / 5, b / d, c / b, d / 3, 9007199254740993 / d)


quotients(0x65 ^ -(2**62), 5, 2**64 - 1, 3)
quotients(7, -2, 7, -7)
for zero in (5, 0, 1, 1), (1, 1, 1, 0):
    try:
        quotients(*zero)
    except ZeroDivisionError as e:
        print(e)
