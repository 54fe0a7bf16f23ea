# What arrays and views are asked first, and what does not fit.
from array import array


def tried(f, *args):
    try:
        return f(*args)
    except Exception as e:
        return type(e).__name__


for args in ((("x"), 0), ("x", []), ("b", -1), ("b", "a"), ("x", "a"), (5, 5), ("xy",), ("\u04aa", []), ("\U0001f600",)):
    print(args, tried(array, *args))
print(array("b", (1, 2)), array("h", array("b", [1, 2])), array("h", b"ab"), tried(array, "h", b"abc"))
print(array("h", memoryview(b"ab")), array("h", bytearray(b"ab")), array("h", (x for x in (1, 2))))
a = array("b")


def add(a, more):
    a += more
    return a


print(tried(add, a, []), tried(add, a, [1]), tried(add, a, array("b", [1])), tried(add, a, array("h", [1])), a)
# Casts need items that lie one behind the other, even where there are none.
for view in (memoryview(b"abcd")[::2], memoryview(b"")[::2], memoryview(b"abcd")[0:0:-1], memoryview(b"abcd")[::4]):
    print(tried(lambda: view.cast("b").tolist()), tried(view.cast, ""), view.contiguous, bytes(view), len(view))
b = bytearray(2)
print(tried(memoryview(b).cast("c").__setitem__, 0, ""), tried(memoryview(b).cast("c").__setitem__, 0, b"ab"))
print(tried(memoryview(b).cast("c").__setitem__, 0, b"x"), tried(memoryview(b).__setitem__, 0, (1,)), b)
# Equal are views of equal items; bytes are items of one byte.
h = array("h", [1, 2])
raw = bytes(h)
print(raw == memoryview(h), memoryview(h) == raw, bytearray(raw) == memoryview(h), raw == memoryview(raw))
print(memoryview(h) == memoryview(array("i", [1, 2])), memoryview(h) == h, b"\1\2" == memoryview(array("B", [1, 2])))


class Index:
    def __init__(self, act, n):
        self.act, self.n = act, n

    def __index__(self):
        self.act()
        return self.n


# The length is the one after __index__.
a = array("h", [1, 2, 3])
print(a[Index(lambda: a.append(9), -1)], a, tried(a.__getitem__, Index(lambda: a.__delitem__(slice(None)), 0)), a)
a = array("h", [1, 2, 3])
a[Index(lambda: a.append(9), -1)] = 7
print(a)
b = bytearray(b"abc")
print(b[Index(lambda: b.append(9), -1)], b, tried(b.__getitem__, Index(b.clear, 0)), b)
a = [0, 1, 2]
print(tried(a.index, 1, Index(lambda: a.append(5), -2), Index(lambda: a.append(6), -1)), a)
