# Attributes at places that see several shapes, classes and modules by turns, and what changes behind them.
import math
class A:
    LIMIT = 3
    count = 0
    def __init__(self, x): self.x = x
    def m(self): return self.x
    @property
    def p(self): return self.x * 2
    @staticmethod
    def s(a): return a + 1
    @classmethod
    def c(cls, a): return cls.LIMIT + a
class B(A):
    LIMIT = 4
    def m(self): return self.x + 100
class C:
    def __init__(self): self.p = 7; self.m = lambda: 8; self.LIMIT = 9; self.s = self.c = abs
    x = 5
def use(o):
    o.x += 1
    A.count += 1
    return o.x, o.m(), o.p, o.LIMIT, o.s(1), o.c(2), A.LIMIT, A.s(5), B.c(1), math.sqrt(4), A.count
objs = [A(1), B(2), C(), A(3)]
for i in range(3):
    for o in objs: print(use(o))
A.LIMIT = 30
A.m = lambda self: 'new'
for o in objs: print(use(o))
B.p = 77
for o in objs: print(use(o))
del B.LIMIT
for o in objs: print(use(o))


# New attributes: the shape that follows is known; a property, a setter or a slot that comes later is seen.
class Point:
    def __init__(self, x, y):
        self.x = x
        self.y = y


class Other:
    def __init__(self, y, x):
        self.y = y
        self.x = x


def fill(kind, count):
    return [kind(i, -i) for i in range(count)]


def show(points):
    print([(p.x, p.y) for p in points], [sorted(p.__dict__) for p in points[:1]])


for kind in (Point, Other, Point, Other):
    show(fill(kind, 3))
log = []
Point.y = property(lambda self: "got", lambda self, value: log.append(value))
show(fill(Point, 2))
print(log)
del Point.y
show(fill(Point, 2))
Point.__setattr__ = lambda self, name, value: object.__setattr__(self, name, value * 10)
show(fill(Point, 3))
del Point.__setattr__
show(fill(Point, 2))


class Slotted:
    __slots__ = ("x", "y")

    def __init__(self, x, y):
        self.x = x
        self.y = y


for p in fill(Slotted, 2):
    print(p.x, p.y)


# Data of classes changes without a word to caches; so do modules and metaclasses.
class Base:
    level = 1


class Derived(Base):
    pass


def levels(a, b):
    return a.level, b.level, Base.level, Derived.level


a, b = Base(), Derived()
print(levels(a, b), levels(a, b))
Base.level = 2
print(levels(a, b))
Derived.level = 3
print(levels(a, b))
b.level = 4
print(levels(a, b))
del Derived.level
del b.level
print(levels(a, b))
Base.level = property(lambda self: "computed")
print(levels(a, b)[:2])
Base.level = staticmethod(len)
print(levels(a, b)[:2] == (len, len), Base.level is len)
Base.level = 5
Derived.__bases__ = (Base,)
print(levels(a, b))


class Meta(type):
    @property
    def level(cls):
        return "meta"

    def act(cls):
        return cls.__name__


class Made(metaclass=Meta):
    pass


def both(*classes):
    return [cls.level for cls in classes], [cls.act() for cls in classes if cls is not Base]


for _ in range(3):
    print(both(Made, Base, Made))

import sys as one
import math as two

two_floor = two.floor


def floors(module, x):
    return module.floor(x)


one.floor = lambda x: "sys"
for module in (one, two, one, two):
    print(floors(module, 2.5))
one.floor = lambda x: "changed"
print(floors(one, 1), floors(two, 1.5))
del one.floor
try:
    floors(one, 1)
except AttributeError:
    print("AttributeError")


# Classes that come and go at the same addresses.
def make(n):
    class Local:
        def get(self):
            return n

        value = n

    return Local()


def get(o):
    return o.get(), o.value, type(o).value


print([get(make(i)) for i in range(50)] == [(i, i, i) for i in range(50)])
