# Arguments of every kind, closures, recursion, defaults.
def plain(a, b, c):
    return (a, b, c)


def defaults(a, b=2, *rest, c, d=4, **more):
    return a, b, rest, c, d, sorted(more.items())


print(plain(1, *[2, 3]), plain(c=3, b=2, a=1), plain(*(1,), **{"b": 5, "c": 6}))
print(defaults(1, c=3), defaults(1, 5, 6, 7, c=8, d=9, e=10, f=11))


def counter(start):
    count = start

    def step(by=1):
        nonlocal count
        count += by
        return count

    def reset():
        nonlocal count
        count = start

    return step, reset


step, reset = counter(10)
print(step(), step(5), reset(), step())


def deep(n):
    def a():
        def b():
            def c():
                return n * 2

            return c

        return b

    return a()()()


print(deep(21), [deep(i) for i in range(3)])
print((lambda x, y=3, *z: (x, y, z))(1), sorted([3, 1, 2], key=lambda x: -x))

total = 0


def outer():
    global total
    for i in range(5):
        total += i
    return total


print(outer(), total)


def fact(n):
    return 1 if n < 2 else n * fact(n - 1)


print(fact(20), fact(30))
for wrong in (lambda: plain(1, 2), lambda: plain(1, 2, 3, 4), lambda: defaults(1), lambda: plain(1, b=2, c=3, d=4)):
    try:
        wrong()
    except TypeError:
        print("TypeError")
