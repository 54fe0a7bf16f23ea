# Containers that are changed by the objects they ask.
from collections import OrderedDict, deque


class X:
    def __init__(self, act, n=1, times=2):
        self.act, self.n, self.times = act, n, times

    def go(self):
        if self.times:
            self.times -= 1
            self.act()
        return self.n

    def __eq__(self, o):
        return self.go() == o

    def __lt__(self, o):
        return self.go() < (o.n if type(o) is X else o)

    def __hash__(self):
        return hash(self.n)

    def __iter__(self):
        yield self.n
        yield self.go()

    def __repr__(self):
        return "X(%r)" % self.n


def run(make, step):
    global a
    a = make()
    try:
        r = step()
    except Exception as e:
        r = type(e).__name__
    print(r, sorted(a) if type(a) is set else list(a.items()) if type(a) is OrderedDict else a)


acts = [
    lambda: a.clear(),
    lambda: a.append(9),
    lambda: a.extend([7] * 20),
    lambda: a.pop(),
    lambda: a.insert(0, 5),
    lambda: a.reverse(),
]
for act in acts:
    run(lambda: [3, X(act), 2], lambda: a.index(1))
    run(lambda: [3, X(act), 2], lambda: a.remove(1))
    run(lambda: [3, X(act), 2], lambda: a.count(2))
    run(lambda: [3, X(act), 2, 1], lambda: a <= [3, 1, 2, 2])
    run(lambda: [3, X(act), 2], lambda: a.sort())
    run(lambda: [3, X(act), 2], lambda: sorted(a))
    run(lambda: [1, 2, 3, 4], lambda: a.__setitem__(slice(1, 3), X(act)))
    run(lambda: [1, 2, 3, 4], lambda: a.extend(X(act)))
    run(lambda: [3, X(act), 2], lambda: max(a))
    run(lambda: deque([3, 4, 2], 9), lambda: a.index(X(act)))
    run(lambda: deque([3, 4, 2], 9), lambda: a.count(X(act)))
    run(lambda: deque([3, 4, 2], 9), lambda: a.remove(X(act)))
    run(lambda: deque([3, 4, 2], 9), lambda: X(act) in a)
    run(lambda: deque([3, 4, 2], 9), lambda: a.remove(X(act, 3)))

keys = [lambda: a.clear(), lambda: a.update([(5, 6)]), lambda: a.pop(2, 0), lambda: a.popitem()]
for act in keys:
    run(lambda: {1: 2, 2: 4}, lambda: a[X(act)])
    run(lambda: {1: 2, 2: 4}, lambda: a.get(X(act, 2)))
    run(lambda: {1: 2, 2: 4}, lambda: a.pop(X(act), 7))
    run(lambda: {1: 2, 2: 4}, lambda: X(act, 2) in a)
    run(lambda: {1: 2, 3: X(act), 2: 5}, lambda: a == {1: 2, 3: 1, 2: 5})
run(lambda: {1: 2, 3: X(lambda: a.update([(5, 6)]), 7), 2: 5}, lambda: 5 in a.values())
run(lambda: OrderedDict([(1, 2), (3, X(lambda: a.pop(1, 0)))]), lambda: a == OrderedDict([(1, 2), (3, 1)]))
for act in (lambda: a.clear(), lambda: a.add(8), lambda: a.discard(2)):
    run(lambda: {1, 2, 3}, lambda: X(act) in a)
    run(lambda: {1, 2, 3}, lambda: a.issuperset([X(act), 3]))
    run(lambda: {1, 2, 3}, lambda: a.difference([X(act, 2), 3]))
