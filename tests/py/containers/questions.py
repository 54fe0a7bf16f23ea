# In what order containers ask, and what they take meanwhile.
from collections import OrderedDict, defaultdict, namedtuple, deque


def p(x):
    print("asked", x)
    return x


print({p(1): p(2), p(3): p(4)})
print({p(k): p(v) for k, v in [(1, 2), (3, 4)]})
x = 1
print({x: (x := 5)}, {"a": p(1), p("b"): 2})


class N:
    def __radd__(self, o):
        return ("radd", o)

    def __rmul__(self, o):
        return ("rmul", o)

    def __iter__(self):
        return iter((7, 8))


for start in ([], (), "", b"", bytearray()):
    a = b = start
    a += N()
    b *= N()
    print(a, b, start + N(), start * N())


class Breaks:
    def __init__(self, *items):
        self.items = items

    def __iter__(self):
        yield from self.items
        raise LookupError


def tried(f, *args, **kw):
    try:
        r = f(*args, **kw)
    except Exception as e:
        r = type(e).__name__
    return sorted(r) if isinstance(r, (set, frozenset)) else r


# An intersection is over when all are found; updates take place up to an error.
print(tried({1}.intersection, Breaks(1)), tried({1, 2}.intersection, Breaks(1)))
print(tried(frozenset([1]).intersection, [1], Breaks(1)))
a = {1, 2, 3}
print(tried(a.difference_update, [2], Breaks(3)), a)
print(tried(a.difference_update, 5), tried({1}.difference), tried({1, 2}.difference, [1], {2}))
print({1} & {True}, {1} & {True, 3}, {1, 2}.intersection([True]))
print(tried({1, 2}.issubset, [1, 2, []]), {1, 2}.issubset([1, 2, 3]), {1, 2}.issubset({1}))

# Views are compared item by item.
v = {"a": []}.items()
print(v == {1: 2}.items(), v == {1: 2, 3: 4}.items(), v == set(), v & [1], tried(lambda: v & {1}))
print(tried(lambda: v == {1}), tried(lambda: v | {1}), tried(lambda: {}.keys() <= 0))
k = {1: 2, 3: 4}.keys()
print(k == {1, 3}, k <= {1, 3, 5}, {1, 3, 5} > k, k < k, k >= [1].__class__(k) if 0 else k >= {1})
print(k - [1], [1, 2] - k, [1, 2] & k, sorted(k ^ [1, 9]), type(frozenset([1]) | k), tried(lambda: k & 5))
a = frozenset([1])
a |= k
print(sorted(a), type(a))
print({1: 2}.values() == {1: 2}.values(), k == {1: 2, 3: 4}.values(), 2 in {1: 2}.values())

# The more special dict says what comes out.
print(type({} | OrderedDict()) is OrderedDict, type(OrderedDict() | {}) is OrderedDict)
print(type({} | defaultdict(int)) is defaultdict, ({} | defaultdict(int))[4])
print(type(OrderedDict() | defaultdict(int)) is OrderedDict, type(defaultdict(int) | OrderedDict()) is defaultdict)


class D(dict):
    pass


class O(OrderedDict):
    pass


print(type(D() | defaultdict(int)) is dict, type({} | D(a=1)) is dict, {} | D(a=1))
print({1: 2} | O(a=1) == {1: 2, "a": 1})
od = OrderedDict(a=1)
print(od.pop(key="a"), od.pop("b", default=3), od.setdefault(key="b", default=5), od.setdefault("c"), od == {"b": 5, "c": None})
print(tried(od.pop), tried(od.pop, "x"), tried(od.pop, default=1), tried({}.pop, key=1), tried(od.setdefault))
print(OrderedDict(a=1, b=2) == OrderedDict(b=2, a=1), OrderedDict(a=1, b=2) == {"b": 2, "a": 1})
print(tried(defaultdict, N()), tried(iter, N(), 0))

# Names of fields are texts of whatever is given.
P = namedtuple("P", "x y")
print(tried(namedtuple, "Q", [1]), tried(namedtuple, "Q", [None]), tried(namedtuple, "Q", 5))


class Q(P):
    def sum(self):
        return self.x + self.y


q = Q(1, 2)._replace(x=5)
print(q, type(q) is Q, q.sum(), Q._make([3, 4]).sum(), tried(Q(1, 2)._replace, z=1))

# __init__ fills again.
for a, more in (([1], [2]), ({1: 2}, [(3, 4)]), ({1}, [3]), (bytearray(b"a"), b"bc"), ({1: 2}, {1: 3})):
    a.__init__(more)
    print(a, end=" ")
    a.__init__()
    print(a)

# Which error comes first.
a = [1, 2]
for index, value in ((slice(None, None, 0), 0), (slice(0, "a"), 0), (slice(None), 0), (slice(None, None, 2), [1, 2])):
    print(tried(a.__setitem__, index, value), a)


class Less:
    def __lt__(self, o):
        return "less"


print(deque([Less()]) < deque([3]), deque([1, 2]) < deque([1]), deque([1]) == deque([1, 2]), [Less()] < [3])
print({}.keys().isdisjoint({0: [], 1: 0}.items()), {1: []}.items().isdisjoint([1, 2]), tried(lambda: k.isdisjoint([5, []])))
print(k.isdisjoint(k), {}.keys().isdisjoint({}), k.isdisjoint([5, 6]), k.isdisjoint({1: 2}.keys()))
print(tried(lambda: {**"a"}), tried(lambda: {**[(1, 2)]}), tried(lambda: {**5}), {**{1: 2}, 3: 4, **OrderedDict(a=5), 1: 6})


class Mapping:
    def keys(self):
        return ["x", "y"]

    def __getitem__(self, key):
        return key * 2


print({**Mapping(), "x": 1, **D(z=2)})
print(tried(lambda: len(range(0, -2**63, -1))), len(range(0, 2**63 - 1)), len(range(3)))
