class A:
    def __getattr__(self, n):
        del type(self).__getattr__
        return 1
a = A(); print(a.x)
try: a.x
except AttributeError: print('AE')
class B:
    def __eq__(self, o):
        d.clear(); return True
    def __hash__(self): return 1
d = {B(): 1, 5: 2}
for k in range(20): d[k] = k
try: print(d.get(B()))
except Exception as e: print(type(e).__name__)
class C:
    def __lt__(self, o): l.clear(); return True
l = [C() for _ in range(10)]
try: l.sort()
except ValueError: print('VE')
class E:
    def __getattribute__(self, n):
        type.__setattr__(E, 'zz', 1); object.__getattribute__(self, '__dict__').clear()
        return object.__getattribute__(self, n)
e = E(); e.q = 1
try: e.q
except AttributeError: print('AE')
class F:
    x = property(lambda s: delattr(F, 'x') or 5)
f = F(); print(f.x)
try: f.x
except AttributeError: print('AE')
class G:
    def m(self): 
        self.__class__ = H
        return self.n()
class H:
    def n(self): return 'H.n'
print(G().m())
class I:
    def __iter__(self): l2.clear(); return iter([1, 2])
l2 = [1, 2, 3]; l2.extend(I()); print(l2); l2[0:1] = I(); print(l2)
class J:
    def __eq__(self, o): l3.clear(); return False
l3 = [J(), J(), J()]
print(5 in l3, l3); l3 = [J(), J()]
try: l3.index(5)
except ValueError: print('VE')
l3 = [J(), J()]; print(l3.count(5)); l3 = [J(), J()]
try: l3.remove(5)
except ValueError: print('VE')
l3 = [J(), J()]; print(l3 == [1, 2])
class K:
    def __hash__(self): s.clear(); return 1
s = {1, 2}; 
try: s.add(K())
except RuntimeError: pass
print(len(s))
class L:
    def __del__(self): del glob[:]
glob = [L(), 1]; glob[0] = 5; import gc; gc.collect()
class M:
    def __repr__(self): l4.clear(); return 'M'
l4 = [M(), M(), M()]; print(l4)
class N:
    def __len__(self): l5.clear(); return 3
    def __getitem__(self, i): return i
l5 = [1, 2]; l5[:] = reversed(N()); print(l5)
