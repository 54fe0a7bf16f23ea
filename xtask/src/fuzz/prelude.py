# What every generated program begins with. T runs one statement and prints one line: what came out, or the name of the
# exception, what `a` is afterwards, and the exception's text.
import sys, math, cmath, struct
from array import array
from collections import namedtuple, OrderedDict, deque, defaultdict

if hasattr(sys, "set_int_max_str_digits"):
    sys.set_int_max_str_digits(0)

if sys.implementation.name == "cpython":
    import ctypes

    class OrderedDict(OrderedDict):  # whose text has braces, as in Python 3.12
        __module__ = "builtins"

        def __repr__(self):
            return "OrderedDict(" + dict.__repr__(self) + ")"

    REPR = ctypes.PYFUNCTYPE(ctypes.py_object, ctypes.py_object)
    TP_REPR = 11 * ctypes.sizeof(ctypes.c_void_p)
    slots = []

    # Texts as ours: iterators are one type with MicroPython, and there are no addresses.
    def retell(tell, *values):
        slots.append(REPR(tell))
        for value in values:
            slot = ctypes.c_void_p.from_address(id(type(value)) + TP_REPR)
            slot.value = ctypes.cast(slots[-1], ctypes.c_void_p).value

    retell(lambda self: "<memoryview>", memoryview(b""))
    retell(lambda self: "bytearray(" + repr(bytes(self)) + ")", bytearray())  # CPython escapes each quote
    retell(lambda self: "<%s>" % type(self).__name__, map(len, []), filter(len, []), zip(), enumerate([]), reversed(""))
    retell(lambda self: "<reversed>", reversed([]), reversed(deque()))
    retell(lambda self: "<iterator>", reversed({}), reversed({}.items()), reversed({}.values()), iter([]), iter(()))
    retell(lambda self: "<iterator>", iter(""), iter("\u0101"), iter(b""), iter(bytearray()), iter(memoryview(b"")))
    retell(lambda self: "<iterator>", iter({}), iter({}.items()), iter({}.values()), iter(set()), iter(OrderedDict()))
    retell(lambda self: "<iterator>", iter(range(2)), iter(range(2**70)), iter(deque()), iter(array("b")), iter(int, 1))
    retell(lambda self: "<iterator>", iter(type("", (), {"__getitem__": 0})()))
    retell(lambda self: "<function>", len)
    retell(lambda self: "dict_keys(%r)" % list(self), OrderedDict().keys())
    retell(lambda self: "dict_values(%r)" % list(self), OrderedDict().values())
    retell(lambda self: "dict_items(%r)" % list(self), OrderedDict().items())


P = namedtuple("P", "x y")


class I:  # an index
    def __init__(self, n):
        self.n = n

    def __index__(self):
        return self.n

    def __repr__(self):
        return "I(%r)" % (self.n,)


class F:  # a float
    def __init__(self, n):
        self.n = n

    def __float__(self):
        return self.n

    def __repr__(self):
        return "F(%r)" % (self.n,)


class N:  # a number that says what it was asked
    def __init__(self, n):
        self.n = n

    def __repr__(self):
        return "N(%r)" % (self.n,)

    def __add__(self, o):
        return ("add", self.n, o)

    def __radd__(self, o):
        return ("radd", self.n, o)

    def __iadd__(self, o):
        return ("iadd", self.n, o)

    def __sub__(self, o):
        return ("sub", self.n, o)

    def __rsub__(self, o):
        return ("rsub", self.n, o)

    def __mul__(self, o):
        return NotImplemented

    def __rmul__(self, o):
        return ("rmul", self.n, o)

    def __truediv__(self, o):
        raise KeyError("N")

    def __mod__(self, o):
        return ("mod", self.n, o)

    def __rmod__(self, o):
        return ("rmod", self.n, o)

    def __and__(self, o):
        return ("and", self.n, o)

    def __ror__(self, o):
        return ("ror", self.n, o)

    def __pow__(self, o):
        return ("pow", self.n, o)

    def __rpow__(self, o):
        return ("rpow", self.n, o)

    def __lshift__(self, o):
        return ("lshift", self.n, o)

    def __neg__(self):
        return "neg"

    def __invert__(self):
        return "invert"

    def __abs__(self):
        return "abs"

    def __lt__(self, o):
        return ("lt", self.n, o)

    def __ge__(self, o):
        return NotImplemented

    def __eq__(self, o):
        return isinstance(o, N) and self.n == o.n

    def __hash__(self):
        return 7

    def __bool__(self):
        return self.n != 0

    def __call__(self, *p, **k):
        return (p, k)

    def __format__(self, spec):
        return "N<" + spec + ">"

    def __contains__(self, o):
        return o == self.n


