# pyrite: oracle=pyrite modes=bytecode,native
# Containers that change while they are walked, compared, sorted, hashed or indexed.
def t(f):
    try:
        f()
    except Exception: pass
def a1():
    l=list(range(10))
    n=0
    for x in l:
        l.clear(); n+=1
    return n
def a2():
    l=list(range(10))
    for x in l:
        if len(l)<1000: l.append(x)
    return len(l)
def a3():
    d={i:i for i in range(20)}
    for k in d:
        d.clear()
    return len(d)
def a4():
    d={i:i for i in range(20)}
    for k in d:
        if len(d)<1000: d[k+1000+len(d)]=1
    return len(d)>0
def a5():
    s=set(range(20))
    for k in s:
        s.clear()
    return len(s)
def a6():
    s=set(range(20))
    for k in s:
        if len(s)<1000: s.add(len(s)+1000)
    return len(s)>0
class E:
    def __init__(s,c,h=1): s.c=c; s.h=h
    def __hash__(s): return s.h
    def __eq__(s,o):
        s.c.clear() if hasattr(s.c,'clear') else None
        return False
def b1():
    d={}
    for i in range(20): d[E(d)]=i
    return len(d)<30
def b2():
    s=set()
    for i in range(20): s.add(E(s))
    return len(s)<30
def b3():
    l=[1]*5; l2=[E(l)]*5
    l[:]=l2
    r=[l==[2]*5, l.count(3) if l else 0]
    l[:]=l2
    try: l.remove(7)
    except ValueError: r.append('VE')
    l[:]=l2
    try: l.index(7)
    except ValueError: r.append('VE')
    l[:]=l2
    r.append(7 in l)
    return len(r)
class L:
    def __init__(s,l,v): s.l=l; s.v=v
    def __lt__(s,o): s.l.clear(); s.l.append(1); return s.v<o.v
def c1():
    l=[]
    l.extend(L(l,9-i) for i in range(10))
    l.sort()
    return len(l)<20
def c2():
    l=list(range(50))
    def key(x): l.clear(); l.extend([5]*7); return -x
    l.sort(key=key)
    return len(l)<100
def c3():
    l=list(range(50))
    def key(x): l.append(x); return -x
    try: l.sort(key=key)
    except ValueError: pass
    return len(l)<200
class Ix:
    def __init__(s,l,v): s.l=l; s.v=v
    def __index__(s): 
        s.l.clear() if hasattr(s.l,'clear') else s.l[:].extend(b''); return s.v
    __int__=__index__
def d1():
    l=list(range(10)); 
    return l[Ix(l,5)]
def d2():
    l=list(range(10)); 
    l[Ix(l,5)]=1
def d3():
    l=list(range(10)); 
    del l[Ix(l,5)]
def d4():
    l=list(range(10)); 
    return l[Ix(l,2):Ix(l,8)]
def d5():
    l=list(range(10)); 
    l[Ix(l,2):Ix(l,8)]=[1,2]
    return len(l)<20
def d6():
    l=list(range(10)); 
    del l[Ix(l,2):Ix(l,8)]
    return len(l)
def d7():
    l=list(range(10)); 
    return l.pop(Ix(l,3))
def d8():
    l=list(range(10)); 
    l.insert(Ix(l,8),4); return l
def d9():
    l=list(range(10)); 
    return l*Ix(l,3)
class Ib:
    def __init__(s,b,v): s.b=b; s.v=v
    def __index__(s):
        s.b[:]=b''
        return s.v
    __int__=__index__
def e1():
    b=bytearray(range(10)); return b[Ib(b,5)]
def e2():
    b=bytearray(range(10)); b[Ib(b,5)]=1
def e3():
    b=bytearray(range(10)); b[5]=Ib(b,5); return len(b)
def e4():
    b=bytearray(range(10)); b[Ib(b,2):8]=b'aa'; return len(b)<20
def e5():
    b=bytearray(range(10)); b.append(Ib(b,3)); return len(b)
def e6():
    b=bytearray(range(10)); m=memoryview(b); m[5]=Ib(b,3); return len(b)
def e7():
    b=bytearray(range(10)); m=memoryview(b); b.extend(bytes(1000)); m[5]=7; return m[5],len(m)
def e8():
    b=bytearray(100); m=memoryview(b)[50:60]; b[:]=b''; b.extend(b'z'*5); return m[9]
def e9():
    import struct
    b=bytearray(range(10)); struct.pack_into('iii'[:1],b,Ib(b,2),4)
def f1():
    l=[1,2,3]
    class K:
        def __iter__(s):
            l.clear()
            return iter([4,5])
    l[1:2]=K() if 0 else list(K()); l.extend(K()); l+=K(); return len(l)
def f2():
    l=[1,2,3]
    l.extend(l); l+=l; l[1:2]=l; l[:]=l; return len(l)
