# Every kind of pattern.


def literal(x):
    match x:
        case 0:
            return "zero"
        case -1:
            return "minus one"
        case 1.5:
            return "one and a half"
        case 3 + 4j:
            return "complex"
        case "a" "b":
            return "ab"
        case b"x":
            return "bytes"
        case None:
            return "None"
        case True:
            return "True"
        case False:
            return "False"
        case _:
            return "other"
    return "fell out"


for x in (0, -1, 1.5, 3 + 4j, "ab", b"x", None, True, False, 1, 0.0, "", []):
    print(repr(x), literal(x))


class Colour:
    RED = 1
    GREEN = 2

    class Dark:
        BLUE = 3


def value(x):
    match x:
        case Colour.RED:
            return "red"
        case Colour.GREEN | Colour.Dark.BLUE:
            return "green or blue"
        case other:
            return "other", other


print([value(x) for x in (1, 2, 3, 4, "s")])


def sequence(x):
    match x:
        case []:
            return "empty"
        case [a]:
            return "one", a
        case (a, b):
            return "two", a, b
        case [1, *rest]:
            return "1 and", rest
        case [*rest, 9]:
            return "and 9", rest
        case [a, *_, b] if a == b:
            return "same ends", a
        case [a, [b, *c], *d, e]:
            return "nested", a, b, c, d, e
        case [*all]:
            return "all", all
        case _:
            return "none"


for x in (
    [],
    (),
    [5],
    (5, 6),
    [1, 2, 3],
    (1, 2, 3, 4),
    [7, 8, 9],
    [2, 3, 4, 2],
    [2, [3, 4, 5], 6, 7, 8],
    [2, [], 3, 4],
    range(4, 7),
    range(0),
    "ab",
    b"ab",
    bytearray(b"ab"),
    {1, 2},
    {1: 2},
    iter([1]),
    memoryview(b"ab"),
    5,
    None,
):
    if not isinstance(x, (memoryview, type(iter([])))):
        print(x, end=" ")
    print(sequence(x))

from array import array
from collections import deque, namedtuple, OrderedDict

print(sequence(array("i", [1, 2, 3])))
print(sequence(deque([5, 6], 4)))
Point = namedtuple("Point", ("x", "y"))
print(sequence(Point(3, 4)))


class L(list):
    pass


class T(tuple):
    pass


class D(dict):
    pass


print(sequence(L([1, 5])), sequence(T((5,))), sequence(D()))


def mapping(x):
    match x:
        case {"type": "point", "x": x, "y": y}:
            return "point", x, y
        case {"type": "many", **rest}:
            return "many", rest
        case {1: [a, b], -1: None}:
            return "one", a, b
        case {Colour.RED: v}:
            return "colour", v
        case {}:
            return "any mapping"
        case _:
            return "none"


for x in (
    {"type": "point", "x": 1, "y": 2, "z": 3},
    {"type": "point", "x": 1},
    {"type": "many"},
    {"type": "many", "a": 1, "b": 2},
    {1: (2, 3), -1: None},
    {1: (2, 3), -1: 0},
    {},
    {"a": 1},
    D({"type": "many", 1: 2}),
    OrderedDict([("type", "many"), ("q", 1)]),
    [],
    "type",
    Colour,
):
    print(mapping(x))


class P:
    __match_args__ = ("x", "y")

    def __init__(self, x, y):
        self.x = x
        self.y = y


class Q(P):
    pass


class Bare:
    def __init__(self, **kw):
        for k in kw:
            setattr(self, k, kw[k])


def klass(v):
    match v:
        case P(0, 0):
            return "origin"
        case P(x, 0):
            return "on x", x
        case P(0, y=y):
            return "on y", y
        case Q(x=a, y=b):
            return "Q", a, b
        case P():
            return "P"
        case Bare(a=1, b=b):
            return "Bare", b
        case Point(x, y):
            return "Point", x, y
        case bool(b):
            return "bool", b
        case int(i):
            return "int", i
        case float(f) | complex(real=f):
            return "float", f
        case str(s):
            return "str", s
        case bytes(s) | bytearray(s):
            return "bytes", s
        case list([a, *b]):
            return "list", a, b
        case tuple(t):
            return "tuple", t
        case dict(d):
            return "dict", d
        case set(s) | frozenset(s):
            return "set", sorted(s)
        case type():
            return "type"
        case object():
            return "object"


for x in (
    P(0, 0),
    P(5, 0),
    P(0, 6),
    Q(1, 2),
    P(1, 2),
    Bare(a=1, b=2),
    Bare(a=2, b=2),
    Bare(a=1),
    Point(7, 8),
    True,
    3,
    1 << 80,
    1.5,
    2j,
    "s",
    b"b",
    bytearray(b"c"),
    [1, 2],
    [],
    (1, 2),
    T(()),
    {1: 2},
    {3},
    frozenset((4,)),
    int,
):
    print(klass(x))
print(klass(None))


def choice(x):
    match x:
        case 1 | 2 | 3:
            return "small"
        case [a, 1] | [2, a]:
            return "pair", a
        case (int() | str()) as v:
            return "int or str", v
        case [("a" | "b") as letter, (1 | 2) as digit]:
            return letter, digit
        case {"k": a} | [a]:
            return "held", a
        case x as y:
            return "whole", x is y


for x in (1, 3, 4, "s", [5, 1], [2, 6], [2, 1], ["a", 2], ["b", 3], {"k": 7}, [8], None):
    print(choice(x))


def guard(x):
    match x:
        case n if n < 0:
            return "negative"
        case n if (h := n // 2) * 2 == n:
            return "even", h
        case n:
            return "odd", n, h


print([guard(x) for x in (-1, 4, 7)])


# A name is bound only when the whole pattern matched, guard or not.
def bound(x):
    a = "unbound"
    match x:
        case [a, 1]:
            pass
        case [a, 2] if a > 5:
            pass
        case _:
            return "no", a
    return "yes", a


print(bound([7, 1]), bound([7, 2]), bound([3, 2]), bound([7, 3]))

# In a module, a class, a loop; `match` and `case` stay names.
match = case = 0
match match, case:
    case 0, 0:
        print("names", match, case)
match [1, 2, 3]:
    case first, *others:
        print(first, others)
match (1, 2), 3:
    case (a, b), c:
        print(a, b, c)


class Body:
    match 5:
        case five:
            pass


print(Body.five)

found = []
for item in [1, "x", [2, 3], None, 4]:
    match item:
        case str():
            continue
        case None:
            break
        case [a, b]:
            found.append(a + b)
        case _:
            found.append(item)
print(found)


def tree(t):
    match t:
        case ("+", l, r):
            return tree(l) + tree(r)
        case ("*", l, r):
            return tree(l) * tree(r)
        case ("-", e):
            return -tree(e)
        case int() | float() as n:
            return n
        case _:
            raise ValueError("not a tree")


print(tree(("+", 1, ("*", 2, ("-", 3.5)))))


def gen():
    match (yield 1):
        case [x, y]:
            yield x + y
        case x:
            yield x


g = gen()
next(g)
print(g.send((2, 3)))
g = gen()
next(g)
print(g.send(4))


def closure(v):
    match v:
        case {"a": [x, *y]}:
            return lambda: (x, y)


print(closure({"a": "no"}), closure({"a": [1, 2]})())


def nothing(x):
    match x:
        case 1:
            pass


print(nothing(1), nothing(2))
