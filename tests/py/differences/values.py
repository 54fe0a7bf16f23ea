# pyrite: oracle=pyrite
# Values and errors that are Python's where MicroPython has its own: see docs/differences.md, line by line.
from array import array


def attempt(name, f):
    try:
        print(name, repr(f()))
    except Exception as e:
        print(name, type(e).__name__, e.args)


def store(items, value):
    items[0] = value
    return items


def chained():
    try:
        try:
            1 // 0
        except ZeroDivisionError as e:
            raise ValueError("v") from e
    except ValueError as e:
        return e.__cause__


attempt("exceptions", lambda: [ValueError("x"), OSError(2), KeyError("a")])
attempt("str of KeyError", lambda: str(KeyError("a")))
attempt("code of SystemExit", lambda: SystemExit(1).code)
attempt("cause", chained)
attempt("order of dict", lambda: {"b": 1, "a": 2, "c": 3, "zz": 4})
attempt("array", lambda: store(array("b", [0]), 300))
attempt("bytearray", lambda: store(bytearray(1), 300))
attempt("append", lambda: bytearray(b"a").append(300))
attempt("double star", lambda: (lambda **k: k)(**5))
attempt("digits", lambda: int("1__0"))
attempt("smallest float", lambda: 5e-324)
attempt("inverse", lambda: pow(2, -1, 7))
attempt("bit_length", lambda: (5).bit_length())
attempt("cases", lambda: ("ß".upper(), "É".lower(), "ab".title()))
attempt("union", lambda: {1: 2} | {3: 4})
attempt("slices", lambda: ("abc"[::-1], (1, 2, 3)[::-1], b"abc"[::2], slice(1, 2)))
attempt("ranges", lambda: range(5) == range(0, 5))
attempt("fields", lambda: ("{0[a]}".format({"a": 1}), "{.real}".format(1)))
attempt("bool", lambda: (isinstance(True, int), bool.__bases__))
attempt("surrogate", lambda: eval('"\\ud800"'))
attempt("rsplit", lambda: "a b".rsplit(None, 1))
attempt("out of range", lambda: range(10**20))
