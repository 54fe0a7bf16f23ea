# pyrite: oom
class A: pass
a = A(); a.x = 1
d = a.__dict__; d['y'] = 2; print(a.y, a.__dict__ is d, sorted(d.items()))
del d['x']
try: a.x
except AttributeError: print('AE')
a.z = 3; print(d['z'], len(d), list(d)); d.update(q=1); print(a.q); d.clear(); print(a.__dict__)
a.__dict__ = {'n': 5}; print(a.n, a.__dict__); a.m = 6; print(a.__dict__)
vars(a)['k'] = 7; print(a.k)
try: a.__dict__ = 5
except TypeError as e: print('TE')
class Borg:
    shared = {}
    def __init__(self): self.__dict__ = self.shared
b = Borg(); b.v = 1; print(Borg().v, Borg.shared)
def f(): pass
f.__dict__['a'] = 1; print(f.a)
class B(A):
    def __init__(self, **kw): self.__dict__.update(kw)
print(B(a=1, b=2).b, B(c=3).__dict__, {**B(d=4).__dict__})
a.__dict__[5] = 'five'; print(a.__dict__[5])
for k, v in B(x=1).__dict__.items(): print(k, v)
import sys
a2 = A(); setattr(a2, 'dyn', 1); print(a2.__dict__.pop('dyn'), hasattr(a2, 'dyn'), a2.__dict__ == {}, a2.__dict__.setdefault('s', 4), a2.s)

class A: pass
a = A()
for i in range(2000): setattr(a, 'a%d' % i, i)
print(a.a0, a.a1999, len(a.__dict__), a.a1000)
for i in range(0, 2000, 2): delattr(a, 'a%d' % i)
print(len(a.__dict__), a.a1, hasattr(a, 'a0'))
b = A(); b.x = 1; print(b.x)