class L:  # a sequence of the old kind
    def __init__(self, items):
        self.items = items

    def __len__(self):
        return len(self.items)

    def __getitem__(self, i):
        return self.items[i]

    def __repr__(self):
        return "L(%r)" % (self.items,)


class G:  # something to iterate, which may break
    def __init__(self, *items):
        self.items = items

    def __iter__(self):
        for item in self.items:
            if item == "!":
                raise LookupError("G")
            yield item

    def __repr__(self):
        return "G%r" % (self.items,)


class M(dict):
    def __missing__(self, key):
        return ("missing", key)


class X:  # a number that does something to `a` when it is asked
    def __init__(self, act, n=1):
        self.act = act
        self.n = n
        self.left = 2

    def go(self):
        if self.left:
            self.left -= 1
            self.act()
        return self.n

    def __eq__(self, o):
        return self.go() == o

    def __lt__(self, o):
        return self.go() < (o.n if type(o) is X else o)

    def __hash__(self):
        return hash(self.n)

    def __index__(self):
        return self.go()

    def __bool__(self):
        return self.go() > 0

    def __iter__(self):
        yield self.n
        yield self.go()

    def __repr__(self):
        return "X(%r)" % (self.n,)


class D(X):  # does it when it is collected
    def __del__(self):
        try:
            self.go()
        except Exception:
            pass


def first(a):
    del a[0]


def last(a):
    a[-1] = 4


def gen(*items):
    for item in items:
        yield item


def N12(v):  # twelve digits: how exact the last ones are is up to a system's mathematics
    if type(v) is tuple:
        return tuple([N12(x) for x in v])
    if type(v) is complex:
        return complex(N12(v.real), N12(v.imag))
    return float("%.11e" % v) if type(v) is float else v


MANY = 1000
# What is one object and not two is told of these only.
MUTABLE = (list, dict, set, bytearray, array, deque, OrderedDict, defaultdict)


def show(v, depth=0):
    t = type(v)
    if t in (str, bytes, bytearray, list, tuple, array) and len(v) > MANY:
        return "%d of %s: " % (len(v), t.__name__) + show(v[:50], depth) + " to " + show(v[-50:], depth)
    if t in (deque, memoryview, set, frozenset) and len(v) > MANY:
        return "%d of %s" % (len(v), t.__name__)
    if isinstance(v, dict) and len(v) > MANY:
        return "%d of %s" % (len(v), t.__name__)
    if t is int and v.bit_length() > 40000:
        return hex(v)
    if v is None or t in (bool, int, float, complex, str, bytes, range, slice, array):
        return repr(v)
    if t is bytearray:  # CPython escapes each quote here
        return "bytearray(" + repr(bytes(v)) + ")"
    if depth > 4:
        return t.__name__
    d = depth + 1
    if t is list:
        return "[" + ", ".join([show(x, d) for x in v]) + "]"
    if isinstance(v, tuple):
        return t.__name__ + "(" + ", ".join([show(x, d) for x in v]) + ")"
    if t in (set, frozenset):
        return t.__name__ + "(" + ", ".join(sorted([show(x, d) for x in v])) + ")"
    if isinstance(v, dict):
        return t.__name__ + "{" + ", ".join([show(k, d) + ": " + show(v[k], d) for k in v]) + "}"
    if t is deque:
        return "deque(" + ", ".join([show(x, d) for x in v]) + ")"
    if t is memoryview:
        return "memoryview(" + show(v.tolist() if hasattr(v, "tolist") else list(v)) + ")"
    if t is type:
        return "class " + v.__name__
    if isinstance(v, BaseException):
        return t.__name__
    if t.__name__ in ("dict_view", "dict_keys", "dict_values", "dict_items", "odict_keys", "odict_values", "odict_items"):
        return "view" + show(list(v), d)
    if hasattr(v, "__next__"):
        items = []
        try:
            while len(items) < 40:
                items.append(show(next(v), d))
        except StopIteration:
            pass
        except Exception as e:
            items.append("!" + type(e).__name__)
        return "iter[" + ", ".join(items) + "]"
    if t in (I, F, N, L, G, X, D):
        return repr(v)
    return "object"


def cut(s):
    return s if len(s) < 400 else s[:250] + "..." + str(len(s)) + "..." + s[-100:]


def told(e):
    try:
        return cut(str(e))
    except BaseException as e:
        return "?"


HERE = dict(globals())


def T(number, source):
    names = dict(HERE)
    text = ""
    try:
        exec(source, names)
        result = cut(show(names["r"])) if "r" in names else "done"
    except BaseException as e:
        result = "!" + type(e).__name__
        text = told(e)
    try:
        after = cut(show(names["a"])) if "a" in names else ""
    except BaseException as e:
        after = "!" + type(e).__name__
    print("\t".join([str(number), ascii(result)[1:-1], ascii(after)[1:-1], ascii(text)[1:-1]]), flush=True)


