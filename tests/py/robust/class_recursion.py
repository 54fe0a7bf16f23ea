# pyrite: modes=bytecode,native
class A:
    def __repr__(self): return repr(self)
class B:
    def __getattr__(self, n): return self.zork
class C:
    def __eq__(self, o): return self == o
class D:
    def __hash__(self): return hash(self)
class E:
    def __getattribute__(self, n): return self.foo
class F:
    def __setattr__(self, n, v): self.foo = v
class G:
    def __call__(self): return self()
class H:
    def __len__(self): return len(self)
class I:
    def __iter__(self): return iter(self)
class J:
    def __add__(self, o): return self + o
class K:
    def __getitem__(self, o): return self[o]
class L:
    def __bool__(self): return bool(self)
class M:
    def __contains__(self, o): return o in self
class N:
    def __str__(self): return str(self)
class O:
    def __lt__(self, o): return self < o
class P:
    def __new__(cls): return cls()
class Q:
    def __init__(self): Q()
class R:
    @property
    def x(self): return self.x
class S:
    def __format__(self, s): return format(self, s)
class T:
    def __index__(self): return [1][self]
def setx(): F().x = 1
for i, f in enumerate((lambda: repr(A()), lambda: B().x, lambda: C() == C(), lambda: hash(D()), lambda: E().x, setx, lambda: G()(), lambda: len(H()), lambda: iter(I()), lambda: J() + 1, lambda: K()[0], lambda: bool(L()), lambda: 1 in M(), lambda: str(N()), lambda: O() < O(), lambda: P(), lambda: Q(), lambda: R().x, lambda: format(S(), ''), lambda: [1][T()])):
    try: f(); print('??')
    except RuntimeError as e: print(i, 'RE')

class M(type):
    def __getattr__(cls, n): return cls.nope
    def __call__(cls): return cls()
    def __instancecheck__(cls, o): return isinstance(o, cls)
    def __subclasscheck__(cls, o): return issubclass(o, cls)
class A(metaclass=M): pass
for f in (lambda: A.x, lambda: A(), lambda: isinstance(1, A), lambda: issubclass(int, A)):
    try: f(); print('??')
    except RuntimeError as e: print('RE')
x = []
class D:
    def __get__(self, o, t): return o.d
class B: d = D()
try: B().d
except RuntimeError: print('RE')
class Z:
    def __init_subclass__(cls):
        type('q', (Z,), {})
try: 
    class Y(Z): pass
except RuntimeError: print('RE')
