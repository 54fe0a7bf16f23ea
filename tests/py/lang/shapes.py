# pyrite: oom
# Instances that get their attributes in other orders, many of them, and lose them again.
class P:
    pass


def make(order):
    p = P()
    for i, n in enumerate(order):
        setattr(p, n, i)
    return p


for order in ("abc", "cba", "bac", "a", "", "abcabc", "zyxwv"):
    p = make(order)
    print(order, [(n, getattr(p, n, None)) for n in "abcxyz"])
p = make("abc")
del p.b
print(hasattr(p, "b"), p.a, p.c)
p.b = "again"
p.d = "more"
print(p.a, p.b, p.c, p.d)
del p.a, p.d, p.c, p.b
print([hasattr(p, n) for n in "abcd"])
p.a = 1
print(p.a)
big = P()
for i in range(100):
    setattr(big, "n%d" % i, i)
print(sum(getattr(big, "n%d" % i) for i in range(100)), big.n0, big.n99)
for i in range(0, 100, 2):
    delattr(big, "n%d" % i)
print(sum(getattr(big, "n%d" % i, 0) for i in range(100)))


class Q(P):
    def __init__(self, deep):
        self.deep = deep
        if deep:
            self.child = Q(deep - 1)
        else:
            self.leaf = True


q = Q(5)
depth = 0
while hasattr(q, "child"):
    q = q.child
    depth += 1
print(depth, q.leaf, q.deep)
items = [Q(0) for _ in range(50)]
for i, o in enumerate(items):
    o.index = i
    if i % 3 == 0:
        o.third = i
print(sum(o.index for o in items), sum(getattr(o, "third", 0) for o in items))
