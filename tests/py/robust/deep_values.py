# pyrite: oracle=pyrite modes=bytecode,native
# Values of the smaller types, nested very deep: an answer or RecursionError, never a crash.
def deep(wrap, n=200000):
    x = wrap(int)
    for _ in range(n):
        x = wrap(x)
    return x


def attempt(name, function, *args):
    try:
        function(*args)
        print(name, "done")
    except (TypeError, RecursionError) as e:
        print(name, type(e).__name__)


for name, wrap in (
    ("slice", lambda x: slice(x)),
    ("frozenset", lambda x: frozenset([x])),
    ("alias", lambda x: list[x]),
    ("values", lambda x: {1: x}.values()),
):
    x, y = deep(wrap), deep(wrap)
    attempt(name + " repr", repr, x)
    attempt(name + " hash", hash, x)
    attempt(name + " ==", lambda: x == y)
    attempt(name + " <", lambda: x < y)
    attempt(name + " in", lambda: x in [y])
    attempt(name + " set", lambda: {x, y})
    attempt(name + " sorted", lambda: sorted([x, y]))
    x = y = None


class Own(tuple):
    pass


x, y = deep(lambda x: Own([x])), deep(lambda x: Own([x]))
attempt("own hash", hash, x)
attempt("own ==", lambda: x == y)
attempt("own <", lambda: x < y)

# More locals than a function can have.
try:
    exec("def f():\n for %s in []: pass\n" % ",".join(["a%d" % i for i in range(66000)]))
except RuntimeError as e:
    print(e)
