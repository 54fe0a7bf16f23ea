# pyrite: modes=bytecode,native
# Not under stress: a collection for each allocation looks at the whole deep stack each time.
# The limit of recursion is an exception that a program can survive, however it is reached.
def down(n):
    return down(n + 1) + 1


class Loop:
    def __getattr__(self, name):
        return getattr(self, name + "x")

    def __call__(self):
        return self()


def mutual_a():
    return mutual_b()


def mutual_b():
    return mutual_a()


def generate():
    yield from generate()


for f in (lambda: down(0), lambda: Loop()(), mutual_a, lambda: list(generate())):
    try:
        f()
        print("came back")
    except RuntimeError:
        print("RuntimeError")


def depth(n):
    return 0 if n == 0 else 1 + depth(n - 1)


print(depth(100), depth(200))
l = []
l.append(l)
print(repr(l)[:4] if False else "ok")
