# pyrite: board oom
# Classes: attributes, inheritance, super, special methods for operators.
class Point:
    count = 0

    def __init__(self, x, y=0):
        self.x = x
        self.y = y
        Point.count += 1

    def __repr__(self):
        return "Point(%r, %r)" % (self.x, self.y)

    def __eq__(self, other):
        return isinstance(other, Point) and (self.x, self.y) == (other.x, other.y)

    def __hash__(self):
        return hash((self.x, self.y))

    def __add__(self, other):
        return Point(self.x + other.x, self.y + other.y)

    def __neg__(self):
        return Point(-self.x, -self.y)

    def __getitem__(self, i):
        return (self.x, self.y)[i]

    def __len__(self):
        return 2

    def __bool__(self):
        return self.x != 0 or self.y != 0

    def __lt__(self, other):
        return self.x < other.x



p, q = Point(1, 2), Point(x=3)
print(p, q, p + q, -p, p == Point(1, 2), p != q, p[0], p[-1], len(p), bool(p), bool(Point(0)))
print(Point.count, sorted([Point(3), Point(1), Point(2)]), {p: "a"}[Point(1, 2)], list(p))
p.z = 5
print(p.z, hasattr(p, "z"), hasattr(q, "z"), getattr(q, "z", "none"))
del p.z
print(hasattr(p, "z"))
setattr(p, "w", 6)
print(p.w, p.__class__ is Point, type(p) is Point, isinstance(p, (int, Point)), isinstance(p, int))


class Base:
    kind = "base"

    def name(self):
        return "Base"

    def greet(self):
        return "I am " + self.name()

    @staticmethod
    def static(a):
        return a * 2

    @classmethod
    def build(cls, *args):
        return cls(*args)


class Derived(Base):
    kind = "derived"

    def __init__(self, n=1):
        super().__init__()
        self.n = n

    def name(self):
        return "Derived/" + super().name()


d = Derived.build(4)
print(d.greet(), d.n, d.static(5), Base.static(6), d.kind, Base.kind, Derived.kind, type(d).__name__)
print(issubclass(Derived, Base), issubclass(Base, Derived), issubclass(Derived, (int, object)))
Base.kind = "new"
d.kind = "own"
print(Derived.kind, d.kind, Base().kind)
del d.kind
print(d.kind)
bound = d.greet
d2 = Derived()
Derived.name = lambda self: "patched %d" % self.n
print(bound(), d2.greet(), Base.greet(d))
try:
    d.missing
except AttributeError:
    print("AttributeError")
try:
    Point()
except TypeError:
    print("TypeError")
