class A:
    def f(self): return 'A'
class B:
    def f(self): return 'B'
class C(A): pass
c = C(); print(c.f()); C.__bases__ = (B,); print(c.f(), C.__mro__[1].__name__)
try: C.__bases__ = ()
except TypeError: print('TE')
try: C.__bases__ = 5
except TypeError: print('TE')
try: C.__bases__ = (C,)
except TypeError: print('TE')
print([x.__name__ for x in A.__subclasses__()], [x.__name__ for x in B.__subclasses__()])

class A:
    def f(self): return 'A'
class B:
    def f(self): return 'B'
class C(A): pass
def call(o): return o.f()
c = C(); print(call(c)); C.__bases__ = (B,); print(call(c))
class D(C): pass
print(call(D()), [x.__name__ for x in D.__mro__]); C.__bases__ = (A,); print(call(D()))

class M(type):
    def mro(cls):
        r = super().mro()
        return r[:1] + r[2:] if len(r) > 2 and False else r
class A(metaclass=M): x = 1
print(A.x, A.mro() == list(A.__mro__))
