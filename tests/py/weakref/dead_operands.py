# What machine code no longer needs is collected when a function asks for it.
import gc
import weakref


class A:
    def __repr__(self):
        return "A"


def gone(r):
    print("gone", r())


def one():
    a = A()
    r = weakref.ref(a, gone)
    print(r())
    a = None
    clear = [0, 0, 0, 0, 0, 0, 0, 0]
    gc.collect()
    print(r())


def operands(count):
    refs = []
    for i in range(count):
        a = A()
        refs.append(weakref.ref(a))
        b = [a, i, 0.5 * i]
        del a, b
        clear = [0, 0, 0, 0, 0, 0, 0, 0]
        gc.collect()
    return [r() for r in refs]


def waits():
    a = A()
    r = weakref.ref(a)
    yield r()
    a = 3
    clear = [0, 0, 0, 0, 0, 0, 0, 0]
    gc.collect()
    yield r()
    yield a


one()
print(operands(3))
for value in waits():
    print(value)
