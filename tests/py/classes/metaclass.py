class M(type):
    def __call__(cls, *a, **k):
        print('call', cls.__name__, a, k)
        return super().__call__(*a, **k)
    def __instancecheck__(cls, x): return x == 5 or super().__instancecheck__(x)
    def __subclasscheck__(cls, c): return c is int or super().__subclasscheck__(c)
    def __len__(cls): return 42
    def __iter__(cls): return iter([1, 2, 3])
    def __contains__(cls, x): return x == 9
    def __getitem__(cls, k): return ('gi', k)
    def __add__(cls, o): return 'add'
    def __or__(cls, o): return 'or'
    def __eq__(cls, o): return cls is o
    def __hash__(cls): return 7
    def __repr__(cls): return '<M %s>' % cls.__name__
    def __bool__(cls): return False
    @property
    def prop(cls): return 'prop of ' + cls.__name__
    attr = 'meta attr'
    def meth(cls): return cls.__name__
class A(metaclass=M):
    def __init__(self, x=0): self.x = x
a = A(4); print(a.x, isinstance(5, A), isinstance(a, A), isinstance(6, A), issubclass(int, A), issubclass(str, A))
print(len(A), list(A), 9 in A, 8 in A, A[3], A + 1, A | 2, A == A, hash(A), A, repr(A), bool(A), A.prop, A.attr, A.meth())
try: a.meth
except AttributeError: print('AE')
try: a.prop
except AttributeError: print('AE')
class B(A): pass
print(B.prop, B.__class__ is M)

class M1(type): pass
class M2(type): pass
class A(metaclass=M1): pass
class B(metaclass=M2): pass
try:
    class C(A, B): pass
except TypeError as e: print(e)
class M3(M1, M2): pass
class D(A, B, metaclass=M3): pass
print(type(D).__name__)
print(type('X', (A,), {}).__class__.__name__)
