# pyrite: board oom
# Context managers: values, exceptions that pass or stop, several at once, return from inside.
class Manager:
    def __init__(self, name, stop=False):
        self.name = name
        self.stop = stop

    def __enter__(self):
        print("enter", self.name)
        return self.name.upper()

    def __exit__(self, kind, value, trace):
        print("exit", self.name, kind.__name__ if kind else None, value)
        return self.stop


with Manager("a") as a:
    print(a)
with Manager("a") as a, Manager("b") as b:
    print(a, b)
with Manager("a", True):
    raise ValueError("stopped")
try:
    with Manager("a"):
        raise ValueError("passes")
except ValueError as e:
    print("out", e)
with Manager("outer", True):
    with Manager("inner"):
        raise IndexError("both")


def returns():
    with Manager("r"):
        return "value"


def loops():
    for i in range(3):
        with Manager("l%d" % i):
            if i == 0:
                continue
            break
    return i


def generator():
    with Manager("g"):
        yield 1
        yield 2


print(returns(), loops(), list(generator()))
g = generator()
next(g)
g.close()


class BadExit:
    def __enter__(self):
        return self

    def __exit__(self, *args):
        raise RuntimeError("from exit")


try:
    with BadExit():
        pass
except RuntimeError as e:
    print(e)
try:
    with Manager("m"):
        with BadExit():
            raise ValueError
except RuntimeError as e:
    print("replaced", e)
try:
    with 5:
        pass
except (AttributeError, TypeError):
    print("not a manager")
with Manager("t") as (x, *y):
    print(x, y)
