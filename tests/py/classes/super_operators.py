class I(int):
    def __add__(self, o): return I(super().__add__(o))
    def __radd__(self, o): return I(super().__radd__(o))
    def __repr__(self): return 'I(' + super().__repr__() + ')'
    def __eq__(self, o): return super().__eq__(o)
    def __lt__(self, o): return super().__lt__(o)
    def __hash__(self): return super().__hash__()
    def __neg__(self): return I(super().__neg__())
    def __bool__(self): return not super().__bool__()
    def __format__(self, s): return '<' + super().__format__(s) + '>'
    def __index__(self): return super().__index__()
    def __divmod__(self, o): return super().__divmod__(o)
    def __pow__(self, *a): return super().__pow__(*a)
print(I(3) + 4, 4 + I(3), repr(I(3)), I(3) == 3, I(3) < 4, hash(I(3)), -I(3), bool(I(3)), f'{I(3):>3}', [0, 1][I(1)], divmod(I(7), 2), I(2) ** 3, pow(I(2), 3, 5), sum([I(1), I(2)]))
class S(str):
    def __len__(self): return super().__len__() + 100
    def __getitem__(self, i): return 'S' + super().__getitem__(i)
    def __add__(self, o): return S(super().__add__(o))
    def __contains__(self, o): return not super().__contains__(o)
    def __iter__(self): return map(str.upper, super().__iter__())
    def __eq__(self, o): return super().__eq__(o)
    def __hash__(self): return super().__hash__()
    def __mod__(self, o): return 'mod:' + super().__mod__(o)
    def __mul__(self, n): return S(super().__mul__(n))
s = S('ab'); print(len(s), s[0], s + 'c', type(s + 'c').__name__, 'a' in s, list(s), s == 'ab', hash(s) == hash('ab'), S('%d') % 4, s * 2, s.upper(), {s: 1}['ab'], {'ab': 2}[s])
class L(list):
    def __len__(self): return super().__len__() + 1
    def __getitem__(self, i): return ('g', super().__getitem__(i))
    def __setitem__(self, i, v): print('set', i, v); super().__setitem__(i, v)
    def __delitem__(self, i): print('del', i); super().__delitem__(i)
    def __iter__(self): print('iter'); return super().__iter__()
    def __contains__(self, x): return super().__contains__(x)
    def __iadd__(self, o): print('iadd'); super().__iadd__(o); return self
    def __eq__(self, o): return super().__eq__(o)
    def append(self, x): print('append'); super().append(x)
l = L([1, 2]); l.append(3); print(len(l), l[0]); l[0] = 9; del l[1]; print(list(l), 9 in l, l == [9, 3]); l += [5]; print(l, sorted(l), [*l])
class D(dict):
    def __getitem__(self, k): return super().__getitem__(k.lower())
    def __setitem__(self, k, v): super().__setitem__(k.lower(), v)
    def __contains__(self, k): return super().__contains__(k.lower())
    def __iter__(self): return super().__iter__()
    def __len__(self): return super().__len__()
    def get(self, k, d=None): return super().get(k.lower(), d)
    def update(self, *a, **k):
        for x, y in dict(*a, **k).items(): self[x] = y
d = D(); d['AbC'] = 1; print(d['aBc'], 'ABC' in d, d.get('ABC'), len(d), dict(d), d); d.update(X=5); print(d, list(d), d == {'abc': 1, 'x': 5})
class T(tuple):
    def __new__(cls, *a): return super().__new__(cls, a)
    def __getitem__(self, i): return super().__getitem__(i)
    def __add__(self, o): return T(*super().__add__(o))
    def __hash__(self): return super().__hash__()
    def __eq__(self, o): return super().__eq__(o)
print(T(1, 2), T(1, 2)[0], T(1) + (2,), hash(T(1)) == hash((1,)), T(1) == (1,), len(T(1, 2)), {T(1): 3}[(1,)])
class F(float):
    def __add__(self, o): return F(super().__add__(o))
    def __repr__(self): return 'F' + super().__repr__()
    def __round__(self, n=None): return super().__round__()
print(F(1.5) + 1, round(F(2.6)), F(2) * 3, F('1.5'))
class St(set):
    def add(self, x): print('add', x); super().add(x)
    def __contains__(self, x): return super().__contains__(x)
    def __or__(self, o): return St(super().__or__(o))
s = St([1]); s.add(2); print(sorted(s), 1 in s, type(s | {3}).__name__, len(s), s == {1, 2})
class B(bytes):
    def __getitem__(self, i): return super().__getitem__(i)
    def __add__(self, o): return B(super().__add__(o))
print(B(b'ab')[0], B(b'a') + b'c', len(B(b'xyz')), B(b'a') == b'a')
class BA(bytearray):
    def append(self, x): super().append(x + 1)
b = BA(b'a'); b.append(98); print(bytes(b), len(b))
class O:
    def __init__(self): self.log = []
    def __setattr__(self, k, v): super().__setattr__(k, v)
    def __delattr__(self, k): super().__delattr__(k)
    def __getattribute__(self, k): return super().__getattribute__(k)
    def __repr__(self): return super().__repr__()[:1]
    def __str__(self): return "str " + super().__str__()
    def __eq__(self, o): return super().__eq__(o)
    def __ne__(self, o): return super().__ne__(o)
    def __hash__(self): return super().__hash__()
    def __format__(self, s): return super().__format__(s)
    def __dir__(self): return [n for n in super().__dir__() if n == 'log']
    def __init_subclass__(cls): super().__init_subclass__()
    def __sizeof__(self): return super().__sizeof__()
o = O(); o.x = 1; del o.x; print(o.log, o, o == 5, o == o, o != 5, hash(o) == hash(o), f'{o}', dir(o))
