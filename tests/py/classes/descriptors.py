class D:
    def __set_name__(self, o, n): print('sn', o.__name__, n); self.n = n
    def __get__(self, i, o): return self if i is None else i.__dict__.get(self.n, 'unset')
    def __set__(self, i, v): i.__dict__[self.n] = v
class A:
    f = D(); g = D()
a = A(); print(a.f); a.f = 3; print(a.f, a.__dict__, A.f.n); a.__dict__['g'] = 7; print(a.g, vars(a))

class D:
    def __get__(self, o, t): return 'data'
    def __set__(self, o, v): print('set', v)
class N:
    def __get__(self, o, t): return 'nondata'
class DD:
    def __get__(self, o, t): return 'g'
    def __delete__(self, o): print('deleted')
class A:
    d = D(); n = N(); dd = DD()
a = A()
a.__dict__['d'] = 1; a.__dict__['n'] = 2
print(a.d, a.n); a.d = 3; a.n = 4; print(a.n, a.__dict__); del a.dd
try: a.dd = 3
except AttributeError: print('AE')
print(A.d, A.n)
class S:
    def __set__(self, o, v): print('S set')
class B: s = S()
b = B(); b.s = 1; print(type(b.s).__name__)
f = A.__init__
def g(self): return self
print(g.__get__(5)() , g.__get__(5, int)())

class A:
    def __init__(self): self._x = 1
    @property
    def x(self):
        return self._x
    @x.setter
    def x(self, v): self._x = v
    @x.deleter
    def x(self): print('del'); del self._x
    y = property(lambda s: 9, doc='ydoc')
    z = property()
a = A(); a.x = 4; print(a.x); del a.x
print(A.y.__doc__, A.x.fget(type('Q', (), {'_x': 3})), A.x.fset is not None, A.y.fset)
for s in ('a.y = 1', 'del a.y', 'a.z'):
    try: exec(s)
    except AttributeError as e: print('AE')
print(A.x.__get__(None, A) is A.x, type(A.x).__name__)
class P2(property):
    def __get__(self, o, t=None): return 'p2:' + str(super().__get__(o, t))
class B:
    @P2
    def q(self): return 1
    @q.setter
    def q(self, v): print('set', v)
B().q = 3

class A:
    @staticmethod
    def s(x): 
        "sdoc"
        return x
    @classmethod
    def c(cls): return cls.__name__
    t = s(3)
    @classmethod
    @property
    def cp(cls): return 1
print(A.__dict__['s'].__func__(4), A.__dict__['c'].__func__(A), A.t, A.__dict__['s'](5), A.__dict__['s'].__wrapped__(6), A.__dict__['c'].__wrapped__(int))
print(A.c.__self__ is A, A.c.__func__(int), A.__dict__['c'].__get__(None, A)(), A.__dict__['s'].__get__(None, A)(8), A.s.__name__, A.c.__name__, A.__dict__['s'].__name__)
