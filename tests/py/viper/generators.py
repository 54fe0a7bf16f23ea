# pyrite: oracle=pyrite
# Generators with locals of machine types: they live across yields.
import micropython, sys
@micropython.viper
def count(n: int):
    i = 0
    while i < n:
        yield i
        i += 1
print(list(count(4)), sum(count(1000)))
@micropython.viper
def floats(x: float, n: int):
    t = 0.5
    for i in range(n):
        t = t * x
        got = yield t
        if got is not None:
            t = float(got)
    return "done"
g = floats(2.0, 4)
print(next(g), next(g), g.send(10), next(g))
try: next(g)
except StopIteration as e: print("stop", e.value)
@micropython.viper
def bytes_of(b, n: int):
    p = ptr8(b)
    for i in range(n):
        yield p[i] * 2
print(list(bytes_of(b"abc", 3)))
@micropython.viper
def chain(n: int):
    r = yield from count(n)
    print("r", r)
    r = yield from floats(1.5, n)
    print("r", r)
    yield from [7, 8]
print(list(chain(2)))
@micropython.viper
def caught(n: int):
    try:
        for i in range(n):
            try:
                yield i
            except ValueError as e:
                print("caught", e)
            finally:
                print("fin", i)
    finally:
        print("end")
g = caught(5)
print(next(g)); print(g.throw(ValueError("x"))); print(next(g)); g.close()
@micropython.viper
def closed(n: int):
    k = 10
    def show(): return k
    for i in range(n):
        k = int(k) + 1
        yield show()
print(list(closed(3)))
class CM:
    def __enter__(self): print("in"); return 5
    def __exit__(self, *a): print("out", a[0])
@micropython.viper
def withs(n: int):
    with CM() as x:
        yield int(x) + n
        yield n
print(list(withs(1)))
g = count("x")
try: next(g)
except TypeError as e: print("TypeError")
@micropython.viper
def steps(a: int, b: int, c: int):
    for i in range(a, b, c):
        x = 3 + int((yield i))
        print(x)
g = steps(10, 0, -4); print(next(g)); print(g.send(5)); print(g.send(6))
try: g.send(1)
except StopIteration: print("end")
@micropython.viper
def fails(n: int):
    yield n // 2
    yield 1 // n
try:
    print(list(fails(0)))
except ZeroDivisionError as e: sys.print_exception(e, sys.stdout)
@micropython.viper
def uses(n: int) -> int:
    t = 0
    for x in count(n):
        t += int(x)
    return t
print(uses(10))
@micropython.viper
def handling(n: int):
    t = 0.5
    try:
        raise ValueError("a")
    except ValueError as e:
        t = t + n
        yield sys.exc_info()[0]
        try:
            yield 1 // int(0)
        except ZeroDivisionError:
            yield t
            yield sys.exc_info()[0]
        yield sys.exc_info()[0]
        yield str(e)
    yield sys.exc_info()[0]
print(list(handling(2)))
g = handling(3)
print(next(g), sys.exc_info()[0])
try:
    g.throw(KeyError("k"))
except KeyError as e:
    print(repr(e), repr(e.__context__))
@micropython.viper
def finally_(n: int):
    for i in range(n):
        try:
            if i == 1:
                return i + 40
        finally:
            yield i
            yield i + 0.5
def ended():
    r = yield from finally_(5)
    print("returned", r)
print(list(ended()))
