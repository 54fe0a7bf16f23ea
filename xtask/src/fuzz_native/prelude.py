# What every generated program begins with. `call` runs a function and prints what it gives or where it fails, and what
# it told on the way.


import sys
from array import array


class Stop(BaseException):
    pass


class Mine(ValueError):
    pass


left = 0
further = 0
inner = []
told = []


def tick():  # ends what would run too long
    global left
    left -= 1
    if left < 0:
        raise Stop


def deep():  # whether a function may call itself once more
    global further
    further -= 1
    return further > 0


def m(v):  # a value that does not grow and grow
    if type(v) is int:
        return v % 1000003 if v > 1 << 80 or v < -(1 << 80) else v
    if type(v) in (str, list, tuple, bytes, bytearray, array):
        return v[:40]
    return v


def show(v, depth=0):
    if v is None or type(v) in (bool, int, float, str, bytes, bytearray, range):
        return repr(v)
    if depth > 2:
        # Some types of CPython are one here.
        name = type(v).__name__
        return {"builtin_function_or_method": "function", "method": "bound_method", "coroutine": "generator"}.get(name, name)
    if type(v) in (list, tuple):
        # A list may be in itself many times.
        return type(v).__name__ + "(" + ", ".join([show(x, depth + 1) for x in v[:9]]) + ")"
    if type(v) is dict:
        return "{" + ", ".join([show(k, 9) + ": " + show(v[k], depth + 1) for k in list(v)[:9]]) + "}"
    if type(v) in (set, frozenset):
        return type(v).__name__ + "(" + ", ".join(sorted([show(x, depth + 1) for x in v])) + ")"
    if type(v) is array:
        return "array(" + ", ".join([repr(x) for x in v]) + ")"
    if type(v) is memoryview:
        return "view(" + repr(bytes(v)) + ")"
    if isinstance(v, BaseException):
        return kind(v) + "!"
    if type(v) is O:
        return "O(" + show(v.x, depth + 1) + ")"
    return "object"


def t(v):  # tells a value
    told.append(show(v))
    return v


class O:
    z = 5

    def __init__(self, x):
        self.x = x

    def get(self):
        return self.x

    def put(self, v=2, *rest, k=1):
        self.x = m(v)
        return (rest, k)

    @property
    def prop(self):
        if self.x is None:
            raise AttributeError("prop")
        return self.x

    def __getattr__(self, name):
        if name == "dyn":
            return 7
        raise AttributeError(name)

    def __repr__(self):
        return "O()"

    def __add__(self, other):
        return 8

    def __eq__(self, other):
        return isinstance(other, O)

    def __hash__(self):
        return 1

    def __bool__(self):
        tick()
        return self.x != 0

    def __getitem__(self, i):
        if type(i) is int and i > 3:
            raise IndexError
        return i

    def __call__(self, *p, **k):
        return (p, k)


class Q:  # with slots
    __slots__ = ("x", "y")
    __match_args__ = ("x", "y")
    z = 6

    def __init__(self, x):
        self.x = x

    def get(self):
        return self.x

    def put(self, v=3, *rest, k=2):
        self.y = v
        return (v, rest, k)

    def __repr__(self):
        return "Q()"

    def __lt__(self, other):
        return True

    def __len__(self):
        return 2

    def __getitem__(self, i):
        return (self.x, self.y)[i]


class R(O):  # derived
    y = 11

    def get(self):
        return (super().get(), self.y)

    @property
    def z(self):
        return self.x

    def __iter__(self):
        yield self.x
        yield self.y

    def __contains__(self, item):
        return item == self.x

    def __iadd__(self, other):
        self.x = other
        return self


class C:
    def __init__(self, swallow):
        self.swallow = swallow

    def __enter__(self):
        told.append("in")
        return self.swallow

    def __exit__(self, cls, value, trace):
        told.append("out " + ("" if cls is None else kind(value)))
        return cls is not Stop and self.swallow in (1, 3)

    async def __aenter__(self):
        return self.__enter__()

    async def __aexit__(self, cls, value, trace):
        return self.__exit__(cls, value, trace)


class Wait:
    def __init__(self, value):
        self.value = value

    def __await__(self):
        got = yield self.value
        return (got, self.value)


def g0(n):
    for i in range(n):
        got = yield i
        if got is not None:
            told.append("got")


async def a0(n):
    for i in range(n):
        if i == 2:
            await Wait(i)
        yield i


def wrap(bits, least):
    def cast(v=0):
        if type(v) in (str, bytes, bytearray):  # texts are numbers only where the builtin is called
            raise TypeError
        v = int(v) & ((1 << bits) - 1)
        return v - (1 << bits) if v > least + (1 << bits) - 1 else v

    return cast


def wrapping():  # what viper's casts to int numbers do
    casts = []
    for bits in (64, 8, 16, 32, 64):
        casts += [wrap(bits, -1 << (bits - 1)), wrap(bits, 0)]
    return casts


def kind(e):  # an unbound variable of an outer function is UnboundLocalError in one of the two
    for base in NameError, UnicodeError:
        if isinstance(e, base):
            return base.__name__
    return type(e).__name__


def places(e):
    at = e.__traceback__
    found = []
    while at is not None:
        # A comprehension that fails to begin has a frame in one of the two.
        # CPython 3.11 forgets the inner frame where a generator that is delegated to is thrown into in a handler.
        if found[-1:] != [at.tb_lineno] and at.tb_lineno not in inner:
            found.append(at.tb_lineno)
        at = at.tb_next
    return found


for v in "", []:
    try:
        wrap(8, 0)(v)
    except TypeError as e:
        inner.append(places(e)[-1])

for g in g0(1), Wait(1).__await__():
    try:
        next(g)
        g.throw(Mine)
    except Mine as e:
        inner.append(places(e)[-1])


def drive(g):  # runs a generator or coroutine with a few values sent and one exception thrown
    step = 0
    got = None
    while step < 12:
        step += 1
        try:
            if step == 5:
                got = g.throw(Mine("thrown"))
            elif step == 1:
                got = g.send(None)
            else:
                got = g.send(step)
        except StopIteration as e:
            told.append("stop " + show(e.value))
            return
        told.append("got " + show(got))
    g.close()


async def walk(g):
    async for e in g:
        t(e)


def call(number, f, *args, **named):
    global left, further
    left = 600
    further = 12
    del told[:]
    try:
        r = f(*args, **named)
        if hasattr(type(r), "__anext__"):
            r = walk(r)
        if hasattr(type(r), "send"):
            drive(r)
            r = "driven"
        out = show(r)
    except Stop:
        out = "stop"
    except BaseException as e:
        # CPython 3.11 tells the line before where a variable without a value is read.
        out = kind(e) + ("" if isinstance(e, NameError) else " at " + repr(places(e)[1:]))
        c = e.__context__
        while c is not None:
            out += " after " + kind(c)
            c = c.__context__
    print(number, out, "|", "; ".join(told[:60])[:1500])
