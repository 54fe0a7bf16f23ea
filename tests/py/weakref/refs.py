import gc
import weakref


class A:
    pass


class L(list):
    pass


a = A()
r = weakref.ref(a)
print(r() is a, r == weakref.ref(a), hash(r) == hash(a))
l = L([1])
print(weakref.ref(l)() is l, weakref.ref(A)() is A)
for value in (5, "x", None, 1.5, (1,)):
    try:
        weakref.ref(value)
    except TypeError:
        print("TypeError")
f = weakref.finalize(a, lambda *x, **k: (x, k), 1, key=2)
print(f.alive, f.peek()[0] is a, f.peek()[2:], f(), f.alive, f(), f.peek(), f.detach())
g = weakref.finalize(a, print, "never")
print(g.detach()[0] is a, g.alive)


def make(n):
    b = A()
    b.n = n
    return weakref.ref(b, log.append), weakref.finalize(b, log.append, n)


log = []
refs = [make(n) for n in range(20)]
[0] * 50
gc.collect()
gone = [n for n, (r, f) in enumerate(refs) if r() is None]
print(len(gone) > 10, len(log) == 2 * len(gone), all(not refs[n][1].alive for n in gone))
many = [weakref.ref(a) for _ in range(1000)]
many = None
gc.collect()
cache = {weakref.ref(a): "value"}
print(cache[weakref.ref(a)], r() is a)
