# pyrite: oracle=pyrite
# What SyntaxErrors say where we say more than CPython 3.11, or follow a later one.
SOURCES = [
    "for x y:\n    pass\n",
    "try:\n    pass\nexcept A, B as c:\n    pass\n",
    "if x:\n    pass\nelse if y:\n    pass\n",
    "f(a=1, b)\n",
    "f(**a, b)\n",
    "def f(*):\n    pass\n",
    "  x = 1\n",
    "x = 1\n  y = 2\n",
    "if x:\n    a\n  b\n",
    "if x:\n    a\n      b\n",
    "class = 1\n",
    "def in():\n    pass\n",
    "x.class\n",
    "fro x in y:\n    pass\n",
    "whille x:\n    pass\n",
    "retrun x\n",
    "def f():\n    retrun x\n",
    "f'{a b}'\n",
    "f'{}'\n",
    "f'{a'\n",
    "f'{a!x}'\n",
    "f'a}b'\n",
    "f'{a:{b}'\n",
    "f'abc\n",
    "async def f():\n    await = 3\n",
    "x = (yield) = 1\n",
    "print(f\"{x\" )\n",
    "for i in range(10) print(i)\n",
    "f(a, b=1, c d)\n",
    "f(a = b = c)\n",
    "x = \"\\x4\"\n",
    "x = b\"é\"\n",
    "lambda x y: 1\n",
    "lambda x\n",
]


def show(source):
    try:
        compile(source, "t.py", "exec")
        print(repr(source), "is a program")
    except SyntaxError as e:
        print(repr(source))
        print("   ", type(e).__name__, e.lineno, e.offset, e.msg)


for source in SOURCES:
    show(source)
