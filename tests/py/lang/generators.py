# pyrite: board oom
# Generators: values both ways, exceptions in both directions, closing, delegation.
def count(n):
    for i in range(n):
        got = yield i
        if got is not None:
            print("got", got)
    return "end"


g = count(4)
print(next(g), g.send("a"), next(g), list(g), list(g))
try:
    next(g)
except StopIteration as e:
    print("stop", e.value)
g = count(1)
next(g)
try:
    next(g)
except StopIteration as e:
    print("stop", e.value)


def guarded():
    try:
        while True:
            try:
                x = yield
                print("value", x)
            except ValueError as e:
                print("caught", e)
                yield "handled"
    finally:
        print("cleaned up")


g = guarded()
next(g)
g.send(1)
print(g.throw(ValueError("oops")))
next(g)
g.close()
g.close()
g = guarded()
next(g)
try:
    g.throw(KeyError("k"))
except KeyError:
    print("KeyError came out")


def inner():
    r = yield 1
    print("inner got", r)
    try:
        yield 2
    except RuntimeError:
        print("inner caught")
        yield 3
    return "result"


def outer():
    r = yield from inner()
    print("outer got", r)
    yield from [10, 20]
    yield from (x * x for x in range(3))
    return (yield from ())


g = outer()
print(next(g), g.send("S"), g.throw(RuntimeError()), list(g))


def tree(t):
    if t:
        left, v, right = t
        yield from tree(left)
        yield v
        yield from tree(right)


print(list(tree(((None, 1, None), 2, ((None, 3, None), 4, None)))))


def fib():
    a, b = 0, 1
    while True:
        yield a
        a, b = b, a + b


print([x for x, _ in zip(fib(), range(10))])
print(sum(x * x for x in range(10)), max((x % 7, x) for x in range(20)), sorted(x % 3 for x in range(6)))


def not_started():
    print("never")
    yield


g = not_started()
g.close()
print(list(g))
try:
    not_started().send(1)
except TypeError:
    print("TypeError")


def running():
    try:
        next(me)
    except ValueError:
        print("already running")
    yield 1


me = running()
print(next(me))


def returns_early(x):
    if x:
        return
    yield 1


print(list(returns_early(0)), list(returns_early(1)))


def keep(*args, **kw):
    yield args
    yield sorted(kw.items())


print(list(keep(1, 2, a=3)))


def stop_inside():
    yield 1
    raise StopIteration


try:
    print(list(stop_inside()))
except RuntimeError:
    print("RuntimeError")


class Tree:
    def __init__(self, *kids):
        self.kids = kids

    def __iter__(self):
        yield self
        for k in self.kids:
            yield from k


print(len(list(Tree(Tree(), Tree(Tree())))))
a, *b, c = (i for i in range(5))
print(a, b, c)
