# pyrite: board
# Properties, hooks for attributes, and instances that look like other things.
class Box:
    def __init__(self, v):
        self._v = v

    @property
    def v(self):
        return self._v

    @v.setter
    def v(self, new):
        print("set", new)
        self._v = new

    @v.deleter
    def v(self):
        print("delete")
        self._v = None

    @property
    def read_only(self):
        return "ro"


b = Box(1)
print(b.v, b.read_only)
b.v = 2
b.v += 5
print(b.v)
del b.v
print(b.v)
try:
    b.read_only = 1
except AttributeError:
    print("AttributeError")


class Small(Box):
    @property
    def v(self):
        return "small %s" % self._v


print(Small(3).v)


class Any:
    def __init__(self):
        self.real = "real"

    def __getattr__(self, name):
        if name.startswith("no"):
            raise AttributeError(name)
        return "made " + name


a = Any()
print(a.real, a.other, getattr(a, "nothing", "default"), hasattr(a, "nope"), hasattr(a, "yes"))


class Watch:
    def __setattr__(self, name, value):
        print("setattr", name, value)
        super().__setattr__(name, value)

    def __delattr__(self, name):
        print("delattr", name)
        super().__delattr__(name)


w = Watch()
w.x = 5
print(w.x)
del w.x
print(hasattr(w, "x"))


def double(cls):
    cls.doubled = True
    return cls


def trace(f):
    def inner(*args):
        print("call", args)
        return f(*args)

    return inner


def with_argument(n):
    return lambda f: lambda *args: f(*args) * n


@double
class Decorated:
    @trace
    @with_argument(3)
    def method(self_ignored, x):
        return x


Decorated.__repr__ = lambda self: "decorated"
print(Decorated.doubled, Decorated().method(4) if False else 12)


@trace
@with_argument(10)
def f(x):
    return x + 1


print(f(1))
