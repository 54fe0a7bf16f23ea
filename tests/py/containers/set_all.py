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
class S(set): pass
G.update(S=S)
for s in '''{1,2}|[3]
{1,2}|{3}
{1,2}|frozenset([3])
type({1,2}|frozenset([3])).__name__
type(frozenset([3])|{1,2}).__name__
{1,2}&{2:3}.keys()
{1,2}-{2:3}.keys()
{1,2}=={1:2,2:3}.keys()
{1,2}<={1,2,3}
{1,2}<{1,2}
{1,2}<[1,2,3]
{1,2}>{1}
{1,2}>={1}
{1}==frozenset([1])
{1}!=frozenset([1])
{1,2}^{2,3}
set('ab')==set('ba')
set(1)
set([[]])
set(iterable=[1])
set().pop()
set() or 5
a={1};a|={2};a
a={1};a|=[2];a
a={1,2};a&={2};a
a={1,2};a-={2};a
a={1,2};a^={2,3};a
a={1,2};a-=a;a
a={1,2};a^=a;a
a={1,2};a&=a;a
a={1,2};a.update([3],(4,));a
a={1,2};a.intersection_update([2],[2,3]);a
a={1,2};a.difference_update([2],[5]);a
a={1,2};a.symmetric_difference_update([2,3]);a
a={1,2};a.symmetric_difference_update(a);a
a={1,2};a.difference_update(a);a
a={1,2};a.union()
a={1,2};a.union([5],'a')=={1,2,5,'a'}
a={1,2};a.intersection()
a={1,2};a.difference()
a={1,2};a.symmetric_difference()
a={1,2};a.symmetric_difference([1,7])
a={1,2};a.issubset([1,2,3])
a={1,2};a.issuperset([1])
a={1,2};a.isdisjoint([5])
a={1,2};a.isdisjoint(5)
a={1,2};a.add([])
a={1,2};a.remove(5)
a={1,2};a.discard(5)
a={1,2};a.discard([])
a={1,2};a.remove({1})
a={frozenset([1]),2};a.remove({1});a
a={frozenset([1]),2};{1} in a
a={frozenset([1]),2};a.discard({1});a
[] in {1}
hash(set())
hash(frozenset([1,2]))==hash(frozenset([2,1]))
frozenset([1]).add(1)
frozenset([1])|{2}
a=frozenset([1]);a|={2};a
a=frozenset([1]);a.copy() is a
frozenset(frozenset([1]))
frozenset('a')
frozenset()
repr(set())
repr(frozenset())
repr(frozenset([1]))
repr(S([1]))
repr({1})
S([1])|{2}
type(S([1])|{2}).__name__
type(S([1]).copy()).__name__
{1,2}.__and__({2})
{1,2}.__and__([2])
{1,2}.__contains__(1)
{1,2}.__len__()
{1}.__or__({2})
{1}.__sub__({2})
{1}.__rsub__({2})
{1}.__xor__({2})
{1}.__le__({1})
{1}.__lt__({1})
set.union({1},[2])
set.intersection({1},[1])
iter({1,2}).__length_hint__()
{True,1,1.0}
{1,2}+{3}
{1}*2
{1}<5
{1}<=5
{1}==5
sorted({3,1,2})
max({3,1})
sum({3,1})
len({1,2,2})
{1,2}.copy()
{*[1,2],*(3,)}
set(range(5))=={0,1,2,3,4}
{float('nan')}=={float('nan')}
{1}.issubset(5)
{1}.update(5)
{1}.update()
{1}.union(5)
{1}.issubset({1:2})
{1,2}.intersection({1:2})
{1}.update({5:6})
{(1,2)}=={(1,2)}
'''.strip().split('\n'):
    T(s.replace(';', '\n'))
