import collections
class E(Exception):
    def __init__(self, code, msg): super().__init__(msg); self.code = code
    def __str__(self): return '%s:%s' % (self.code, super().__str__())
try: raise E(4, 'bad')
except E as e: print(e, e.args, e.code, repr(e))
class C(complex):
    def __abs__(self): return 'abs'
print(abs(C(1, 2)), C(1, 2) + 1, C(1j).imag)
class FS(frozenset): pass
print(FS([1, 2]) | {3}, len(FS('ab')), hash(FS([1])) == hash(frozenset([1])), FS([1]) == {1})
class Dq(collections.deque):
    def append(self, x): super().append(x * 2)
d = Dq(); d.append(3); print(list(d), len(d), d[0]); d.appendleft(1); print(list(d), d.popleft())
class OD(collections.OrderedDict):
    def __setitem__(self, k, v): super().__setitem__(k, v + 1)
o = OD(); o['a'] = 1; print(o['a'], list(o.items()))
Base = collections.namedtuple('Base', 'x y')
class Pt(Base):
    __slots__ = ()
    def __new__(cls, x, y=5): return super().__new__(cls, x, y)
    def norm(self): return self.x + self.y
    def __add__(self, o): return Pt(self.x + o.x, self.y + o.y)
p = Pt(1); print(p.norm(), (p + p).x, p[0], len(p), p == (1, 5), p._replace(x=3).x, p._fields, tuple(p), p._asdict(), isinstance(p, tuple))
x, y = p; print(x, y)
class Pr(property): pass
class A:
    @Pr
    def v(self): return 1
print(A().v, type(A.__dict__['v']).__name__)
import sys
Mod = type(sys)
class MyMod(Mod):
    def __getattr__(self, n): return 'attr ' + n
m = MyMod('mm'); print(m.foo, m.__name__); m.x = 1; print(m.x)
class R(object): pass
class Ty(type):
    pass
class In(int):
    def __new__(cls, v): return super().__new__(cls, v * 2)
    def __init__(self, v): self.orig = v
i = In(4); print(i, i.orig, i + 1, i == 8, hash(i) == 8, isinstance(i, int), int(i), [1] * In(1), range(In(2)), '%d' % i, i.bit_length(), i.to_bytes(1, 'big'), -i, max(i, 3), type(+i).__name__, float(i), str(i), f'{i:03d}', bool(In(0)))
class Str(str):
    def __new__(cls, v, extra): o = super().__new__(cls, v); o.extra = extra; return o
s = Str('abc', 5); print(s, s.extra, s.upper(), ','.join([s, s]), s + 'd', 'x' + s, s[1], s in 'abcd', s.startswith('a'), {s: 1}, sorted([s, 'a']), s == 'abc', 'abc' == s, len(s), type(s.strip()).__name__, isinstance(s, str), str(s), repr(s), int(Str('5', 0)), open if False else 0, 'abc'.find(s), 'zabc'.replace(s, 'q'), f'{s:>5}', '%s' % s, getattr(s, 'extra'), s.encode())
class Di(dict): pass
d = Di(a=1); d.attr = 5; print(d, d.attr, {**d}, dict(d), d | {'b': 2}, list(d.items()), 'a' in d, len(d), d == {'a': 1}, d.copy(), d.pop('a'), d.setdefault('z', 3))
def kw(**k): return k
print(kw(**Di(q=1)))
class Li(list): pass
l = Li([3, 1, 2]); l.name = 'n'; l.sort(); print(l, l.name, l + [4], l[1:], l * 2, l == [1, 2, 3], [0] + l, len(l), l.index(2), l.pop(), list(l), tuple(l), l.copy(), reversed(l) and 1, [*l], type(l[:]).__name__)
a, b = l; print(a, b)
def va(*a): return a
print(va(*l), ', '.join(map(str, l)), bool(Li()), sum(l), min(l), 2 in l, l < [9])
