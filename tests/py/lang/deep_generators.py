# pyrite: modes=bytecode,native
# Recursion that no stack of frames ends. Each collection scans all of the deep machine stack, so not one per allocation.


def name(call):
    try:
        return call()
    except Exception as e:
        return type(e).__name__


def loop():
    for x in loop():
        yield x


def inner():
    yield from inner()


print(name(lambda: next(loop())) in ("RuntimeError", "RecursionError"))
print(name(lambda: next(inner())) in ("RuntimeError", "RecursionError"))
