# pyrite: oracle=micropython modes=bytecode,stress
# What needs no memory while the heap is locked, and what does.
import micropython, array


def attempt(name, function):
    answer = None
    micropython.heap_lock()
    try:
        answer = function()
        ok = True
    except MemoryError:
        ok = False
    micropython.heap_unlock()
    print(name, ok, answer)


t = (1, 2, 3)
l = [4, 5]
d = {1: 2, 3: 4}
s = {6}
f = frozenset((7,))
b = bytearray(b"abcdef")
m = memoryview(b)
a = array.array("H", (8, 9))


def total(of):
    sum = 0
    for item in of:
        sum += item
    return sum


def nested(of):
    sum = 0
    for x in of:
        for y in of:
            sum += x * y
    return sum


def counted():
    yield 1
    for item in d:
        yield item


g = counted()
attempt("tuple", lambda: total(t))
attempt("list", lambda: total(l))
attempt("dict", lambda: total(d))
attempt("set", lambda: total(s))
attempt("frozenset", lambda: total(f))
attempt("bytes", lambda: total(b"ab"))
attempt("bytearray", lambda: total(b))
attempt("array", lambda: total(a))
attempt("generator", lambda: total(g))
attempt("nested", lambda: nested(d))
attempt("nested sets", lambda: nested(s))
attempt("range", lambda: total(range(10)))
attempt("all", lambda: all(d))
attempt("any", lambda: any(s))
attempt("min", lambda: min(t))
attempt("max", lambda: max(b"xyz"))
attempt("sum", lambda: sum(d))
attempt("from_bytes", lambda: int.from_bytes(b"\1\0\0\0\0\0\0\0\0\0", "little"))
attempt("list display", lambda: [1, 2])
attempt("dict display", lambda: {1: 2})


def splice():
    b[1:3] = b"xy"
    m[4:5] = b"z"


attempt("slices", splice)
print(b)


def unpack():
    x, y, z = t
    p, q = l
    return x + y + z + p + q


attempt("unpack", unpack)


class A:
    @classmethod
    def of(cls, x):
        return x

    def method(self, x):
        return x + 1


class B(A):
    def method(self, x):
        return super().method(x) + 1


o = B()
attempt("method", lambda: o.method(1))
attempt("classmethod", lambda: B.of(5))
