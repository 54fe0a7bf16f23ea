# pyrite: oracle=pyrite modes=bytecode
# viper: what is wrong comes with what it is about and since where.
import micropython

HEAD = "@micropython.viper\n"
for source in (
    "def f(n: int) -> int:\n return foo(n)",
    "def f(n: int) -> int:\n return n.foo",
    "def f(n: int) -> int:\n return n.foo(1)",
    "def f(l, n: int) -> int:\n return l[n]",
    "def f(l) -> int:\n return l",
    "def f(n: int) -> int:\n x = 1\n\n x = n.foo\n return x",
    "def f(p: ptr8, n: int) -> int:\n return p + n",
    "def f(n: int):\n q = ptr8(n)\n q['a'] = 1",
    "def f(n: int):\n x: uint8 = 1\n x = []",
    "def f(n: float) -> int:\n return ~n",
    "def f(n: int):\n raise n",
):
    try:
        exec(HEAD + source)
    except (NotImplementedError, TypeError) as e:
        print(e, getattr(e, "__notes__", None))
