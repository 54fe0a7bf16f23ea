# Classes: inheritance, super, properties, operators, slots of the protocol.
class Base:
    kind = "base"

    def __init__(self, value):
        self.value = value

    def show(self):
        return "%s(%r)" % (self.kind, self.value)

    @classmethod
    def make(cls, value):
        return cls(value)

    @staticmethod
    def twice(x):
        return x * 2

    @property
    def half(self):
        return self.value // 2

    @half.setter
    def half(self, value):
        self.value = value * 2


class Mixed:
    def greet(self):
        return "hi " + self.show()


class Derived(Base, Mixed):
    kind = "derived"

    def __init__(self, value, extra):
        super().__init__(value)
        self.extra = extra

    def show(self):
        return super().show() + "+" + str(self.extra)

    class Inner:
        name = "inner"


d = Derived(10, 3)
print(d.show(), d.greet(), d.half, Derived.Inner.name, Base.make(4).show(), d.twice("ab"))
d.half = 9
print(d.value, isinstance(d, Mixed), issubclass(Derived, Base), Derived.__name__, hasattr(d, "nothing"))
del d.extra
try:
    d.show()
except AttributeError:
    print("AttributeError")


class Vector:
    def __init__(self, *items):
        self.items = items

    def __add__(self, other):
        return Vector(*[a + b for a, b in zip(self.items, other.items)])

    def __mul__(self, by):
        return Vector(*(a * by for a in self.items))

    def __eq__(self, other):
        return self.items == other.items

    def __getitem__(self, index):
        return self.items[index]

    def __len__(self):
        return len(self.items)

    def __iter__(self):
        return iter(self.items)

    def __contains__(self, item):
        return item in self.items

    def __call__(self, x):
        return x + self.items[0]

    def __repr__(self):
        return "<" + " ".join(str(x) for x in self) + ">"


v = Vector(1, 2, 3)
w = v + v * 10
print(w, w == Vector(11, 22, 33), w[1], w[-1], len(w), 22 in w, w(5), list(w), max(w))
a, *b = w
print(a, b, sum(w))


def decorate(tag):
    def inner(f):
        def call(*args):
            return tag + str(f(*args))

        return call

    return inner


class Plain:
    @decorate("<")
    @decorate("[")
    def m(self, x):
        return x + 1


print(Plain().m(1))


class Count:
    made = 0

    def __new__(cls):
        cls.made += 1
        return super().__new__(cls)


Count(), Count()
print(Count.made)
