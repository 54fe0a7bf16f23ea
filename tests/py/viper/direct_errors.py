# pyrite: oracle=pyrite
# What goes wrong in viper functions that viper functions call: tracebacks, recursion without end, floats.
import micropython
import sys
@micropython.viper
def divides(n: int) -> int:
    return 10 // (n - 3)
@micropython.viper
def calls(n: int) -> int:
    return int(divides(n)) + 1
print(calls(5))
try:
    calls(3)
except ZeroDivisionError as e:
    sys.print_exception(e, sys.stdout)
@micropython.viper
def deep(n: int) -> int:
    return int(deeper(n + 1))
@micropython.viper
def deeper(n: int) -> int:
    return int(deep(n + 1))
try:
    deep(0)
except RuntimeError:
    print("RuntimeError")
@micropython.viper
def half(x: float) -> float:
    if x < 0.0:
        raise ValueError("negative")
    return x / 2.0
@micropython.viper
def quarter(n: int) -> float:
    return float(half(half(n)))
print(quarter(3), quarter(10))
try:
    quarter(-1)
except ValueError as e:
    print("ValueError", e)
@micropython.viper
def narrow(a: uint8, b: int16) -> int8:
    return a + b
@micropython.viper
def wide(a: int, b: int) -> int:
    return int(narrow(a, b))
print(wide(300, 70000), wide(-1, 1))
@micropython.viper
def named(n: int, m: int = 7) -> int:
    return n * 100 + m
@micropython.viper
def names(n: int) -> int:
    return int(named(n)) + int(named(n, 1)) + int(named(m=n, n=2))
print(names(3))
