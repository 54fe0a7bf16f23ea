# pyrite: board oom
# The same place in the program sees other globals, other classes and other layouts as time goes by.
def get(o):
    return o.x


def call(o):
    return o.f()


def put(o, v):
    o.x = v


def name():
    return value


value = 1
print(name(), name())
value = 2
print(name())
del value
try:
    name()
except NameError:
    print("NameError")
value = "back"
print(name())


class A:
    x = "class A"

    def f(self):
        return "A.f"


class B:
    def __init__(self):
        self.y = 1
        self.x = "b"

    def f(self):
        return "B.f " + self.x


class C(A):
    pass


class D:
    @property
    def x(self):
        return "property"

    @x.setter
    def x(self, v):
        print("set", v)

    f = staticmethod(lambda: "static")


class E:
    def __getattr__(self, n):
        return (lambda: "made f") if n == "f" else "made " + n


for _ in range(3):
    print([get(o) for o in (A(), B(), C(), D(), E())], [call(o) for o in (A(), B(), C(), D(), E())])
a = A()
print(get(a))
put(a, "own")
print(get(a), A.x)
del a.x
print(get(a))
A.x = "changed"
print(get(a), get(C()))
C.x = "C's own"
print(get(C()), get(a))
a.f = lambda: "own f"
print(call(a), call(A()))
A.f = lambda self: "new A.f"
print(call(a), call(A()), call(C()))
del a.f
print(call(a))
for o in (A(), B(), C(), D(), E()):
    put(o, 5)
    print(get(o))


def builtin(x):
    return len(x)


print(builtin("abc"))
len = lambda x: "my len"
print(builtin("abc"))
del len
print(builtin("abc"))
del A.x
try:
    get(A())
except AttributeError:
    print("AttributeError")


class Late:
    pass


late = Late()
for i in range(3):
    try:
        print(get(late))
    except AttributeError:
        print("not yet")
        if i == 0:
            Late.x = "now"
        else:
            late.x = 0
many = [Late() for _ in range(5)]
for i, o in enumerate(many):
    for k in range(i):
        setattr(o, "k%d" % k, k)
    o.x = i
print([get(o) for o in many])