def f3():
    l=list(range(100))
    def g():
        for x in l:
            l.clear()
            yield x
    l.extend(g()); return len(l)
def f4():
    l=list(range(100))
    return list(map(lambda x:(l.clear(),x)[1],l)),list(filter(lambda x:l.append(x) if len(l)<50 else 1,l)),list(zip(l,l))
def f5():
    it=iter([1,2,3]); l=[]
    def g():
        yield from it
        l.clear()
        yield 1
    l=[0]; l.extend(g()); return len(l)
def g1():
    def g():
        try: next(me)
        except ValueError: yield 'VE'
    me=g(); return next(me)
def g2():
    def g():
        me.close() 
        yield 1
    me=g(); return next(me)
def g3():
    def g():
        try: me.throw(KeyError)
        except ValueError: pass
        yield 1
    me=g(); return next(me)
def g4():
    def g():
        while 1:
            try: yield 1
            except GeneratorExit: pass
    me=g(); next(me); me.close()
def h1():
    class A: 
        x=1
    a=A(); 
    for i in range(500): setattr(a,'a%d'%i,i)
    for i in range(500): delattr(a,'a%d'%i)
    return a.__dict__
def h2():
    class A:
        def __getattr__(s,n):
            del A.__getattr__; return 5
    return A().q
def h3():
    class A:
        def f(s): A.f=None; s.__class__; return 3
    a=A(); return a.f()
def h4():
    g={}
    exec('x=1\ndef f():\n  global x\n  for i in range(10):\n    g.clear()\n  return x',g); g['g']=g
    return g['f']()
def h5():
    d={}
    class D:
        def __del__(s): d.clear()
    d[1]=D(); 
    import gc
    for i in range(100): d[i]=D()
    gc.collect(); return len(d)<=100
def h6():
    class D:
        def __del__(s): keep.append(s)
    keep=[]
    for i in range(10): D()
    import gc; gc.collect(); gc.collect(); return len(keep)<=10
def h7():
    class D:
        def __del__(s): raise ValueError
    D(); import gc; gc.collect(); return 1
def h8():
    class D:
        def __del__(s): 
            for i in range(100): D2()
    class D2:
        def __del__(s): import gc; gc.collect()
    for i in range(10): D()
    import gc; gc.collect(); return 1
def i1():
    class K:
        def __init__(s,h): s.h=h
        def __hash__(s): 
            d.clear(); return s.h
    d={}
    for i in range(50): d[K(i)]=1
    return len(d), K(1) in d
def i2():
    class S(str):
        def __hash__(s): d.clear(); return 1
        def __eq__(s,o): d.clear(); return True
    d={'a':1}; d[S('a')]=2; d[S('b')]=3; return len(d)<4
def i3():
    d={i:i for i in range(10)}; d.update(d); d.update((k,d.clear()) for k in range(5)); return len(d)
def i4():
    d={1:2}
    class K:
        def keys(s): d.clear(); return [1,2,3]
        def __getitem__(s,k): d.clear(); return k
    d.update(K()); return len(d)
def i5():
    l=[3,2,1]
    class C:
        def __init__(s,x): s.x=x
        def __lt__(s,o): raise KeyError
    l=[C(1),C(2)]
    l.sort(); 
def i6():
    from collections import deque
    q=deque((1,2,3),10)
    n=0
    for x in q: q.append(x); n+=1
    return n<100
def i7():
    import heapq
    class C:
        def __init__(s,x): s.x=x
        def __lt__(s,o): h.clear(); return s.x<o.x
    h=[C(5-i) for i in range(10)]
    heapq.heapify(h)
    h[:]=[C(5-i) for i in range(10)]; heapq.heappush(h,C(1)); h[:]=[C(5-i) for i in range(10)]; heapq.heappop(h); return len(h)<20
def j1():
    class W:
        def write(s,x): return 10**30
    print('a',file=W())
def j2():
    class S:
        def __str__(s): return 5
        __repr__=__str__
    return str(S())
def j3():
    class S:
        def __len__(s): return -1
        def __bool__(s): return 5
        def __hash__(s): return 'a'
        def __index__(s): return 'a'
    r=[]
    for f in (len,bool,hash,lambda x:[1][x],int,range):
        try: r.append(f(S()))
        except Exception as e: r.append(type(e).__name__)
    return r
def j4():
    class M(type): pass
    class A: pass
    a=A(); 
    try: a.__class__=int
    except Exception as e: return type(e).__name__
def j5():
    return ''.join(x for x in (1,2))
def j6():
    l=[1]; l.append(l); d={1:l}; l.append(d); return str(l)[:20], l==l
def j7():
    l=[]; l.append(l); m=[]; m.append(m)
    return l==m
def j8():
    x=[[]]
    for i in range(1000): x=[x,x]
    return x[0] is x[1]
for n,f in sorted(globals().copy().items()):
    if len(n)==2 and n[1].isdigit(): t(f)
print('survived')
