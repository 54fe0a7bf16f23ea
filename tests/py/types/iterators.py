# pyrite: board oom
# The protocol of iteration, and the functions that stand on it.
class Up:
    def __init__(self, n):
        self.n = n

    def __iter__(self):
        self.i = 0
        return self

    def __next__(self):
        if self.i >= self.n:
            raise StopIteration
        self.i += 1
        return self.i


class Old:
    def __getitem__(self, i):
        if i > 2:
            raise IndexError
        return i * 10


print(list(Up(4)), [x for x in Up(3)], sum(Up(5)), max(Up(3)), tuple(Up(0)), list(Old()), 20 in Old(), 3 in Up(5), 9 in Up(5))
a, b, c = Up(3)
print(a, b, c, list(zip(Up(3), "abcdef")), list(enumerate(Up(2))), list(enumerate("ab", 5)), list(map(str, Up(3))), list(filter(lambda x: x % 2, Up(5))))
print(list(zip()), list(zip([1])), list(zip([1, 2], [3, 4], [5, 6])), list(map(max, [1, 5], [4, 2])), dict(enumerate("ab")), list(reversed([1, 2, 3])))
it = iter([1, 2])
print(next(it), next(it), next(it, "default"))
try:
    next(it)
except StopIteration:
    print("StopIteration")
n = 0


def tick():
    global n
    n += 1
    return n


print(list(iter(tick, 4)))
for bad in (5, None, object()):
    try:
        for x in bad:
            pass
    except TypeError:
        print("TypeError")
print(sorted([3, 1, 2]), sorted("hello", reverse=True), sorted([1, -3, 2], key=abs), min([3, 1, 2]), max("abc"), min(5, 3, 9), max([], default="none"), min("b", "a", key=ord))
print(sum([]), sum([1, 2, 3], 4), any(x > 2 for x in Up(3)), all(x > 2 for x in Up(3)), list(Up(2)), len(list(range(7))))


class Fails:
    def __iter__(self):
        return self

    def __next__(self):
        raise ValueError("from next")


try:
    list(Fails())
except ValueError as e:
    print(e)
print(iter(it) is it, [i for i in iter("ab")], list(iter({"k": 1})), " ".join(map(str, range(5))))
x = iter(range(10))
print(list(zip(x, x)), [(a, b) for a, b in zip(range(3), range(10, 13))])
