# pyrite: oracle=micropython modes=bytecode,native opt=-X opt=heapsize=64M
# Recursion of every kind ends with RuntimeError.
def f():
    return f()
try:
    f()
except RuntimeError as e:
    print("RuntimeError", e)
l = []
for i in range(100000):
    l = [l]
for fn in (repr, lambda x: x == 1, str):
    try:
        fn(l); print('ok')
    except RuntimeError as e:
        print("RuntimeError", e)
m = []
for i in range(100000):
    m = [m]
try:
    print(l == m)
except RuntimeError as e:
    print("RuntimeError eq", e)
t=()
for i in range(100000):
    t=(t,)
for fn in (hash, repr, lambda t: t==(t,), lambda t: {t:1}, lambda t: t<(t,)):
    try:
        fn(t); print('ok')
    except RuntimeError as e:
        print("RuntimeError", e)
d={}
for i in range(100000):
    d={1:d}
try: repr(d)
except RuntimeError as e: print('d',e)
try: d=={1:d}; print('ok')
except RuntimeError as e: print('d',e)
del l,m,t,d
class G:
    def __getattr__(self,n): return getattr(self,n+'x') if len(n)<5 else self.foo
try: G().a
except RuntimeError as e: print('ga',e)
class C:
    def __call__(self): return self()
try: C()()
except RuntimeError as e: print('call',e)
class E:
    def __eq__(self,o): return self==o
    def __repr__(self): return repr(self)
    def __iter__(self): return iter(self)
    def __len__(self): return len(self)
    def __hash__(self): return hash(self)
    def __add__(self,o): return self+o
    def __radd__(self,o): return o+self
    def __getitem__(self,o): return self[o]
    def __contains__(self,o): return o in self
    def __bool__(self): return bool(self)
    def __str__(self): return str(self)
    def __enter__(self):
        with self: pass
    def __exit__(self,*a): pass
    def __int__(self): return int(self)
    def __neg__(self): return -self
    def __lt__(self,o): return self<o
    def __index__(self): return [][self]
    def __next__(self): return next(self)
e=E()
def w():
    with e: pass
for n,fn in enumerate((lambda:e==1,lambda:repr(e),lambda:iter(e),lambda:len(e),lambda:hash(e),lambda:e+1,lambda:e[1],lambda:1 in e,lambda:bool(e),lambda:str(e),w,lambda:int(e),lambda:-e,lambda:e<1,lambda:next(e),lambda:[1][e],lambda:sorted([e,e]),lambda:{e:1},lambda:'%s'%e,lambda:'{}'.format(e),lambda:[e].index(3),lambda:{1:2}==e, lambda: max(e,e), lambda: 1+e)):
    try: print(n, fn())
    except RuntimeError as x: print(n,'RuntimeError')
    except Exception as x: print(n,type(x),x)
def gen(n):
    yield from gen(n+1)
try: list(gen(0))
except RuntimeError as x: print('gen',x)
def chain():
    g=iter([1])
    for i in range(50000):
        g=map(lambda x:x,g)
    return list(g)
try: print(chain())
except RuntimeError as x: print('chain',x)
def gchain():
    g=iter([1])
    for i in range(50000):
        g=(x for x in g)
    return list(g)
try: print(gchain())
except RuntimeError as x: print('gchain',x)
class M(type): pass
def deepclass():
    c=object
    for i in range(500):
        c=type('c',(c,),{})
    return c()
try: print(type(deepclass()))
except RuntimeError as x: print('cls',x)
