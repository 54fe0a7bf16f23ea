# pyrite: board
# Sets and frozen sets.
def show(s):
    return sorted(s)


a, b = {1, 2, 3, 4}, {3, 4, 5}
print(show(a | b), show(a & b), show(a - b), show(a ^ b), a <= b, {3, 4} <= a, {3, 4} < a, a < a, a >= {1}, a > {1}, a == {4, 3, 2, 1}, a != b)
print(show(a.union(b)), show(a.intersection(b)), show(a.difference(b)), show(a.symmetric_difference(b)), a.isdisjoint({9}), a.issubset(range(9)), a.issuperset([1]))
c = set(a)
c.add(9)
c.discard(1)
c.discard(100)
c.remove(2)
print(show(c), len(c), 9 in c, 1 in c, c is a)
c.update([10, 11])
c |= {20}
c &= {9, 10, 20, 30}
c -= {9}
c ^= {10, 40}
print(show(c))
c.difference_update([40])
c.intersection_update([20, 21])
c.symmetric_difference_update([22])
print(show(c), c.pop() in (20, 22), len(c))
c.clear()
print(c, set(), bool(c), set("hello") == {"h", "e", "l", "o"}, len(set([1, 1.0, True])))
f = frozenset([1, 2])
print(f == {1, 2}, hash(f) == hash(frozenset([2, 1])), {f: "key"}[frozenset((2, 1))], show(f | {3}), isinstance(f | {3}, frozenset), frozenset())
for g in (lambda: set().pop(), lambda: {1}.remove(2), lambda: {[]}, lambda: f.add(1), lambda: {1} | [2], lambda: hash({1})):
    try:
        print(g())
    except (KeyError, TypeError, AttributeError) as e:
        print(type(e).__name__)
big = set(i * 37 % 211 for i in range(500))
print(len(big), sum(big), sorted(big)[:5], all(i in big for i in range(211)))
print(sorted({x % 3 for x in range(9)}), sorted(set("abc") & set("bcd")), len({(1, 2), (1, 2), (2, 1)}))
