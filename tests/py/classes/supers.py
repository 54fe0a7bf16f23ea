class A:
    def f(self): return 'A.f'
    @classmethod
    def c(cls): return 'A.c ' + cls.__name__
    @staticmethod
    def s(): return 'A.s'
    x = 10
    @property
    def p(self): return 'A.p'
    def __new__(cls, *a): 
        o = super().__new__(cls); o.made = True; return o
class B(A):
    def f(self): return 'B>' + super().f()
    @classmethod
    def c(cls): return 'B>' + super().c()
    @staticmethod
    def s(): return 'B>' + super(B, B).s()
    @property
    def p(self): return 'B>' + super().p
    def nested(self):
        def inner(): return super(B, self).f()
        return inner()
    def nested2(self):
        return [super(B, self).x for _ in range(1)]
    def __new__(cls, *a): return super().__new__(cls, *a)
b = B(1); print(b.f(), b.c(), B.c(), b.s(), b.p, b.nested(), b.nested2(), b.made)
print(super(B, b).f(), super(B, B).c(), super(B, b).__thisclass__.__name__, super(B, b).__self__ is b, super(B, b).__self_class__.__name__)
u = super(B); 
try: u.f
except AttributeError: print('AE')
try: super(B, 3)
except TypeError as e: print(e)
try: super(B, b).nope
except AttributeError as e: print(e)

class A: pass
class B(A): pass
try:
    class C(A, B): pass
except TypeError as e: print('TE')
class X(B, A): pass
print([c.__name__ for c in X.__mro__], [c.__name__ for c in X.mro()])
try:
    class D(A, A): pass
except TypeError as e: print(e)
print(A.__bases__, X.__bases__ == (B, A), A.__base__, X.__base__.__name__)
print([c.__name__ for c in A.__subclasses__()], A.__subclasses__() == [B])
