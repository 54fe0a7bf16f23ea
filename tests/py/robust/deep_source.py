# pyrite: oracle=micropython modes=bytecode,native opt=-X opt=heapsize=64M
# Source that nests or goes on for too long is compiled or refused.
def attempt(source):
    try:
        exec(source)
    except (SyntaxError, RuntimeError, MemoryError, NameError, TypeError, ImportError, ValueError, ZeroDivisionError):
        pass


def indented(head, depth, last):
    return "".join(" " * i + head + "\n" for i in range(depth)) + " " * depth + last + "\n"


SOURCES = (
    "[" * 20000,
    "(" * 20000 + ")" * 20000,
    "(" * 10000 + "1" + ")" * 10000,
    "-" * 20000 + "1",
    "not " * 20000 + "1",
    "1" + "+1" * 20000,
    "1" + "**1" * 20000,
    "f" + "(1)" * 20000,
    "lambda:" * 20000 + "1",
    "x" + ".y" * 20000,
    "x" + "[0]" * 20000,
    "1 if 1 else " * 20000 + "1",
    "a=" * 5000 + "1",
    "{" * 20000,
    "1<" * 20000 + "1",
    "1 and " * 20000 + "1",
    "await " * 5000 + "x",
    "[x for x in " * 5000,
    'f"{' * 500,
    "*" * 10000 + "a",
    "if 1:\n" + " ",
    indented("if 1:", 2000, "pass"),
    "if 1:\n pass\n" + "elif 1:\n pass\n" * 5000,
    "try:\n pass\n" + "except A:\n pass\n" * 5000,
    indented("def f():", 300, "pass"),
    indented("class f:", 300, "pass"),
    indented("with a:", 300, "break"),
    indented("try:", 300, "pass"),
    "@a\n" * 5000 + "def f():pass",
    "def f(" + ",".join("a%d" % i for i in range(1000)) + "):pass",
    "f(" + ",".join("a%d=1" % i for i in range(1000)) + ")",
    "f(" + "*a," * 1000 + ")",
    "a," * 5000 + "=b",
    "from a import " + ",".join("a%d" % i for i in range(3000)),
    "import " + "a." * 5000 + "a",
    '"a" ' * 20000,
    "x=%s" % ("9" * 50000),
    "0x" + "f" * 100000,
    "1e" + "9" * 10000,
    "1<<100000000000",
    "10**10**10",
    '"a"*10**12',
    "(1,)*10**12",
    "-1<<-1",
    "1//0",
    "1%0",
    '"%s"%()',
)
for source in SOURCES:
    attempt(source)
print("survived")
