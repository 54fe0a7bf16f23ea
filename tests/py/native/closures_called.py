# pyrite: board
# Closures called from machine code: as many cells as there are, defaults, wrong counts, deep recursion, cells that change.
def make(a, b, c, d):
    def none():
        return 0

    def one():
        return a

    def two(x):
        return a, b, x

    def four(x, y):
        return a, b, c, d, x, y

    def default(x, y=5):
        return a, x, y

    def setter(x):
        nonlocal d
        d = x
        return d

    def stars(*args, **kw):
        return a, args, kw

    def generator(x):
        yield a
        yield x

    return none, one, two, four, default, setter, stars, generator


def call(functions):
    none, one, two, four, default, setter, stars, generator = functions
    out = [none(), one(), two(1), four(1, 2), default(1), default(1, 2), default(x=1)]
    out += [setter(9), four(3, 4), stars(1, k=2), list(generator(7))]
    for wrong in (lambda: none(1), lambda: one(1), lambda: two(), lambda: two(1, 2), lambda: four(1)):
        try:
            wrong()
        except TypeError:
            out.append("TypeError")
    return out


for i in range(3):
    print(call(make(i, "b", [i], None)))


def depth():
    count = 0

    def down(n):
        nonlocal count
        count += 1
        return n if n == 0 else down(n - 1)

    down(50)
    try:
        down(10**9)
    except RecursionError:
        return count > 51


print(depth())


def adders():
    return [lambda x, n=n, m=n * 2: (x + n + m, adders) for n in range(3)]


print([f(10)[0] for f in adders()], [f(10, 1)[0] for f in adders()], [f(10, 1, 1)[0] for f in adders()])


class Box:
    def __init__(self, n):
        def get(this, x):
            return n, x

        type(self).get = get
        self.own = lambda x: (n, x, self.__class__.__name__)


for n in range(3):
    box = Box(n)
    print(box.get(1), box.own(2))
