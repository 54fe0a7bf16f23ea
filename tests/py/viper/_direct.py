# Imported by direct.py.
import micropython
@micropython.viper
def clamp(x: int, low: int, high: int) -> int:
    if x < low:
        return low
    if x > high:
        return high
    return x
@micropython.viper
def total(p: ptr8, n: int) -> int:
    t = 0
    for i in range(n):
        t += p[i]
    return t
@micropython.viper
def where(n: int) -> int:
    names = globals()
    return int(len(names["__name__"])) + n
