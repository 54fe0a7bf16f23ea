# pyrite: oracle=pyrite oom
# Viper functions called with defaults, keywords and stars; closures, nonlocal, comprehensions.
import micropython
@micropython.viper
def f(a: int, b: int = 3, *args, c: int = 4, **kw):
    return (a, b, args, c, kw)
print(f(1), f(1, 2), f(1, 2, 3, 4), f(1, c=9, z=1), f(b=7, a=5))
try: f()
except TypeError as e: print(e)
@micropython.viper
def outer(n: int):
    x = n
    @micropython.viper
    def inner(m: int):
        nonlocal x
        x = int(x) + m
        return x
    inner(1)
    inner(2)
    return x
print(outer(10))
def make(k):
    total = 0
    @micropython.viper
    def add(n: int) -> int:
        nonlocal total
        total = int(total) + n * int(k)
        return int(total)
    return add
a = make(3); a(1); print(a(2))
@micropython.viper
def counts(n: int):
    fs = []
    for i in range(n):
        fs.append(lambda i=i: i * 2)
    return [g() for g in fs]
print(counts(3))
