# pyrite: oracle=micropython
# viper functions that call themselves: results, errors on the way, another meaning of the name.
import micropython
@micropython.viper
def div(n: int, d: int) -> int:
    if n == 0:
        if d == 0:
            raise ValueError("d")
        return 10 // d
    return int(div(n - 1, d)) + 1
print(div(5, 2), div(0, 2))
for i in range(3):
    try:
        div(3, 0)
    except ValueError as e:
        print("ValueError", e)
try:
    div("x", 1)
except TypeError:
    print("TypeError")
@micropython.viper
def tr(n: int) -> int:
    try:
        if n == 0:
            raise ValueError("v")
        return int(tr(n - 1)) + 1
    except ValueError:
        return -1515870811
    finally:
        print("f", n)
print(tr(2), tr(0))
@micropython.viper
def obj(n: int):
    if n == 0:
        return "end"
    x = obj(n - 1)
    return x
print(obj(3), obj(2))
@micropython.viper
def swap(n: int) -> int:
    if n == 0:
        return 0
    return int(swap(n - 1)) + 1
old = swap
print(old(3), old(3))
swap = lambda n: 100
print(old(3), old(3))
del swap
try:
    old(3)
except NameError as e:
    print("NameError", e)
