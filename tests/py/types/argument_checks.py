# What built-in methods refuse, and what they tell of first. Found by fuzz-types.
import math, cmath, struct
from array import array
from collections import OrderedDict, defaultdict, deque


class Index:
    def __init__(self, n):
        self.n = n

    def __index__(self):
        return self.n


class Float:
    def __float__(self):
        return 0.5


def broken():
    yield 1
    raise LookupError


def t(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__)


# Texts, also empty ones.
t(lambda: "".startswith(0, 3))
t(lambda: "".endswith((0,), 3))
t(lambda: "ab".startswith("", 3))
t(lambda: b"".hex("ab"))
t(lambda: b"".hex("\u00e9"))
t(lambda: b"ab".hex(b"-"))
t(lambda: b"ab".hex(bytearray(b"-")))
t(lambda: b"ab".hex(None))
t(lambda: b"".hex("", ""))
t(lambda: "".splitlines([]))
t(lambda: "a\nb".splitlines(2))
t(lambda: "".splitlines(keepends=None))
t(lambda: b"".decode("utf-8", 0))
t(lambda: b"".decode(None))
t(lambda: b"".decode(encoding="", errors=0))
t(lambda: "".encode(errors=None))
t(lambda: str("", errors="strict"))
t(lambda: str(b"a", "utf-8"))
t(lambda: str(encoding="utf-8"))
t(lambda: "{}".format_map(0))
t(lambda: "{0}".format_map({}))
t(lambda: "{]{}".format())
t(lambda: "{x[0]{}".format(x=""))
t(lambda: "ab".translate(defaultdict(int, {97: "x"})))
t(lambda: "a".translate({97: 2**70}))
t(lambda: "a".translate({97: True}))
t(lambda: str.maketrans(OrderedDict([("b", 1)])))
t(lambda: bytes.maketrans("", ":"))
t(lambda: bytes.fromhex(b"00"))
t(lambda: bytes([2**64]))
t(lambda: bytes(-(2**70)))
t(lambda: bytes(b"", "utf-8"))
t(lambda: 300 in b"")
t(lambda: "%*d" % (Index(2), 1))
t(lambda: "%.*f" % (Index(2), 1))
t(lambda: "%*d" % (True, 1))
t(lambda: "" % object)
t(lambda: b"abc".partition(bytearray(b"b")))
t(lambda: "" * 2**124)
t(lambda: [] * -(2**124))

# Arrays, bytearrays, deques.
t(lambda: array(""))
t(lambda: array("bb"))
t(lambda: array("B", ""))
t(lambda: array("i") + "")
t(lambda: array("d").extend(array("B", b"")))
a = array("i", [1])
t(lambda: a.frombytes(b"abc"))
t(lambda: a.fromlist((1, 2)))
t(lambda: a.fromlist([1, "a"]))
t(lambda: a)
b = bytearray(b"abc")
t(lambda: b.extend(broken()))
t(lambda: b.insert("", -3))
t(lambda: b.pop(2**70))
t(lambda: bytearray().pop(""))
t(lambda: bytearray().pop())
t(lambda: bytearray().__setitem__(0, ""))
t(lambda: bytearray().__setitem__(0, 0))
t(lambda: b.__setitem__(slice(0, 1), 5))
t(lambda: b.__setitem__(slice(0, 1), ""))
t(lambda: b.__setitem__(slice(0, 1), broken()))
t(lambda: b.__setitem__(slice(0, 1), iter([1, 2])))
t(lambda: b)
t(lambda: [].pop(2**70))
t(lambda: [1].pop(2**70))
t(lambda: [1].pop(5))
t(lambda: [].pop(0))
t(lambda: [1, 2, 3].pop(Index(-2)))
t(lambda: memoryview(b).__setitem__(slice(0, 1), 2))
t(lambda: deque(None))
t(lambda: deque("ab", maxlen=Index(2)))
d = deque([0])
t(lambda: d.extend(broken()))
t(lambda: d.extendleft(broken()))
t(lambda: d.extend(d))
t(lambda: d)
t(lambda: {}.pop([]))
t(lambda: {}.pop([], 1))
t(lambda: struct.unpack("", ""))
t(lambda: struct.pack("<e", 70000.0))
t(lambda: struct.pack("<f", 1e100))
t(lambda: struct.pack("f", 1e100))
t(lambda: struct.pack("<f", float("inf")))

# Numbers.
t(lambda: math.trunc(Float()))
t(lambda: math.trunc(Index(2)))
t(lambda: math.trunc(-2.5))
t(lambda: math.floor(Index(2)))
t(lambda: math.isclose(0, 0, rel_tol=None))
t(lambda: math.isclose("", 0, abs_tol=-1))
t(lambda: math.ldexp(0, Index(2)))
t(lambda: len(range(0, 9 * 10**18, 1)))
t(lambda: len(range(0, 10**19)))
t(lambda: chr(2**40))
t(lambda: chr(-1))
t(lambda: int(0, 1))
t(lambda: int(0, 2))
t(lambda: complex(0, None))
t(lambda: (-1).to_bytes(-3, 0))
t(lambda: cmath.exp(800))
t(lambda: cmath.cos(complex(0, 800)))
t(lambda: cmath.exp(float("inf")))
t(lambda: cmath.rect(1, float("inf")))
t(lambda: cmath.rect(float("inf"), 0))
t(lambda: cmath.rect(float("inf"), 2))
t(lambda: array("q", b"a"))
t(lambda: array("h", b"ab"))
t(lambda: str.maketrans("", "a", 0))
t(lambda: "" % b"")
t(lambda: "" % "")
t(lambda: cmath.rect(0, float("inf")))
