# pyrite: oracle=pyrite
# What errors say where we keep the text of MicroPython (docs/differences.md).
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
    "fk(1, 2, key=1)",
    "f1(*1)",
    "f1(**1)",
    "f1(x=1, **{'x': 2})",
    "num()",
    "none()",
    "text()",
    "items()",
    "dic()",
    "a()",
    "a.method()",
    "a.method(1, 2, 3)",
    "a.method(z=1)",
    "A(1)",
    "1 + 'a'",
    "'a' + 1",
    "1 + none",
    "none + 1",
    "none - none",
    "[] + 1",
    "[] + ()",
    "() + []",
    "{} + {}",
    "1 - 'a'",
    "'a' - 'b'",
    "'a' * 'b'",
    "'a' * 1.5",
    "[] * []",
    "1 / 'a'",
    "1 // none",
    "1 % none",
    "1 @ 2",
    "1 & 'a'",
    "1 | none",
    "1 ^ 1.5",
    "1 << 'a'",
    "1 >> 1.5",
    "a + 1",
    "1 + a",
    "a * a",
    "1 < 'a'",
    "'a' < 1",
    "none < none",
    "[] < ()",
    "a < a",
    "a >= 1",
    "1 <= none",
    "1j < 2j",
    "-none",
    "-'a'",
    "+[]",
    "~1.5",
    "~'a'",
    "-a",
    "1 in 1",
    "1 in none",
    "1 not in num",
    "'a' in num",
    "x = 1; x += 'a'",
    "x = 'a'; x -= 1",
    "x = none; x *= 2",
    "x = []; x += 1",
    "'a' + b'b'",
    "b'a' + 'b'",
    "2 ** 'a'",
    "1 in 'abc'",
    "divmod(1, 'a')",
    "'%d' % 'a'",
    "'%d %d' % 1",
    "num[0]",
    "none[0]",
    "f0[0]",
    "a[0]",
    "1.5[0]",
    "b'a'[5]",
    "items['a']",
    "tup['a']",
    "items[1.5]",
    "items[none]",
    "dic[[]]",
    "items[5] = 1",
    "tup[0] = 1",
    "text[0] = 'b'",
    "num[0] = 1",
    "none[0] = 1",
    "a[0] = 1",
    "del items[5]",
    "del num[0]",
    "range(3)[7]",
    "items[::0]",
    "text['a']",
    "a.method.x",
    "import sys; sys.nothing",
    "for x in 1: pass",
    "for x in none: pass",
    "for x in a.method: pass",
    "list(1)",
    "tuple(none)",
    "set(1)",
    "sum(1)",
    "sorted(1)",
    "[*1]",
    "x, y = 1",
    "x, y = none",
    "x, y, z = 1, 2",
    "x, y = []",
    "x, y = 'a'",
    "x, y = {}",
    "x, *y, z = [1]",
    "x, y = iter([1])",
    "next(1)",
    "next(items)",
    "iter(1)",
    "zip(1)",
    "enumerate(1)",
    "map(f0, 1)",
    "max()",
    "max([])",
    "min(())",
    "dict(1)",
    "dict([1])",
    "dict([(1, 2, 3)])",
    "''.join([1])",
    "''.join(1)",
    "len(a)",
    "abs('a')",
    "abs(none)",
    "chr(-1)",
    "chr('a')",
    "int('a')",
    "int('12x')",
    "int('1.5')",
    "int(none)",
    "int([])",
    "int('z', 36 + 1)",
    "float('a')",
    "float(none)",
    "complex('a')",
    "bytes(-1)",
    "round('a')",
    "isinstance(1, 1)",
    "hash([])",
    "hash({})",
    "{[]: 1}",
    "{[]}",
    "[1].pop(5)",
    "[].remove(1)",
    "[].index(1)",
    "(1,).index(2)",
    "range(1, 2, 0)",
    "range('a')",
    "raise ValueError from 1",
    "nothing",
    "del nothing",
    "import nothing_here",
    "from sys import nothing_here",
    "with 1: pass",
    "with none: pass",
    "[].sort(1)",
    "sorted([1, 'a'])",
    "max(1, 'a')",
    "1 / 0",
    "1 // 0",
    "1 % 0",
    "1.5 / 0",
    "1.5 // 0",
    "1.5 % 0",
    "0 ** -1",
    "divmod(1, 0)",
    "1j / 0",
    "len()",
    "len(1, 2)",
    "int(1, 2, 3)",
    "chr(1, 2)",
    "[].append()",
    "'a'.upper(1)",
    "unbound()",
    "unbound_delete()",
    "free()",
]

for source in SOURCES:
    try_(source)
