# locals(), vars(), dir() and eval() in functions, classes and modules.
def f(a, *b, c=1, **d):
    x = 2
    del x
    y = 3
    def g(): return y, a
    r = locals()
    r2 = dict(r)
    r2.pop('g')
    print(sorted(r2.items()))
    r['a'] = 100
    print(a, eval('a + y'))
    return sorted(vars()), sorted(dir())
print(f(1, 2, k=3))
def h():
    print(locals())
    z = 1
    print(locals())
    print(eval('z'), eval('len([z])'))
h()
def closure(p):
    def inner(q):
        return sorted(locals().items()), p
    return inner
print(closure(1)(2))
class C:
    v = 1
    w = sorted(k for k in locals() if k[0] != '_')
    def m(self): return list(locals())
    locals()['added'] = 5
print(C.w, C().m(), C.added)
print('f' in locals(), locals() is globals())
locals()['newname'] = 4
print(newname)
print([sorted(locals()) for i in range(1)] if 0 else 'skip')
def gen():
    n = 1
    yield dict(locals())
    n = 2
    yield dict(locals())
print(list(gen()))
async def co():
    t = 1
    return locals()
try: co().send(None)
except StopIteration as e: print(e.value)
def ev(x):
    return eval('[x for i in range(2)]', {'x': 'g'}), eval('x', {'x': 'g'}, {'x': 'l'}), eval('x', {'x': 'gg'})
print(ev(1))
