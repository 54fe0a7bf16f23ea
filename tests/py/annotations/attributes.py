"""The module's docstring."""
# Annotations, docstrings and attributes of functions and code.
def f(a: int, b: 'text' = 1, *args: list, c: dict = 2, **kw: tuple) -> str:
    "doc of f"
    x = 1
    return lambda: x
def g(): pass
print(f.__annotations__, g.__annotations__)
print(f.__doc__, g.__doc__, __doc__)
print(f.__name__, f.__qualname__, f.__module__, f.__defaults__, f.__kwdefaults__, g.__defaults__, g.__kwdefaults__)
print(f.__code__.co_name, f.__code__.co_argcount, f.__code__.co_kwonlyargcount, f.__code__.co_varnames, f.__code__.co_cellvars)
print(f(1).__code__.co_freevars, f(1).__closure__ is not None, g.__closure__, f.__code__.co_firstlineno)
print([fn.__code__.co_flags & 0x2ac for fn in (f, g)], f.__globals__ is globals())
class C:
    "doc of C"
    n: int = 1
    s: str
    def m(self, x: 'C') -> 'C': "doc of m"
    class D:
        def e(self): return lambda: 0
    @classmethod
    def cm(cls): pass
print(C.__annotations__, C.__doc__, C.m.__doc__, C.m.__annotations__)
print(C.m.__qualname__, C.D.__qualname__, C.D.e.__qualname__, C.D().e().__qualname__, C.cm.__qualname__)
def outer():
    def inner():
        yield
    return inner
print(outer().__qualname__, outer()().__qualname__, outer()().__name__)
v: int = 3
w: 'str'
(z): int = 4
print(__annotations__)
f.attr = 5
f.__name__ = 'renamed'
f.__doc__ = 'new'
f.__defaults__ = (7,)
f.__kwdefaults__ = {'c': 8}
f.__annotations__['a'] = float
print(f.__dict__, f.__name__, f.__doc__, f.__annotations__['a'], f.__qualname__)
def h(a, b=1, *, c=2): return a, b, c
h.__defaults__ = (5, 6)
h.__kwdefaults__ = {'c': 9}
print(h(), h(1), h.__defaults__)
h.__defaults__ = None
try: h()
except TypeError: print('TypeError')
try: h.__defaults__ = 3
except TypeError as e: print(e)
h.__annotations__ = {'x': 1}
print(h.__annotations__, h.__dict__)
del f.attr
print(f.__dict__, hasattr(f, 'attr'))
def deco(fn):
    def wrapper(*a): return fn(*a)
    wrapper.__name__, wrapper.__doc__, wrapper.__qualname__ = fn.__name__, fn.__doc__, fn.__qualname__
    wrapper.__dict__.update(fn.__dict__)
    return wrapper
@deco
def k():
    "doc k"
print(k.__name__, k.__doc__, k.__qualname__)
async def co(): pass
async def ag(): yield
def ge(): yield
print([fn.__code__.co_flags & 0x2a0 for fn in (co, ag, ge)])


def cells(bound):
    def inner():
        return value

    if bound:
        value = 5
    return inner.__closure__[0]


print(cells(True).cell_contents)
try:
    cells(False).cell_contents
except ValueError as e:
    print(e)
