# pyrite: board
# Tuples and ranges.
t = (1, "a", (2, 3))
print(t, t[0], t[-1][0], len(t), t + (4,), t * 2, (1,) * 3, "a" in t, t.index("a"), (1, 2, 1).count(1), tuple([1, 2]), tuple("ab"), ())
print((1, 2) < (1, 3), (1,) < (1, 0), (1, 2) == (1, 2), hash((1, 2)) == hash((1, 2)), {(1, (2, 3)): "v"}[(1, (2, 3))], (1, 2) != [1, 2])
a, (b, *c) = 1, (2, 3, 4)
print(a, b, c, tuple(x * 2 for x in range(3)), sum((1, 2, 3)), max((3, 1)), sorted((3, 1, 2)), tuple(reversed((1, 2))))
for f in (lambda: t[9], lambda: t.index("zz"), lambda: t + [1], lambda: hash(([],))):
    try:
        print(f())
    except (IndexError, ValueError, TypeError) as e:
        print(type(e).__name__)
try:
    t[0] = 1
except TypeError:
    print("TypeError")
print(range(5), range(1, 5), range(0, 10, 3), list(range(5, 0, -2)), len(range(0, 10, 3)), len(range(5, 5)), range(3)[1], range(10)[-1])
print(3 in range(5), 5 in range(5), 4 in range(0, 10, 2), 3 in range(0, 10, 2), range(0) == range(1, 1), range(0, 3, 2) == range(0, 4, 2), bool(range(0)))
print(list(range(10))[2:8:3], range(10)[2:8:3], range(10)[::-1], list(reversed(range(4))), range(-5, -1)[0], sum(range(101)), min(range(3, 9)))
r = range(2, 20, 4)
print(r.start, r.stop, r.step, [i for i in r], list(enumerate(r, 1)), list(zip(r, range(3))))
for bad in ((1, 2, 0), ("a",), (1.5,)):
    try:
        range(*bad)
    except (ValueError, TypeError) as e:
        print(type(e).__name__)
