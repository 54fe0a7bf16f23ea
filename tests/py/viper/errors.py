# pyrite: oracle=micropython board
# viper: what the compiler refuses, and how it says so.
import micropython

HEAD = "@micropython.viper\n"
for source in (
    "def f(a: int) -> ptr8: return a",
    "def f():\n x = 1\n x = 'a'",
    "def f(a: int): a.b",
    "def f(a: int) -> int: return a[0]",
    "def f(p: ptr8) -> int: return p['x']",
    "def f(): return local\n",
    "def f(a: nope): pass",
    "def f(a: 1): pass",
    "def f(a: int) -> int: return -a, not a",
    "def f(p: ptr8) -> int: return -p",
    "def f(a: int): raise a",
    "def f(*args): pass",
    "def f(a: uint, b: int) -> int: return a // b",
    "def f(a: int):\n with a: pass",
    "def f(p: ptr8, x): p[0] = x",
    "def f(p: ptr8, x): p[x] = 1",
    "def f(a: int, b: ptr8) -> int: return a + b",
    "def f(a: int, b: uint) -> int: return a < b",
    "def f(a: int): del a",
    "def f():\n x\n x = 1",
    "def f(a: int) -> int:\n if a:\n  y = 1\n return y",
):
    try:
        exec(HEAD + source)
        print("compiled", repr(source))
    except (SyntaxError, NotImplementedError, TypeError, NameError) as e:
        print(type(e).__name__, e.args, repr(source))
