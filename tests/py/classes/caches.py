g = {}
exec('x = 1\ndef f(): return x\ndef h(): return len("ab")', g)
print(g['f'](), g['h']()); g['x'] = 2; print(g['f']()); g['len'] = lambda s: 99; print(g['h']()); del g['len']; print(g['h']()); del g['x']
try: g['f']()
except NameError: print('NE')
import builtins
def k(): return len('abc')
print(k()); old = builtins.len
builtins.len = lambda s: 'patched'; print(k()); builtins.len = old; print(k())
builtins.__dict__['zork'] = 7
def z(): return zork
print(z()); builtins.__dict__['zork'] = 8; print(z()); del builtins.__dict__['zork']
try: z()
except NameError: print('NE')
builtins.__dict__['len'] = lambda s: 'p2'; print(k()); builtins.__dict__['len'] = old; print(k())
class A:
    v = 1
    def m(self): return 'm'
class B(A): pass
def t(o): return o.v, o.m()
b = B()
print(t(b)); A.v = 2; print(t(b)); B.v = 3; print(t(b)); del B.v; print(t(b)); B.m = lambda s: 'n'; print(t(b)); b.m = lambda: 'own'; print(t(b)); del b.m; print(t(b)); A.v = property(lambda s: 'prop'); print(t(b)); b2 = B(); print(t(b2)); A.__getattribute__ = lambda s, n: (lambda: 'ga'); print(b.v(), b.m()); del A.__getattribute__; print(t(b)); A.v = 9; print(t(b))
def st(o): o.w = 5
st(b); st(b); print(b.w); A.w = property(lambda s: 'w', lambda s, v: print('setter', v)); st(b); print(b.w); del A.w; print(b.w); A.__setattr__ = lambda s, n, v: print('sa', n); st(b); del A.__setattr__; st(b)
type.__setattr__(A, 'v', 10); print(t(b)); setattr(A, 'v', 11); print(t(b));
