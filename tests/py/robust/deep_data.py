# pyrite: modes=bytecode,native
# Data that contains itself, or is nested very deep: an answer or RuntimeError, never a crash.
from collections import deque, OrderedDict, defaultdict

a = [1]
a.append(a)
d = {1: a}
d[2] = d
t = (a, [])
t[1].append(t)
q = deque([1])
q.append(q)
print(a, d, t, q)
s = [d.values(), d.items()]
d[3] = s
print(len(repr(d)) > 10)


def deep(wrap, n=200000):
    x = wrap(None)
    for _ in range(n):
        x = wrap(x)
    return x


def attempt(name, function, *args):
    try:
        print(name, function(*args))
    except RuntimeError:
        print(name, "RuntimeError")


for name, wrap in (
    ("list", lambda x: [x]),
    ("tuple", lambda x: (x,)),
    ("dict", lambda x: {1: x}),
    ("deque", lambda x: deque([x])),
):
    x, y = deep(wrap), deep(wrap)
    attempt(name + " repr", lambda: len(repr(x)))
    attempt(name + " ==", lambda: x == y)
    attempt(name + " str", lambda: len(str(x)))
    attempt(name + " format", lambda: len("%s" % (x,)))
    if name != "dict":
        attempt(name + " <", lambda: x < y)
        attempt(name + " in", lambda: x in [y])
    if name == "tuple":
        attempt(name + " hash", lambda: hash(x))
        attempt(name + " key", lambda: {x: 1}[y])
        attempt(name + " isinstance", lambda: isinstance(1, x))
    x = y = None

x = deep(lambda x: frozenset([x]), 1000)
print(len(x))
for name, wrap in (
    ("map", lambda x: map(abs, x or [])),
    ("filter", lambda x: filter(None, x or [])),
    ("zip", lambda x: zip(x or [])),
    ("enumerate", lambda x: enumerate(x or [])),
    ("iter", lambda x: iter(x or [])),
):
    x = deep(wrap)
    attempt(name, lambda: len(list(x)))
