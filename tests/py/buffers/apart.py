# Views whose items lie apart have items, but no bytes in a row; what asks for single bytes takes them all the same.
import struct
from array import array


def tried(f, *args):
    try:
        return f(*args)
    except (TypeError, BufferError):  # we know only TypeError here
        return "refused"
    except Exception as e:
        return type(e).__name__


m = memoryview(b"1234")[::2]
print(bytes(m), bytearray(m), m.tobytes(), m.tolist(), m.hex(), m.hex("-"), list(m), b"%s-%b" % (m, m))
print(m == b"13", b"13" == m, bytearray(b"13") == m, m == m, m != b"14", int.from_bytes(m, "big"), hash(m) == hash(b"13"))
print(array("b", m), memoryview(m) == m, m[::-1].tobytes(), 49 in m, m[1:].tobytes(), bytes(memoryview(b"")[::2]))
for f in (float, int, eval, lambda m: str(m, "utf-8"), lambda m: b"0" + m, lambda m: bytearray(b"0") + m, lambda m: m.cast("b")):
    print(tried(f, m), end=" ")
print()
for name in ("find", "rfind", "count", "index", "startswith", "endswith", "split", "rsplit", "partition", "rpartition",
             "strip", "lstrip", "removeprefix", "removesuffix", "__contains__"):
    print(name, tried(getattr(b"0130", name), m), "partition" in name or tried(getattr(bytearray(b"0130"), name), m))
print(tried(b"ab".replace, m, b""), tried(b",".join, [m, b"a"]), tried(b"ab".translate, None, m))
print(tried(struct.unpack, "2b", m), tried(struct.unpack_from, "b", m, 0), tried(array("b").frombytes, m))
print(tried(float, memoryview(b"12")), tried(int, m[:1]), tried(float, m[1:]), tried(float, memoryview(b"12")[::-1]))
b = bytearray(b"abcdef")
b[:2] = m
b[::3] = m
print(b)
w = memoryview(b)
w[1:3] = m
w[::2] = memoryview(b"987654")[::2]
print(b)

# Only views of bytes have a hash.
for of, code in ((b"ab", "b"), (b"ab", "B"), (b"ab", "c"), (b"ab", "h"), (b"abcd", "i"), (b"abcd", "f"), (bytearray(2), "B")):
    try:
        print(code, hash(memoryview(of).cast(code)) == hash(of))
    except ValueError:
        print(code, "ValueError")
h = memoryview(b"abcd").cast("h")
print(tried({1}.remove, h), tried({1}.__contains__, h), tried({}.get, h), tried(lambda: {h: 1}))


class Any:
    def __eq__(self, other):
        return "any"

    def __gt__(self, other):
        return "more"


# A view asks what it does not know.
print(memoryview(b"a") == Any(), Any() == memoryview(b"a"), memoryview(b"a") < Any(), [memoryview(b"a")] == [Any()])
print(memoryview(b"a") == 1, memoryview(b"a") == "a", memoryview(b"a") != "a", memoryview(b"a") == array("i", [97]))


class Shrinks:
    def __eq__(self, other):
        del a[0]
        return other == 2


a = [memoryview(b""), 1, 0, 2]
print(tried(a.index, Shrinks()), a)

# Texts, bytes and bytearrays only.
for f in (ord, lambda c: b"x".ljust(3, c), lambda c: bytearray(b"x").center(4, c)):
    print([tried(f, c) for c in (b"a", bytearray(b"a"), memoryview(b"a"), array("b", [97]), "a", b"ab", b"", "", 5, None)])
for value in ("a", b"a", bytearray(b"a"), memoryview(b"a"), 97, b"ab", b""):
    try:
        print(struct.pack("c", value))
    except Exception:
        print("error")
# The hash of a view is there only if what it looks at has one.
print(tried(hash, memoryview(bytearray(b"a")).toreadonly()), hash(memoryview(b"a").toreadonly()) == hash(b"a"))
print(memoryview(b"")[:: 2**65].strides, memoryview(b"ab")[:: -(2**65)].tolist(), memoryview(b"abcd").cast("h")[::-1].strides)
# In order with a bytearray are bytes, whatever the items.
for a in (array("f", [0.1]), array("h", [1, 300]), array("B", b"abc"), memoryview(b"abc"), memoryview(array("h", [-1]))):
    for b in (bytearray(b"c"), bytearray(), bytearray(bytes(a))):
        print(a < b, a <= b, a > b, a >= b, b < a, b <= a, b > a, b >= a, a == b, end=" ")
    print()
# Operators that bytes do not have.
for text in "- * / // % @ & | ^ ** << >>".split():
    for a, b in ((b"ab", array("h", [1])), (array("h", [1]), b"ab"), (b"a", memoryview(b"abcd").cast("h")), (bytearray(b"a"), array("b"))):
        if text != "%":
            print(text, tried(eval, "a %s b" % text, {"a": a, "b": b}), end=" ")
print(tried(divmod, b"ab", array("b")), tried(pow, b"ab", array("f", [0.5])))
a = array("h", [1])
for more in (b"ab", bytearray(b"cd"), memoryview(b"ef"), array("B", b"gh"), array("h", [2]), memoryview(array("i", [1])), "ab", b"a"):
    print(tried(a.frombytes, more), a)
print(tried("a".center, 2**70, 5), tried(b"a".ljust, 2**70, "xx"), tried("a".rjust, 5, "xx"))
