# pyrite: oom
# Causes, contexts and what is being handled.
import sys


def names(e):
    out = []
    while e is not None and len(out) < 9:
        out.append(type(e).__name__ + ("|" if e.__suppress_context__ else ""))
        e = e.__context__
    return out


try:
    try:
        1 / 0
    except ZeroDivisionError:
        {}["a"]
except KeyError as e:
    print(names(e), e.__cause__)

try:
    try:
        raise ValueError(1)
    except ValueError as first:
        raise TypeError(2) from first
except TypeError as e:
    print(names(e), repr(e.__cause__))

try:
    try:
        raise ValueError(1)
    except ValueError:
        raise TypeError(2) from None
except TypeError as e:
    print(names(e), repr(e.__cause__), repr(e.__context__))


def deep(n):
    if n:
        return deep(n - 1)
    raise IndexError("deep")


try:
    try:
        raise ValueError(1)
    except ValueError:
        deep(5)
except IndexError as e:
    print(names(e))

# finally and with count as handling.
try:
    try:
        raise ValueError(1)
    finally:
        raise TypeError(2)
except TypeError as e:
    print(names(e))


class Manager:
    def __enter__(self):
        return self

    def __exit__(self, ty, value, tb):
        print(ty.__name__, repr(value), sys.exc_info()[1] is value)
        raise TypeError(3)


try:
    with Manager():
        raise ValueError(1)
except TypeError as e:
    print(names(e))

# Nothing is handled any more.
try:
    raise ValueError(1)
except ValueError:
    pass
try:
    raise TypeError(2)
except TypeError as e:
    print(names(e), sys.exc_info()[1] is e)
print(sys.exc_info())

# Leaving a handler in other ways.
for i in range(3):
    try:
        raise ValueError(i)
    except ValueError:
        if i == 0:
            continue
        break
try:
    raise KeyError(1)
except KeyError as e:
    print(i, names(e))


def returns():
    try:
        raise ValueError(1)
    except ValueError:
        return 5


def returns_through_finally():
    try:
        raise ValueError(1)
    except ValueError:
        try:
            return 5
        finally:
            print("finally", sys.exc_info()[0])


returns()
try:
    raise KeyError(1)
except KeyError as e:
    print(names(e))
returns_through_finally()
print(sys.exc_info()[0])


# Raising again in a called function.
def again():
    raise


try:
    try:
        raise ValueError("again")
    except ValueError:
        again()
except ValueError as e:
    print(repr(e), names(e))
try:
    again()
except RuntimeError as e:
    print("RuntimeError")


def nested():
    try:
        raise ValueError(1)
    except ValueError as outer:
        try:
            raise TypeError(2)
        except TypeError as inner:
            print(names(inner), sys.exc_info()[1] is inner)
        print(sys.exc_info()[1] is outer)
        try:
            again()
        except ValueError as e:
            print(e is outer, names(e))
        raise


try:
    nested()
except ValueError as e:
    print(repr(e), names(e))


# A generator handles what it handles, and its caller what it does.
def gen():
    try:
        raise ValueError("in gen")
    except ValueError:
        yield sys.exc_info()[0].__name__
        try:
            raise TypeError("in gen")
        except TypeError as e:
            yield names(e)
    yield sys.exc_info()[0]


g = gen()
print(next(g), sys.exc_info()[0])
try:
    raise KeyError("outside")
except KeyError:
    print(next(g), sys.exc_info()[0].__name__)
    print(next(g).__name__)

# No cycles.
a, b = ValueError("a"), ValueError("b")
try:
    try:
        raise a
    except ValueError:
        raise b
except ValueError:
    try:
        raise a
    except ValueError as e:
        print(e.__context__ is b, b.__context__)
try:
    try:
        raise a
    except ValueError as e:
        raise e
except ValueError as e:
    print(e.__context__)

# Attributes.
e = ValueError()
print(e.__cause__, e.__context__, e.__suppress_context__, e.__traceback__)
e.__cause__ = TypeError()
print(repr(e.__cause__), e.__suppress_context__)
e.__cause__ = None
e.__suppress_context__ = False
e.__context__ = KeyError(1)
print(repr(e.__context__), e.__suppress_context__)
for name in ("__cause__", "__context__", "__traceback__"):
    try:
        setattr(e, name, 1)
    except TypeError as x:
        print(x)
for bad in (1, int):
    try:
        raise ValueError from bad
    except TypeError as x:
        print(x)
    try:
        raise bad
    except TypeError as x:
        print(x)
