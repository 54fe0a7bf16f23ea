# pyrite: oracle=pyrite
# Names that may have been meant, as an uncaught exception or sys.print_exception shows them.
import io
import sys


class Point:
    def __init__(self):
        self.horizontal = 1

    def method(self):
        return horizontal

    def other(self):
        return __init_


def show(f):
    try:
        f()
    except Exception as e:
        out = io.StringIO()
        sys.print_exception(e, out)
        print(out.getvalue().strip().split("\n")[-1])
        # The text itself stays as it is.
        print("   ", "Did you" in str(e))


def local(count):
    total = count
    return totl


def keyword(alpha, beta=2):
    pass


def from_import():
    from sys import platfrom


some_global = 1
show(lambda: pritn)
show(lambda: some_globl)
show(lambda: local(1))
show(lambda: [].apend)
show(lambda: [].appendd(1))
show(lambda: "".uper())
show(lambda: Point().horizontl)
show(lambda: Point().metod())
show(lambda: Point.methdo)
show(Point().method)
show(from_import)
show(lambda: sys.platfrom)
show(lambda: time)
show(lambda: keyword(1, betaa=2))
show(lambda: something_else_entirely)
show(lambda: Point().xyzzy)
show(lambda: setattr(5, "real", 1))
