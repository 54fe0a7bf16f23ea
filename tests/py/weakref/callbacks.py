# pyrite: oracle=pyrite
import gc
import weakref


class A:
    def __del__(self):
        print("del")


def dead(r):
    print("dead", r())


def make():
    a = A()
    refs = weakref.ref(a, dead), weakref.ref(a, dead), weakref.finalize(a, print, "final")
    return refs


def clean(n):
    return n and clean(n - 1)


keep = make()
clean(20)
gc.collect()
print(keep[0](), keep[2].alive)


class R:
    def __del__(self):
        alive.append(self)


def again():
    r = R()
    return weakref.ref(r)


alive = []
ref = again()
clean(20)
gc.collect()
print(len(alive), ref())
