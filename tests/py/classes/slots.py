# pyrite: oom
class A:
    __slots__ = ('a', 'b')
    def __init__(self): self.a = 1
x = A(); print(x.a)
try: x.b
except AttributeError as e: print('AE', e)
x.b = 2; print(x.b); del x.b
try: x.b
except AttributeError as e: print('AE')
try: del x.b
except AttributeError as e: print('AE')
try: x.c = 1
except AttributeError as e: print('AE', e)
try: x.__dict__
except AttributeError as e: print('AE')
class B(A): pass
b = B(); b.c = 5; print(b.c, b.__dict__, b.a)
class C(A):
    __slots__ = 'c'
c = C(); c.c = 1; c.a = 3
try: c.d = 1
except AttributeError: print('AE')
class D(A):
    __slots__ = ['__dict__', 'q']
d = D(); d.z = 1; d.q = 2; print(d.__dict__, d.q)
print(A.__slots__, type(A.a).__name__, A.a.__get__(x), A.a.__get__(None, A) is A.a)
try:
    class E:
        __slots__ = ('x',)
        x = 1
except ValueError as e: print(e)
try:
    class E:
        __slots__ = ('1x',)
except TypeError as e: print(e)
class G: __slots__ = ()
try: G().x = 1
except AttributeError: print('AE')
