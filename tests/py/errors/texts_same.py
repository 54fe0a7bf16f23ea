# What errors say, as CPython says it.
none = None
items = [1, 2]
text = "abc"
tup = (1, 2)
dic = {"a": 1}
num = 5


class A:
    def method(self, x, y=1):
        pass

    def __len__(self):
        return -1


class B:
    x = 1
    __slots__ = ()

    def __len__(self):
        return "x"


a = A()


def f0():
    pass


def f1(x):
    pass


def f2(x, y):
    pass


def f3(x, y, z):
    pass


def fd(x, y=1):
    pass


def fk(x, *, key):
    pass


def fk2(*, a, b):
    pass


def fv(x, *args):
    pass


def fo(x=1):
    pass


def try_(source):
    try:
        try:
            eval(source)
        except SyntaxError:
            exec(source)
        print(source, "-> nothing raised")
    except Exception as e:
        print(source, "->", type(e).__name__, str(e))


def unbound():
    print(x)
    x = 1


def unbound_delete():
    x = 1
    del x
    x


def free():
    def inner():
        return y

    inner()
    y = 1


SOURCES = [
    "f0(1)",
    "f0(1, 2)",
    "f1()",
    "f1(1, 2)",
    "f2()",
    "f2(1)",
    "f2(1, 2, 3)",
    "f3()",
    "f3(1)",
    "f3(y=1)",
    "f3(1, z=1)",
    "fd()",
    "fd(1, 2, 3)",
    "fo(1, 2)",
    "fk(1)",
    "fk(1, 2)",
    "fk2()",
    "fk2(a=1)",
    "fv()",
    "f1(y=1)",
    "f1(1, y=1)",
    "f1(1, x=1)",
    "f2(1, 2, x=3)",
    "f2(1, 2, z=3)",
    "fd(1, 2, y=3)",
    "f1(**{1: 2})",
    "(lambda x: x)()",
    "'%z' % 1",
    "items[5]",
    "items[-5]",
    "tup[5]",
    "text[5]",
    "dic['b']",
    "dic[5]",
    "{}[()]",
    "del tup[0]",
    "del a[0]",
    "del dic['b']",
    "num.x",
    "none.x",
    "text.x",
    "items.apend",
    "a.x",
    "A.x",
    "f0.x",
    "del a.x",
    "num.x = 1",
    "text.x = 1",
    "none.x = 1",
    "x, y = 1, 2, 3",
    "x, y = iter([1, 2, 3])",
    "len(1)",
    "len(none)",
    "ord('ab')",
    "ord('')",
    "issubclass(1, int)",
    "getattr(1, 'x')",
    "[].pop()",
    "'a'.index('b')",
    "{}.popitem()",
    "{}.pop('a')",
    "set().pop()",
    "{1}.remove(2)",
    "'a'.split('')",
    "1 << -1",
    "raise 1",
    "raise none",
    "raise A",
    "assert 0",
    "assert 0, 'text'",
    "assert 0, 5",
]

for source in SOURCES:
    try_(source)
