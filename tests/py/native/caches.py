# pyrite: board
# Native code sees what changes around it: globals, built-ins, classes, attributes.
try:
    import micropython
except ImportError:

    class micropython:
        @staticmethod
        def native(f):
            return f


@micropython.native
def name():
    return value


@micropython.native
def get(o):
    return o.x


@micropython.native
def call(o, *a):
    return o.f(*a)


@micropython.native
def size(o):
    return len(o)


value = 1
print(name())
value = "two"
print(name())
del value
try:
    name()
except NameError:
    print("NameError")
value = 3.5
print(name())


class A:
    x = "class"

    def f(self, *a):
        return ("A", a)


class B:
    def __init__(self):
        self.x = "own"
        self.f = lambda *a: ("own f", a)


class C(A):
    @property
    def x(self):
        return "property"


for o in (A(), B(), C(), A()):
    print(get(o), call(o), call(o, 1), call(o, 1, 2))
A.x = "changed"
print(get(A()))
A.f = lambda self, *a: "new"
print(call(A()), call(C()))
print(size("abc"), size([1]))
len = lambda o: "mine"
print(size("abc"))
del len
print(size("abc"))


@micropython.native
def caller(n):
    return callee(n)


@micropython.native
def callee(n):
    return n + 1


print(caller(1))
callee = lambda n: n * 100
print(caller(1))


def callee(a, b=5):
    return a, b


print(caller(1))
for bad in (get, call):
    try:
        bad(5)
    except AttributeError:
        print("AttributeError")


@micropython.native
def counts(o, n):
    for i in range(n):
        o.count += i
    return o.count


b = B()
b.count = 0
print(counts(b, 10))
b.count = 0.5
print(counts(b, 10))
b.count = 2**62
print(counts(b, 10))
