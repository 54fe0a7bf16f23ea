# Assignment expressions in comprehensions inside comprehensions bind in the scope around all of them.


def inner():
    rows = [[last := (i, j) for i in range(2)] for j in range(3)]
    return rows, last


print(inner())
rows = [[z := i * j for i in range(3)] for j in range(3)]
print(rows, z)


def closes():
    make = [lambda: seen for _ in range(1)]
    total = 0
    deep = {j: {k: [total := total + i for i in range(k)] for k in range(3)} for j in range(2)}
    list([seen := x for x in y] for y in [[1, 2], [3]])
    return deep, total, make[0]()


print(closes())


def reads():
    return [[any((hit := x) > 2 for x in row), hit] for row in [[1, 3, 5], [9], [0]]], hit


print(reads())


def declared():
    global shared
    [[shared := i for i in range(4)] for _ in range(1)]


declared()
print(shared)


def outer():
    kept = None

    def set_it():
        nonlocal kept
        [[kept := (i, j) for i in "ab"] for j in "cd"]

    set_it()
    return kept


print(outer())
fives = [lambda: (w := 5) for _ in range(2)]
print([f() for f in fives], "w" in globals())
