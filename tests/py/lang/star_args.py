# pyrite: board oom
# Calls with stars, to every kind of thing that can be called.
def f(*a, **k):
    return a, sorted(k.items())


class C:
    def __init__(self, *a, **k):
        self.got = a, sorted(k.items())

    def m(self, *a, **k):
        return a, sorted(k.items())

    @classmethod
    def cm(cls, *a):
        return cls.__name__, a

    @staticmethod
    def sm(*a):
        return a


l, t, d, g = [1, 2], (3,), {"x": 4, "y": 5}, (i for i in range(2))
print(f(*l), f(*t, *l), f(0, *l, 9), f(**d), f(*l, z=1, **d), f(*g), f(*"ab"), f(*{}), f(*range(3), **{}))
print(C(*l, **d).got, C().m(*l, **d), C.cm(*l), C.sm(*t), C().m(*l), max(*l), print(*l, *t, sep="-"))
print((lambda *a: a)(*l, *l), dict(**d) == d, list(map(lambda *a: a, l, l)), "{} {}".format(*l), "{x}{y}".format(**d))
for bad in (lambda: f(**{"a": 1}, **{"a": 2}), lambda: f(*5), lambda: f(**5), lambda: f(a=1, **{"a": 2})):
    try:
        print(bad())
    except TypeError:
        print("TypeError")


def many(a, b, c, d, e, f, g, h, i, j, k=11, *, l=12):
    return a + b + c + d + e + f + g + h + i + j + k + l


print(many(*range(10)), many(*range(10), k=0, l=0), many(1, 2, 3, *[4, 5, 6, 7], h=8, i=9, j=10))


def changes(l, d, *a, **k):
    a = a + (1,)
    k["new"] = 1
    l.append(1)
    d["new"] = 1
    return a, sorted(k)


print(changes(l, d, *l, **d), l, sorted(d))
print([f(*[i] * i) for i in range(3)], f(*[[1, 2], [3]])[0])
