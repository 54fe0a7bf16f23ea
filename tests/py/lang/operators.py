# pyrite: board
# Special methods: forward, reflected and in-place, and what happens when they decline.
class Log:
    def __init__(self, name):
        self.name = name

    def __add__(self, o):
        return self.name + ".add"

    def __radd__(self, o):
        return self.name + ".radd"

    def __sub__(self, o):
        return NotImplemented

    def __rsub__(self, o):
        return self.name + ".rsub"

    def __mul__(self, o):
        return NotImplemented

    def __iadd__(self, o):
        self.name += "+"
        return self

    def __and__(self, o):
        return "and"

    def __or__(self, o):
        return "or"

    def __xor__(self, o):
        return "xor"

    def __lshift__(self, o):
        return "lshift"

    def __rshift__(self, o):
        return "rshift"

    def __floordiv__(self, o):
        return "floordiv"

    def __truediv__(self, o):
        return "truediv"

    def __mod__(self, o):
        return "mod"

    def __pow__(self, o):
        return "pow"

    def __invert__(self):
        return "invert"

    def __pos__(self):
        return "pos"

    def __neg__(self):
        return "neg"

    def __abs__(self):
        return "abs"

    def __lt__(self, o):
        return "lt"

    def __le__(self, o):
        return "le"

    def __gt__(self, o):
        return "gt"

    def __ge__(self, o):
        return "ge"

    def __contains__(self, o):
        return o == 1


a, b = Log("a"), Log("b")
print(a + b, a + 1, 1 + a, 1 - a, "s" + "t")
for f in (lambda: a * b, lambda: a - 1, lambda: 1 * a):
    try:
        print(f())
    except TypeError:
        print("TypeError")
c = a
c += 1
print(c is a, a.name)
print(a & 1, a | 1, a ^ 1, a << 1, a >> 1, a // 1, a / 1, a % 1, a**1, ~a, +a, -a, abs(a))
print(a < 1, a <= 1, a > 1, a >= 1, 1 in a, 2 in a, 1 not in a)
print(a == a, a == b, a != b, a is a, a is not b, bool(a))


class Plus:
    def __init__(self, v):
        self.v = v

    def __iadd__(self, o):
        return Plus(self.v + o)

    def __isub__(self, o):
        self.v -= o
        return self


x = y = Plus(1)
x += 5
y -= 3
print(x.v, y.v)
items = [Plus(1), Plus(2)]
items[0] += 10
items[1] -= 10
print(items[0].v, items[1].v)


class Index:
    def __init__(self, log):
        self.log = log

    def __getitem__(self, k):
        self.log.append(("get", k))
        return 5

    def __setitem__(self, k, v):
        self.log.append(("set", k, v))


log = []
Index(log)[2] += 1
print(log)


class Str:
    def __str__(self):
        return "str"

    def __repr__(self):
        return "repr"


print(Str(), [Str()], "%s %r" % (Str(), Str()), "{} {!r}".format(Str(), Str()), f"{Str()} {Str()!r}", str(Str()), repr(Str()))
