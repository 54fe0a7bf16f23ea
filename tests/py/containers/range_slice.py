# One expression a line; each prints its value or the kind of its exception.
def T(src, *names):
    env = dict(G)
    try:
        for s in src.split('\n')[:-1]: exec(s, env)
        r = eval(src.split('\n')[-1], env)
        print(src.replace('\n', '; '), '->', r)
    except Exception as e:
        print(src.replace('\n', '; '), '!!', type(e).__name__)
G = {}
class I:
    def __init__(s, v): s.v = v
    def __index__(s): return s.v
class Eq:
    def __eq__(s,o): return o==3
G.update(I=I,Eq=Eq)
for s in '''range(5)
range(1,5)
range(1,5,2)
range(5,0,-1)
range(0)
range(1,5,0)
range(1.0)
range('a')
range(I(3))
range()
range(1,2,3,4)
range(stop=3)
len(range(5))
len(range(0,10**18))
range(10**30)
len(range(10**30))
range(10**30)[5]
range(10**30)[10**29]
range(10**30)[-1]
10**29 in range(10**30)
10**31 in range(10**30)
range(10**30).index(10**29)
range(10**30).count(10**29)
range(10**30).start
range(10**30).stop
range(10**30,10**30+5)
list(range(10**30,10**30+3))
list(range(10**30,10**30-3,-1))
list(range(-10**30,-10**30+3))
range(10**30)==range(10**30)
range(10**30)[::2]
range(10**30)[::-1][0]
hash(range(10**30))==hash(range(10**30))
repr(range(10**30))
bool(range(10**30))
list(reversed(range(10**30,10**30+3)))
range(2**62)
range(2**63)[2**62]
range(-2**63,2**63)[0]
len(range(-2**63,2**63))
list(range(2**63-2,2**63+1))
list(range(2**62-2,2**62+2))
list(range(-2**62-2,-2**62+2))
range(10)[3]
range(10)[-1]
range(10)[10]
range(10)[I(2)]
range(10)['a']
range(10)[2:5]
range(10)[::-1]
range(10)[::3]
range(10)[5:2]
range(10)[-3:]
range(10)[1:8:3]
range(10)[8:1:-3]
range(0,10,3)[::-1]
range(0,10,3)[1:]
range(10,0,-2)[::2]
range(10)[::0]
range(0)[::-1]
3 in range(5)
3.0 in range(5)
3.5 in range(5)
True in range(5)
'a' in range(5)
Eq() in range(5)
None in range(5)
range(5).index(3)
range(5).index(7)
range(5).index(3.0)
range(5).index(Eq())
range(5).count(3)
range(5).count(9)
range(5).count(Eq())
range(0,10,2).index(4)
range(0,10,2).index(5)
range(10,0,-2).index(4)
range(5)==range(0,5)
range(0)==range(1,1)
range(0,5,2)==range(0,6,2)
range(0,5,2)==range(0,7,2)
range(5)!=range(6)
range(5)==[0,1,2,3,4]
range(5)<range(6)
hash(range(5))==hash(range(0,5,1))
hash(range(0))==hash(range(2,2))
hash(range(0,5,2))==hash(range(0,6,2))
range(5).start,range(5).stop,range(5).step
range(5).start==1
range(5)+range(3)
range(5)*2
list(reversed(range(5)))
list(reversed(range(0,10,3)))
list(reversed(range(0)))
list(reversed(range(10,0,-3)))
iter(range(5)).__length_hint__()
range(5).__len__()
range(5).__getitem__(2)
range(5).__contains__(2)
list(range(5).__iter__())
list(range(5).__reversed__())
range(5).__eq__(range(5))
sum(range(10**5))
min(range(5,0,-1))
sorted(range(5,0,-1))
tuple(range(3))
a=range(5);a.start=1
del range(5)[0]
range(3)[0]=1
type(range(3)) is range
range(True)
range(3,True)
isinstance(range(3),range)
slice(1)
slice(1,2)
slice(1,2,3)
slice()
slice(1,2,3,4)
slice(1).start
slice(1).stop
slice(1).step
slice('a','b')
slice(1)==slice(1)
slice(1)==slice(2)
slice(1)!=slice(2)
slice(1)<slice(2)
slice(1,2)<slice(1,3)
slice(1,2,3)>=slice(1,2,3)
slice(1,10,2).indices(5)
slice(None).indices(5)
slice(None,None,-1).indices(5)
slice(-3,None).indices(5)
slice(10**30).indices(5)
slice(0,10**30).indices(10**31)
slice(None).indices(-1)
slice(None,None,0).indices(5)
slice(None).indices(I(4))
slice(I(1),I(3)).indices(10)
slice('a').indices(5)
slice(1.0).indices(5)
slice(1).indices()
slice(1,2) in [slice(1,2)]
slice(1).foo
repr(slice(None,None))
[1,2,3,4,5][slice(1,4,2)]
'abcdef'[slice(None,None,-2)]
'''.strip().split('\n'):
    T(s.replace(';', '\n'))
class Get:
    def __getitem__(s, i): return i
    def __setitem__(s, i, v): print('set', i, v)
    def __delitem__(s, i): print('del', i)
g = Get()
print(g[1:2], g[::], g[1:2,3], g[...], g[1:2, ::3], g[-1:])
g[1:2] = 5; del g[1:2]; g[1,2] = 3
