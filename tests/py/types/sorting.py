# pyrite: board
# sort and sorted: keys, reverse, errors inside, objects, and that the list is whole afterwards.
class K:
    made = 0

    def __init__(self, v):
        self.v = v

    def __lt__(self, o):
        return self.v < o.v

    def __repr__(self):
        return "K%d" % self.v


l = [K(i * 7 % 10) for i in range(10)]
print(sorted(l), min(l), max(l))
l.sort(reverse=True)
print(l)
print(sorted([3, 1, 2], key=lambda x: (x % 2, x)), sorted({"b": 1, "a": 2}), sorted([[2], [1, 5], [1]]))
words = "the quick brown fox jumps over the lazy dog".split()
print(sorted(words), sorted(words, key=len), sorted(set(words), key=lambda w: (len(w), w), reverse=True))
for n in (0, 1, 2, 3, 10, 33, 100):
    data = [(i * 7919 + 13) % 101 for i in range(n)]
    s = sorted(data)
    print(n, all(s[i] <= s[i + 1] for i in range(n - 1)), sum(s) == sum(data), sorted(s) == s, sorted(s[::-1]) == s)
print(sorted([0.5, -1, 2, 1.5, 0]), sorted([True, False, 2]), sorted(["b", "B", "a", ""]), sorted([(1, "b"), (1, "a"), (0, "z")]))


def failing(x):
    if x == 3:
        raise ValueError("key")
    return x


l = [5, 4, 3, 2, 1]
try:
    l.sort(key=failing)
except ValueError as e:
    print(e)
try:
    [1, "a", 2].sort()
except TypeError:
    print("TypeError")
