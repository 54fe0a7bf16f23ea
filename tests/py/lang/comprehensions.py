# pyrite: board oom
# Comprehensions of every kind, nested, filtered, with their own scope.
print([x * x for x in range(6)], [x for x in range(20) if x % 3 == 0 if x % 2], [(x, y) for x in range(3) for y in range(x)])
print({x % 4 for x in range(10)} == {0, 1, 2, 3}, {k: v for k, v in zip("abc", range(3))}, sorted({c.upper() for c in "hello"}))
print([[y for y in range(x)] for x in range(4)], [x for row in [[1, 2], [3]] for x in row])
x = "outer"
print([x for x in range(3)], x)
print(list(x + 1 for x in range(3)), sum(i for i in range(5)), tuple(i for i in "ab"))


def scoped(n):
    base = 10
    return [base + i for i in range(n)], {base: i for i in range(1)}, [lambda: base + i for i in range(2)][1]()


print(scoped(3))


class C:
    items = [1, 2, 3]
    doubled = [i * 2 for i in items]


print(C.doubled)
a = [1, 2, 3]
print([a[i] for i in range(len(a) - 1, -1, -1)])
print([i if i % 2 else -i for i in range(5)], [(i, j) for i, j in [(1, 2), (3, 4)]], [b for (b, (c, *d)) in [(1, (2, 3, 4))]])
g = (print("made", i) or i for i in range(2))
print("lazy")
print(list(g))
print([(lambda k: k * 2)(i) for i in range(3)], [y for x in range(3) for y in [x * x] if y], any(x > 3 for x in range(5)), all(x < 3 for x in range(5)))
matrix = [[1, 2, 3], [4, 5, 6]]
print([[row[i] for row in matrix] for i in range(3)])
print({i: {j: i * j for j in range(2)} for i in range(2)}, [len([z for z in range(y)]) for y in range(3)])
