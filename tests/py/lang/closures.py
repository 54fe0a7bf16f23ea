# pyrite: board oom
# Captured variables: shared, rebound, in loops, nested, and deleted.
def counter(start):
    n = start

    def step(by=1):
        nonlocal n
        n += by
        return n

    def read():
        return n

    return step, read


step, read = counter(10)
print(step(), step(5), read(), counter(0)[1]())


def late():
    return [lambda: i for i in range(3)], [lambda i=i: i for i in range(3)]


a, b = late()
print([f() for f in a], [f() for f in b])


def deep(a):
    def one(b):
        def two(c):
            nonlocal a, b
            a += 1
            b += 10
            return a + b + c

        return two

    return one


f = deep(100)(20)
print(f(3), f(3))


def uses_own_argument(x):
    def inner():
        return x

    x = x + 1
    return inner


print(uses_own_argument(1)())


def recursive():
    def down(n):
        return [n] + down(n - 1) if n else []

    return down


print(recursive()(4))
x = "global"


def shadows():
    x = "local"

    class C:
        y = "class"

        def method(self):
            return x, self.y

    return C().method()


print(shadows())


def writes_global():
    global x, made
    x = "changed"
    made = 1
    del made


writes_global()
print(x, "made" in globals())


def unbound():
    def inner():
        return late_bound

    try:
        inner()
    except NameError as e:
        print("NameError")
    late_bound = 1
    return inner()


print(unbound())


def local_unbound(flag):
    if flag:
        v = 1
    try:
        return v
    except UnboundLocalError if False else NameError:
        return "unbound"


print(local_unbound(1), local_unbound(0))


def compose(*fs):
    def run(x):
        for f in fs:
            x = f(x)
        return x

    return run


print(compose(lambda x: x + 1, lambda x: x * 10, str)(4))
print([(lambda x, y=y: x * y)(3) for y in range(3)], {k: v for k, v in [(i, lambda: i) for i in range(1)]}[0]())
