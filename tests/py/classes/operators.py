ops = ['add', 'sub', 'mul', 'truediv', 'floordiv', 'mod', 'lshift', 'rshift', 'and', 'or', 'xor']
syms = ['+', '-', '*', '/', '//', '%', '<<', '>>', '&', '|', '^']
ns = {}
for o in ops:
    ns['__%s__' % o] = lambda s, x, o=o: (o, type(x).__name__)
    ns['__r%s__' % o] = lambda s, x, o=o: ('r' + o, type(x).__name__)
A = type('A', (), ns)
for o, s in zip(ops, syms):
    print(eval('A() %s 1' % s), eval('1 %s A()' % s))
    d = {'a': A()}; exec('a %s= 2' % s, globals(), d); print(d['a'])
class B(A):
    def __radd__(self, x): return 'B.radd'
print(A() + B(), B() + A(), B() + B())
class C(int):
    def __radd__(self, x): return 'C.radd'
    def __add__(self, x): return 'C.add'
    def __rsub__(self, x): return 'C.rsub'
    def __gt__(self, x): return 'C.gt'
    def __eq__(self, x): return 'C.eq'
    def __hash__(self): return 1
print(1 + C(2), C(2) + 1, 5 - C(2), 1 < C(2), 1 == C(2), C(3) - 1, C(2) * 3, type(C(2) * 3).__name__)
class N:
    def __add__(self, o): return NotImplemented
    def __eq__(self, o): return NotImplemented
    def __lt__(self, o): return NotImplemented
class O:
    def __radd__(self, o): return 'O.radd'
    def __gt__(self, o): return 'O.gt'
    def __eq__(self, o): return 'O.eq'
print(N() + O(), N() < O(), N() == O(), N() == N(), N() != N())
for s in ('N() + 1', 'N() < 1', '1 + N()', 'N() - 1', 'N() < N()'):
    try: eval(s)
    except TypeError as e: print('TE')
class T:
    def __add__(self, o): print('T.add'); return NotImplemented
    def __radd__(self, o): print('T.radd'); return NotImplemented
try: T() + T()
except TypeError: print('TE')
class U:
    def __iadd__(self, o): print('iadd'); return NotImplemented
    def __add__(self, o): return 'U.add'
u = U(); u += 1; print(u)
class V:
    def __iadd__(self, o): self.v = o; return self
v = V(); v += 5; print(v.v)
class W:
    __add__ = None
try: W() + 1
except TypeError: print('TE')
class LL(list):
    def __radd__(self, o): return 'LL.radd'
print([1] + LL([2]))
class SS(str):
    def __radd__(self, o): return 'SS.radd'
    def __mod__(self, o): return 'SS.mod'
    def __rmod__(self, o): return 'SS.rmod'
print('a' + SS('b'), SS('%s') % 1, 'x%s' % SS('q'))
