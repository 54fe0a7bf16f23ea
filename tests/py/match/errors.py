# What patterns may not be.
def error(f):
    try:
        f()
    except Exception as e:
        print(type(e).__name__, e if type(e) is not NameError else "")


class NoArgs:
    pass


class BadArgs:
    __match_args__ = ["x"]


class OddArgs:
    __match_args__ = (1,)


class Args:
    __match_args__ = ("x", "y")
    x = y = 1


def f1():
    match NoArgs():
        case NoArgs(1):
            pass


def f2():
    match BadArgs():
        case BadArgs(1):
            pass


def f3():
    match OddArgs():
        case OddArgs(1):
            pass


def f4():
    match Args():
        case Args(1, 1, 1):
            pass


def f5():
    match Args():
        case Args(1, x=1):
            pass


def f6():
    match 1:
        case int(1, 2):
            pass


def f7():
    five = 5
    match 1:
        case five(1):
            pass


def f8():
    match {"a": 1, "b": 2}:
        case {NoArgs.key: 1}:
            pass


class K:
    a = "k"
    b = "k"


def f9():
    match {"k": 1, "l": 2}:
        case {K.a: 1, K.b: 2}:
            pass


def f10():
    # Not evaluated: no mapping.
    match []:
        case {NoArgs.key: 1}:
            pass
    print("ok")


def f11():
    class Eq:
        def __eq__(self, other):
            raise ValueError("eq")

    match Eq():
        case 1:
            pass


def f12():
    match [1]:
        case [undefined.x]:
            pass


for f in (f1, f2, f3, f4, f5, f6, f7, f8, f9, f10, f11, f12):
    error(f)

for pattern in (
    "_: pass\n case 1",
    "x: pass\n case 1",
    "_ | 1",
    "x | 1",
    "[x, x]",
    "{'a': x, 'b': x}",
    "{'a': x, **x}",
    "C(x, y=x)",
    "x as x",
    "[a] | [b]",
    "[a] | 1",
    "[*a, *b]",
    "{'a': 1, 'a': 2}",
    "{1: 1, -1: 2, 1: 3}",
    "C(a=1, a=2)",
    "C(a=1, 2)",
    "1 as _",
    "{**_}",
    "{x: 1}",
    "a.b as c.d",
    "f'x'",
    "1 + 1",
    "-x",
    "*a",
    "(*a)",
    "{**r, 'a': 1}",
    "1j + 1",
):
    try:
        exec("match 0:\n case " + pattern + ": pass")
        print("compiled", pattern)
    except SyntaxError:
        print("SyntaxError", pattern)
for pattern in (
    "x if 1: pass\n case 1",
    "1 | _",
    "[x, [y, z]]",
    "*a,",
    "(*a,)",
    "[_, _]",
    "(1 | 2) as x",
    "((x))",
    "{1: 1, 1.5: 2, 'a': 3, None: 4,}",
    "[x] | (x,)",
    "C(a, b=c,)",
    "-1 | -1.5 | -2j | 1 - 2j",
    "x, *y, z if x",
):
    exec("def f(C):\n match 0:\n  case " + pattern.replace("\n", "\n ") + ": pass")
