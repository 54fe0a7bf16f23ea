class A:
    def __eq__(self, o): return True
try: hash(A())
except TypeError as e: print('TE')
print(A.__hash__, A.__dict__['__hash__'])
class B(A):
    __hash__ = object.__hash__
print(hash(B()) == hash(B()) or True)
class C(A):
    def __hash__(self): return 5
print(hash(C()), {C(): 1}[C()])
class D(C): pass
print(hash(D()))
class E(C):
    def __eq__(self, o): return False
try: {E(): 1}
except TypeError: print('TE')
print(A() != 3, A() == 3)

class I:
    def __init__(self, v): self.v = v
    def __index__(self): return self.v
class J:
    def __int__(self): return 3
print([1, 2, 3][I(1)], 'abc'[I(0)], list(range(I(3))), [1, 2, 3][I(0):I(2)], bytes(I(2)), [0] * I(2), hex(I(255)), bin(I(3)), oct(I(8)), int(I(5)), float(I(5)), chr(I(65)), divmod(7, I(2).v), 1 << I(3).__index__())
for s in ('[1,2,3,4][J()]', '"abcd"[J()]', 'range(J())', '[1,2][J():]', 'bytes(J())', '[0]*J()', 'hex(J())', '(1,2,3,4)[J()]', 'bytearray(J())', 'chr(J())', 'b"abcd"[J()]','range(10)[J()]', 'round(1.5, J())', '"a"*J()', '"a".center(J())', '[].insert(J(), 1)', '[1,2,3,4].pop(J())'):
    try: print(s, eval(s))
    except TypeError as e: print(s, 'TE')
try: [1][I('x')]
except TypeError as e: print('TE')
print(int(J()))
import math
print(math.factorial(I(4)), pow(2, 3, 5))

class A:
    def __len__(self): return 0
class B:
    def __bool__(self): return 3
class C:
    def __len__(self): return -1
class D:
    def __len__(self): return 'x'
class E:
    def __bool__(self): return True
    def __len__(self): return 0
print(bool(A()), bool(E()), not A())
for f in (lambda: bool(B()), lambda: len(C()), lambda: bool(C()), lambda: len(D())):
    try: print(f())
    except (TypeError, ValueError) as e: print(type(e).__name__)
class F: 
    def __len__(self): return True
print(len(F()))

class G:
    def __getitem__(self, i):
        if i > 3: raise IndexError
        return i * 10
g = G(); print(list(g), 20 in g, 25 in g, [*g], sum(g), max(g), tuple(g))
class H(G):
    def __len__(self): return 4
print(list(reversed(H())))
class R:
    def __reversed__(self): return iter('xyz')
print(list(reversed(R())))
class K:
    __contains__ = None
    def __iter__(self): return iter([1])
try: 1 in K()
except TypeError as e: print('TE')
class L:
    __iter__ = None
    def __getitem__(self, i): raise IndexError
try: iter(L())
except TypeError as e: print('TE')
class BadIter:
    def __iter__(self): return 5
try: iter(BadIter())
except TypeError as e: print('TE')
class C2:
    def __contains__(self, x): return 'yes' if x else ''
print(1 in C2(), 0 in C2(), 1 not in C2())
try: reversed(G())
except TypeError as e: print('TE')

class A:
    def __int__(self): return 42
    def __float__(self): return 1.5
    def __complex__(self): return 1+2j
    def __round__(self, n=None): return ('round', n)
    def __trunc__(self): return 'trunc'
    def __floor__(self): return 'floor'
    def __ceil__(self): return 'ceil'
    def __abs__(self): return 'abs'
    def __neg__(self): return 'neg'
    def __pos__(self): return 'pos'
    def __invert__(self): return 'inv'
import math
a = A(); print(int(a), float(a), complex(a), round(a), round(a, 2), math.trunc(a), math.floor(a), math.ceil(a), abs(a), -a, +a, ~a, math.sqrt(A()))
class B:
    def __int__(self): return 'x'
    def __float__(self): return 1
    def __complex__(self): return 's'
for f in (int, float, complex):
    try: print(f(B()))
    except TypeError as e: print('TE')
class C:
    def __float__(self): return 2.5
print(complex(C()))

class A:
    def __divmod__(self, o): return ('dm', o)
    def __rdivmod__(self, o): return ('rdm', o)
    def __pow__(self, o, m=None): return ('pow', o, m)
    def __rpow__(self, o): return ('rpow', o)
    def __matmul__(self, o): return ('mm', o)
    def __rmatmul__(self, o): return ('rmm', o)
    def __imatmul__(self, o): return ('imm', o)
    def __ipow__(self, o): return ('ipow', o)
a = A(); print(divmod(a, 1), divmod(1, a), pow(a, 2), pow(a, 2, 3), a ** 4, 4 ** a, a @ 1, 1 @ a)
x = a; x @= 2; print(x); x = a; x **= 3; print(x)
try: pow(2, a, 3)
except TypeError: print('TE')
