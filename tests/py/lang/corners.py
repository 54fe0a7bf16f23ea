# Corners of the language that upstream's tests found.
import builtins, io, sys


def name(call):
    try:
        return call()
    except Exception as e:
        return type(e).__name__


# StopIteration out of the function of a map ends the loop.
def limited(x):
    if x > 2:
        raise StopIteration(x)
    return x


def over():
    print((yield from map(limited, range(9))))


print(list(over()), list(map(limited, range(9))))
for x in map(limited, range(9)):
    print(x)


# What is thrown reaches an inner iterator as it was given.
class Inner:
    def __iter__(self):
        return self

    def __next__(self):
        return 1

    def throw(self, x, *rest):
        return ("thrown", x if isinstance(x, type) else type(x))


class Plain:
    def __iter__(self):
        return self

    def __next__(self):
        return 1


def over(x):
    yield from x


g = over(Inner())
next(g)
print(g.throw(ValueError), g.throw(KeyError(1)))
g = over(over(Inner()))
next(g)
print(g.throw(ValueError))
g.close()
g = over(Plain())
next(g)
print(name(lambda: g.throw(ValueError)))
g = over(Plain())
next(g)
print(name(lambda: g.throw(123)))


# Long ranges.
big = sys.maxsize
print([x - big for x in range(big - 3, big)], range(-big + 1, -1)[0] + big, len(range(big, 0, -1)) == big)
print([x - big for x in range(big, big - 3, -1)], sum(1 for _ in range(-big, -big + 4)))
for x in range(big - 2, big):
    print(big - x)

# Built-in names can be replaced at any time.
print(abs(-1))
keep = builtins.abs
builtins.abs = lambda x: "mine"
print(abs(-1))
builtins.abs = keep
print(abs(-1))
keep = builtins.__build_class__
builtins.__build_class__ = lambda body, name: name
try:

    class Own:
        pass

finally:
    builtins.__build_class__ = keep
print(Own)
keep = builtins.__import__


def own_import(name, globals, locals, names, level):
    return (name, names, level)


builtins.__import__ = own_import
try:
    import nowhere
finally:
    builtins.__import__ = keep
print(nowhere)
print(name(lambda: __import__("x", None, None, None, -1)), name(lambda: __import__("")), name(lambda: __import__(1)))
sys.modules["mod"] = 1
print(name(lambda: exec("from mod import *")))
del sys.modules["mod"]


# __set_name__ of all attributes is called, whatever the others do.
class Setter:
    def __init__(self, other):
        self.other = other

    def __set_name__(self, owner, name):
        setattr(owner, self.other, name)


class Both:
    a = Setter("b")
    b = Setter("a")


print(Both.a, Both.b)


# A function with other globals.
def f():
    return lambda: a


made = type(f)(f.__code__, {"a": 5})
print(made()(), made.__globals__["a"], name(lambda: type(f)(None, {})), name(lambda: type(f)(f.__code__, None)))


# Each part of print is written on its own; print and single statements of compile.
class Log(io.StringIO):
    def write(self, text):
        sys.stdout.write(repr(text))
        return len(text)


print(1, "two", sep="-", file=Log())
print()
exec(compile("if 1: 10 + 1\n", "file", "single"))
exec(compile("None", "file", "single"))
for mode in "single", "eval":
    print(name(lambda: compile("\\\n", "file", mode)))
print(name(lambda: bytearray(1 << 65)), "{:06e} {:+08.1f}".format(float("inf"), float("nan")), "%06f" % float("-inf"))
