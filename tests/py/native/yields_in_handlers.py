# pyrite: board
# Generators that wait while a handler is at work: what is handled, returned or raised again is as before when they go on.
import sys


def current():
    handled = sys.exc_info()[1]
    return "division" if isinstance(handled, ZeroDivisionError) else repr(handled)


def in_except(n):
    for i in range(n):
        try:
            raise ValueError(i)
        except ValueError as e:
            got = yield e.args[0], current()
            print("got", got, current())
            if got == "raise":
                raise
            if got == "other":
                raise KeyError("other")
    yield current()


def in_finally(n):
    try:
        if n == 1:
            return "returned"
        if n == 2:
            raise RuntimeError("two")
        for i in range(5):
            try:
                if i == 1:
                    continue
                if i == 3:
                    break
            finally:
                yield "inner", i
    finally:
        sent = yield "outer", current()
        print("sent", sent)
        yield "last"
    yield "after"


class Manager:
    def __init__(self, quiet):
        self.quiet = quiet

    def __enter__(self):
        return self

    def __exit__(self, *args):
        print("exit", args[0] and args[0].__name__)
        return self.quiet


def in_with(quiet):
    with Manager(quiet) as m:
        yield 1
        try:
            with Manager(False):
                yield 2
                raise OSError("inside")
        except OSError as e:
            yield from sub(e)
            raise
    yield 3


def sub(e):
    yield "sub", current()
    try:
        1 / 0
    except ZeroDivisionError as inner:
        yield "context", repr(inner.__context__), repr(e)
    yield "sub", current()


def nested():
    try:
        raise ValueError("a")
    except ValueError:
        yield current()
        try:
            raise KeyError("b")
        except KeyError:
            yield current()
            try:
                yield "suite"
            finally:
                yield current()
            yield current()
        yield current()
    yield current()


def floats(n):
    x = 0.5
    try:
        raise ValueError
    except ValueError:
        for i in range(n):
            x = x * 2 + i
            yield x
    yield x


def drive(g, sends=()):
    sends = list(sends)
    try:
        value = next(g)
        while True:
            print(value, current())
            value = g.send(sends.pop(0) if sends else None)
    except BaseException as e:
        print("ended", repr(e), repr(e.__context__), isinstance(e, StopIteration) and e.value)


drive(in_except(2))
drive(in_except(3), [None, "raise"])
drive(in_except(3), ["other"])
try:
    raise IndexError("outside")
except IndexError:
    drive(in_except(1))
    drive(nested())
for n in range(3):
    drive(in_finally(n), ["x", "y", "z"])
drive(in_with(True))
drive(in_with(False))
drive(nested())
print(list(floats(4)))

g = in_except(2)
print(next(g))
try:
    g.throw(TypeError("thrown"))
except TypeError as e:
    print(repr(e), repr(e.__context__))
g = in_finally(0)
print(next(g))
try:
    g.close()
except RuntimeError as e:
    print(e)
g = nested()
next(g), next(g), next(g)
try:
    g.close()
except RuntimeError as e:
    print(e)
try:
    print(list(g))
except GeneratorExit as e:
    print(repr(e.__context__))

# Two that wait in handlers know each of its own.
a, b = nested(), nested()
next(a), next(b), next(b)
print(next(a), next(b), next(a), next(b))
print(list(a), list(b))


async def wait_in_handler():
    try:
        raise ValueError("async")
    except ValueError:
        await Once("awaited")
        print(current())
    try:
        return "value"
    finally:
        await Once("finally")


class Once:
    def __init__(self, value):
        self.value = value

    def __await__(self):
        yield self.value


c = wait_in_handler()
try:
    while True:
        print(c.send(None))
except StopIteration as e:
    print("done", e.value)


# What is reached only when a guess fails.
def after_failure():
    try:
        return 1 / 0
    except ZeroDivisionError:
        pass
    for i in range(2):
        got = yield i
        print("got", got)


def in_failure():
    try:
        1 / 0
    except ZeroDivisionError:
        yield "context", current()
        yield from after_failure()
    yield current()


drive(after_failure(), ["a", "b"])
drive(in_failure(), ["x", "y"])
