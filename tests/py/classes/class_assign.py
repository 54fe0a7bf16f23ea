class A:
    def f(self): return 'A'
class B:
    def f(self): return 'B'
a = A(); a.x = 3; print(a.f()); a.__class__ = B; print(a.f(), a.x, type(a).__name__, a.__dict__, isinstance(a, A))
try: a.__class__ = int
except TypeError as e: print('TE')
try: a.__class__ = 5
except TypeError as e: print('TE')
class S: __slots__ = ('q',)
try: a.__class__ = S
except TypeError as e: print('TE')
for i in range(5):
    o = A(); o.v = i
    if i == 3: o.__class__ = B
    print(o.f(), o.v)
