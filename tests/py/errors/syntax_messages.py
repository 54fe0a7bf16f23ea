# pyrite: oracle=pyrite
# What the compiler refuses in a whole file, with its text.
for source in (
    "1 +",
    "x = = 1",
    "def f(:\n pass",
    "def f(a, a): pass",
    "def f(a=1, b): pass",
    "if 1:\npass",
    "  x = 1\n y = 2",
    "if 1:\n  x\n y",
    "return 1",
    "yield 1",
    "break",
    "continue",
    "def f():\n nonlocal x",
    "nonlocal x",
    "def f(x):\n global x",
    "1 = x",
    "f() = 1",
    "x + 1 = 2",
    "del f()",
    "f(a=1, 2)",
    "f(**a, *b)",
    "a, *b, *c = x",
    "*a",
    "'abc",
    "'''abc",
    "(1, 2",
    "1)",
    "$",
    "import",
    "from x import",
    "from . import *",
    "try:\n pass",
    "try:\n pass\nexcept:\n pass\nexcept ValueError:\n pass",
    "class C(:\n pass",
    "async x",
    "await x",
    "def f():\n await x",
    "lambda: (yield)",
    "f'{'",
    "f'{}'",
    "'\\xg'",
    "@x\ny = 1",
    "for 1 in x: pass",
    "with x as 1: pass",
    "x: int = 5",
    "assert",
    "raise x from",
    "a b",
):
    try:
        compile(source, "<test>", "exec")
        print("compiled", repr(source))
    except SyntaxError as e:
        print("SyntaxError", e.args, repr(source))
    except Exception as e:
        print(type(e).__name__, repr(source))
