# pyrite: oracle=micropython board
# viper functions that call others: viper, native, plain, built-in, methods.
import micropython


@micropython.viper
def double(n: int) -> int:
    return n * 2


@micropython.native
def triple(n):
    return n * 3


def plain(n, k=10):
    return n + k


@micropython.viper
def all_kinds(n: int) -> int:
    return int(double(n)) + int(triple(n)) + int(plain(n)) + int(plain(n, k=1)) + int(len("four")) + int(max(n, 3))


print(all_kinds(5), all_kinds(-5))


@micropython.viper
def returns_object(n: int):
    return [n, double(n), str(n)]


print(returns_object(4))


@micropython.viper
def even(n: int) -> bool:
    if n == 0:
        return True
    return bool(odd(n - 1))


@micropython.viper
def odd(n: int) -> bool:
    if n == 0:
        return False
    return bool(even(n - 1))


print(even(10), even(7), odd(7))


@micropython.viper
def method(l, n: int):
    for i in range(n):
        l.append(i)
        l.append(l[0])
    l.sort()
    return l


print(method([5], 3))


@micropython.viper
def takes_function(f, n: int) -> int:
    return int(f(n)) + int(f(n + 1))


print(takes_function(double, 4), takes_function(lambda x: x * x, 3), takes_function(int, 2))


@micropython.viper
def raises_through(f) -> int:
    result = 0
    try:
        f()
    except ZeroDivisionError:
        result = 1
    return result


print(raises_through(lambda: 1 // 0), raises_through(lambda: 1))


@micropython.viper
def no_arguments() -> int:
    return 42


@micropython.viper
def object_argument(o: object) -> object:
    return o


@micropython.viper
def bool_argument(b: bool) -> int:
    if b:
        return 1
    return 0


print(no_arguments(), object_argument("o"), bool_argument(True), bool_argument(False), bool_argument([]), bool_argument("x"))
print(list(map(double, range(4))), sorted([3, 1, 2], key=double), [double(i) for i in range(3)])
