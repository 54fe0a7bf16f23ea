# pyrite: oracle=micropython oom
# generator.pend_throw: raised when the generator next goes on.


def count():
    i = 0
    while True:
        try:
            yield i
        except KeyError as e:
            print("caught", type(e).__name__, list(e.args))
        i += 1


g = count()
print(next(g), g.pend_throw(KeyError), g.pend_throw(KeyError("again")))
print(next(g))
print(g.send("sent"))
g.pend_throw(OSError)
print(g.pend_throw(None))
print(next(g))

# In a loop over it.
g = count()
for i in g:
    print("loop", i)
    if i == 2:
        g.pend_throw(KeyError)
    if i == 5:
        g.pend_throw(IndexError)
        break
try:
    for i in g:
        print("not here")
except IndexError as e:
    print(type(e).__name__)
print(list(g))


def loop(g):
    for i in g:
        if i == 1:
            g.pend_throw(KeyError)
        elif i == 3:
            g.pend_throw(ZeroDivisionError)


try:
    loop(count())
except ZeroDivisionError as e:
    print(type(e).__name__)


def outer():
    yield from g
    yield "end"


def ends():
    try:
        yield 1
    except KeyError:
        return


g = ends()
for i in g:
    print(i)
    g.pend_throw(KeyError)

g = count()
o = outer()
print(next(o))
g.pend_throw(KeyError)
print(next(o))
o.pend_throw(KeyError)
print(next(o))

# Before it is started, and when it has ended.
g = count()
g.pend_throw(KeyError)
for _ in range(2):
    try:
        print(next(g))
    except (KeyError, StopIteration) as e:
        print(type(e).__name__)


def inside():
    g.pend_throw(ValueError)
    yield


g = inside()
try:
    next(g)
except ValueError as e:
    print(e)
