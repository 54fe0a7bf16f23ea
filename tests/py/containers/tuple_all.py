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
class TT(tuple): pass
G.update(I=I, TT=TT)
for s in '''(1,2)+(3,)
(1,2)+[3]
()*3
(1,)*I(2)
(1,)*10**18
(1,)*(1<<62)
(1,2)*0
(1,2)[0:1]
(1,2,3)[::-1]
(1,2)[5]
(1,2)['a']
(1,2).index(3)
(1,2,3).index(3,1)
(1,2).count(1)
hash((1,2))==hash((1,2))
hash((1,[]))
(1,2)<(1,3)
(1,2)<[1,3]
(1,2)==(1.0,2)
tuple('ab')
tuple(1)
tuple(iterable=1)
tuple([1],2)
repr((1,))
repr(())
TT([1,2])
TT([1,2])==(1,2)
TT([1,2])+(3,)
(3,)+TT([1,2])
hash(TT([1,2]))==hash((1,2))
type(TT([1])[:])==tuple
TT([1,2])[0]
{TT([1]):2}[(1,)]
(1,2).__add__((3,))
(1,2).__len__()
(1,2).__lt__((3,))
(1,2).__hash__()==hash((1,2))
tuple.__new__(TT,[1,2])
tuple((1,2)) is not None
(1,2).append(1)
(1,)<(1,2)
()<(1,)
(1,2)>(1,)
max((1,2),(1,3))
1 in (1,2)
(1,2).__contains__(2)
(1,2).__mul__(2)
(1,2).__rmul__(2)
(1,2).__getitem__(slice(0,1))
(1,2).__iter__().__next__()
iter((1,2,3)).__length_hint__()
(1,2)!=(1,2)
(1,2)>=(1,2)
((1,2),3)<((1,2),4)
'''.strip().split('\n'):
    T(s.replace(';', '\n'))
