class D(dict):
    def __missing__(self, k):
        self[k] = k * 2
        return k * 2
d = D(a=1); print(d['a'], d['b'], d, d.get('zz'), 'q' in d)

class P:
    reg = []
    def __init_subclass__(cls, /, tag=None, **kw):
        super().__init_subclass__(**kw)
        cls.tag = tag; P.reg.append(cls.__name__)
class Q(P, tag=5): pass
class R(Q): pass
print(P.reg, Q.tag, R.tag)
try:
    class S(P, foo=1): pass
except TypeError as e: print('TE')

class A:
    def __class_getitem__(cls, k): return (cls.__name__, k)
print(A[int], A[1, 2])
class B(A): pass
print(B['x'])

class NS(dict):
    def __setitem__(self, k, v):
        if not k.startswith('__'): print('set', k)
        super().__setitem__(k, v)
class M(type):
    @classmethod
    def __prepare__(mcs, name, bases, **kw):
        print('prep', name, bases, kw); return NS()
    def __new__(mcs, name, bases, ns, **kw):
        print('new', name, type(ns).__name__, kw)
        return super().__new__(mcs, name, bases, dict(ns))
    def __init__(cls, name, bases, ns, **kw):
        super().__init__(name, bases, ns)
class A(metaclass=M, opt=1):
    x = 1
    def f(self): pass
print(A.x, type(A).__name__)
