# pyrite: board
# namedtuple, deque, OrderedDict.
from collections import OrderedDict, deque, namedtuple

P = namedtuple("P", ("x", "y"))
p = P(1, y=2)
print(p, p.x, p.y, p[0], len(p), p == (1, 2), tuple(p), p + (3,), isinstance(p, tuple), hash(p) == hash((1, 2)), [v for v in p])
x, y = p
print(x, y, namedtuple("Q", "a b c")(1, 2, 3), P(*[5, 6]), {p: 1}[P(1, 2)], p < P(1, 3), p.count(1), p.index(2))
for f in (lambda: P(1), lambda: P(1, 2, 3), lambda: P(1, z=2), lambda: p.z):
    try:
        print(f())
    except (TypeError, AttributeError) as e:
        print(type(e).__name__)
try:
    p.x = 5
except AttributeError:
    print("AttributeError")
d = deque((1, 2, 3), 5)
d.append(4)
d.appendleft(0)
d.append(5)
print(list(d), len(d), d[0], d[-1], d.popleft(), d.pop(), list(d), bool(d))
d.extend([7, 8])
print(list(d), [x * 2 for x in d], sum(d))
d = deque((), 2)
for f in (lambda: d.pop(), lambda: d.popleft(), lambda: d[0]):
    try:
        print(f())
    except IndexError:
        print("IndexError")
o = OrderedDict([("z", 1), ("a", 2)])
o["m"] = 3
o["z"] = 9
print(list(o.items()), o.popitem(), list(o), o == {"z": 9, "a": 2}, len(o), isinstance(o, dict))
del o["z"]
o["z"] = 1
print(list(o), list(OrderedDict(a=1, b=2)))
