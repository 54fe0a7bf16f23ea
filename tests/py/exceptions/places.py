# Traceback objects.
import sys


def lines(tb):
    out = []
    while tb is not None:
        out.append(tb.tb_lineno)
        tb = tb.tb_next
    return out


def inner():
    raise ValueError("inner")


def outer():
    inner()


try:
    outer()
except ValueError as e:
    tb = e.__traceback__
    print(lines(tb), tb is e.__traceback__, sys.exc_info()[2] is tb)
    print(type(tb).__name__)

e = ValueError("kept")
print(e.__traceback__)
try:
    raise e
except ValueError:
    pass
first = lines(e.__traceback__)
try:
    raise e
except ValueError:
    pass
print(first, lines(e.__traceback__))


def again():
    try:
        outer()
    except ValueError:
        raise


try:
    again()
except ValueError as e:
    print(lines(e.__traceback__))
    print(e.with_traceback(None) is e, e.__traceback__)
    e.with_traceback(tb)
    print(lines(e.__traceback__), e.__traceback__ is tb)
    e.__traceback__ = tb.tb_next
    print(lines(e.__traceback__))
    kept = e
try:
    raise kept
except ValueError as e:
    print(lines(e.__traceback__), e.__traceback__.tb_next is tb.tb_next)
tb.tb_next = None
print(lines(tb))
try:
    tb.tb_next = tb
except ValueError as e:
    print(e)
try:
    tb.tb_next = 5
except TypeError as e:
    print(e)


class Manager:
    def __enter__(self):
        pass

    def __exit__(self, ty, value, tb):
        print(ty, value, tb is not None and lines(tb))
        return True


with Manager():
    outer()
with Manager():
    pass
