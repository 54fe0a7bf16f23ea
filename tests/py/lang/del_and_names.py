# pyrite: board
# del of every kind of target, and what is left.
x = [1, 2, 3, 4]
del x[1]
print(x)
del x[0], x[0]
print(x)
d = {"a": {"b": 1, "c": 2}}
del d["a"]["b"]
print(d)
a = b = 1
del a
try:
    a
except NameError:
    print("no a", b)


def local():
    v = 1
    del v
    try:
        return v
    except NameError:
        return "gone"


def captured():
    v = 1

    def read():
        return v

    before = read()
    del v
    try:
        read()
    except NameError:
        return before, "gone"


print(local(), captured())
for bad in ("del q[0]", "del zz", "del d['nope']", "del x[99]", "del d.q"):
    try:
        exec(bad)
    except (NameError, KeyError, IndexError, AttributeError) as e:
        print(bad, type(e).__name__)


class C:
    attr = 1

    def f(self):
        pass


del C.attr
print(hasattr(C, "attr"), hasattr(C, "f"))
del C.f
print(hasattr(C(), "f"))
