# pyrite: oracle=pyrite modes=bytecode,native
# Functions that were compiled and dropped give back all that they took, generators too, in a time that grows with their
# number and not with its square.
import gc

try:
    import micropython
except ImportError:
    micropython = None

SOURCE = """
@micropython.native
def f(a, b):
    total = 0
    for i in range(a):
        total += i * b
    return total

@micropython.native
def g(n):
    for i in range(n):
        yield i * 2
"""


def make(count):
    names = {"micropython": micropython}
    total = 0
    for i in range(count):
        exec(SOURCE, names)
        total += names["f"](3, i) + sum(names["g"](3))
    return total


def used():
    gc.collect()
    gc.collect()
    return gc.mem_alloc()


print(make(50))
before = used()
print(make(300))
after = used()
print(after - before < 100000)

# One that waits keeps its code.
names = {"micropython": micropython}
exec(SOURCE, names)
waiting = names["g"](4)
print(next(waiting))
names.clear()
make(20)
gc.collect()
print(list(waiting))
