# pyrite: board oom
# Methods of list, sorting, comparison, aliasing.
l = [3, 1, 2]
l.append(5)
l.extend((7, 8))
l.extend(x for x in "ab")
l.insert(0, "first")
l.insert(100, "last")
l.insert(-1, "before last")
print(l, len(l), l.index(5), l.count(1), 7 in l, 99 in l)
print(l.pop(), l.pop(0), l.pop(-1), l)
l.remove("a")
l.reverse()
print(l)
l.clear()
print(l, [] == l, not l)
l = [5, 3, 9, 1]
print(l.sort(), l, sorted(l, reverse=True), sorted(["bb", "a", "ccc"], key=len), sorted("hello"))
l.sort(key=lambda x: -x)
print(l)
pairs = [(1, "b"), (0, "z"), (1, "a"), (0, "y")]
pairs.sort(key=lambda p: p[0])
print(pairs, sorted(pairs), min(pairs), max(pairs, key=lambda p: p[1]))
a = [1, [2, 3]]
b = a[:]
c = a.copy()
b[1].append(4)
print(a, b is a, c == a, c is a, a[1] is c[1])
print([1, 2] + [3], [0] * 3, 2 * [1, 2], [1] * 0, [[]] * 2, [1, 2] < [1, 3], [1] < [1, 0], [2] > [1, 5], [1, 2] == [1, 2.0])
for f in (lambda: [].pop(), lambda: [].remove(1), lambda: [1].index(2), lambda: [1][1], lambda: [1] + (2,), lambda: [1, "a"].sort(), lambda: [1].pop(5)):
    try:
        print(f())
    except (IndexError, ValueError, TypeError) as e:
        print(type(e).__name__)
l = list(range(5))
for x in l:
    if x % 2 == 0:
        l.remove(x)
print(l, list("abc"), list((1, 2)), list({"k": 1}), list(range(3)), list())
l = []
for i in range(100):
    l.append(i * 37 % 101)
l.sort()
print(l == sorted(l), l[:5], l[-5:], sum(l))
big = sorted((i * 7919 % 1009 for i in range(250)), key=lambda v: (v % 10, v))
print(big[:6], big[-4:], len(set(big)))
stable = sorted(range(40), key=lambda v: v % 3)
print(stable)
it = iter([1, 2, 3])
print(next(it), list(it), next(it, "end"), list(map(lambda x, y: x * y, [1, 2, 3], [4, 5])), list(filter(None, [0, 1, "", "a"])))
print(any([0, 1]), all([1, 0]), any([]), all([]), sum([1, 2], 10) if True else 0, list(reversed([1, 2, 3])), len([[]]))
