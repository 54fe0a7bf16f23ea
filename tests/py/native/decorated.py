# pyrite: oracle=micropython oom board
# @micropython.native on functions of every shape: the meaning stays Python's.
import micropython


@micropython.native
def add(a, b=10, *rest, k=1, **named):
    return a + b * k + sum(rest), sorted(named.items())


print(add(1), add(1, 2), add(1, 2, 3, 4), add(1, k=5), add(1, b=2, z=3))
for call in (lambda: add(), lambda: add(1, k=2, **{"a": 1})):
    try:
        call()
    except TypeError:
        print("TypeError")


@micropython.native
def fact(n):
    return 1 if n < 2 else n * fact(n - 1)


print(fact(5), fact(20), fact(30))


@micropython.native
def flow(n):
    out = []
    for i in range(n):
        if i == 2:
            continue
        if i > 5:
            break
        j = 0
        while j < i:
            j += 2
        else:
            out.append((i, j))
    else:
        out.append("else")
    return out


print(flow(4), flow(10))


@micropython.native
def closures(n):
    total = 0

    def step(x):
        nonlocal total
        total += x * n
        return total

    return step


s = closures(3)
print(s(1), s(2), s(3))


class C:
    def __init__(self, v):
        self.v = v

    @micropython.native
    def get(self):
        return self.v

    @micropython.native
    def bump(self, by):
        self.v += by
        self.seen = by
        return self

    @staticmethod
    @micropython.native
    def static(x):
        return x * 2

    @classmethod
    @micropython.native
    def make(cls, v):
        return cls(v)


c = C(5)
print(c.get(), c.bump(3).get(), c.seen, C.static(4), C.make(9).get(), c.bump(0.5).get(), C("a").bump("b").v)


@micropython.native
def data(x):
    a, *b = x
    d = {"k": a}
    l = [i * i for i in b]
    d["l"] = l
    l[0] += 100
    del b[0]
    return d["k"], d["l"], b, (a, b), {a}, l[1:], l[-1], x[::-1] if isinstance(x, str) else None, f"{a}-{b}"


print(data([1, 2, 3, 4]))


@micropython.native
def tests(a, b):
    return a < b, a <= b, a == b, a != b, a > b, a >= b, a is b, a is not b, not a, a and b, a or b, a in (b, 1), a not in (b,)


print(tests(1, 2), tests(2.5, 2.5), tests("a", "b"), tests(1, 1.0), tests(2**70, 2**71))
