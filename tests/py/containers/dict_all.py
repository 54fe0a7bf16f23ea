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
from collections import OrderedDict, defaultdict
class D(dict):
    def __missing__(s, k): return k*2
class M:
    def keys(s): return ['a','b']
    def __getitem__(s,k): return k*2
class Sub(dict): pass
G.update(D=D,M=M,Sub=Sub,OrderedDict=OrderedDict,defaultdict=defaultdict)
for s in '''{1:2}|{3:4}
{1:2}|[(3,4)]
[(3,4)]|{1:2}
a={1:2};a|=[(3,4)];a
a={1:2};a|=1;a
a={1:2};a|={1:3};a
dict([(1,2)],a=3)
dict(M())
dict(M(),z=1)
dict(1)
dict([1])
dict([(1,2,3)])
dict(['ab','cd'])
dict({1:2},{3:4})
dict(**{'a':1})
dict(a=1,**{'b':2})
dict.fromkeys('ab')
dict.fromkeys('ab',1)
dict.fromkeys([1,2],[])
dict.fromkeys(1)
dict.fromkeys([[]])
Sub.fromkeys('ab')
type(Sub.fromkeys('ab')).__name__
D()[3]
D().get(3)
D({3:1})[3]
{}[1]
{}[[]]
{[]:1}
{1:2}.get([],1)
a={};a.setdefault(1);a
a={};a.setdefault(1,[]).append(2);a
a={1:2};a.pop(1)
a={1:2};a.pop(2)
a={1:2};a.pop(2,None)
a={1:2};a.pop([],None)
a={1:2};a.pop()
a={1:2,3:4};a.popitem()
{}.popitem()
a={};a.update([(1,2)],b=3);a
a={};a.update(M());a
a={};a.update(b=3);a
a={};a.update({1:2});a
a={};a.update(1);a
a={};a.update([1]);a
a={};a.update([(1,)]);a
a={};a.update([[1,2],'ab']);a
a={1:2};list(reversed(a))
a={1:2,3:4};list(reversed(a.items()))
a={1:2,3:4};list(reversed(a.values()))
a={1:2,3:4};list(reversed(a.keys()))
a={1:2,3:4};a.keys()&{1}
a={1:2,3:4};a.keys()|{5}
a={1:2,3:4};a.keys()-{1}
a={1:2,3:4};a.keys()^{1,7}
a={1:2,3:4};a.keys()&[1,9]
a={1:2,3:4};sorted(a.keys()|[5])
a={1:2,3:4};[1]&a.keys()
a={1:2,3:4};{1}&a.keys()
a={1:2,3:4};{1}|a.keys()
a={1:2,3:4};{1,5}-a.keys()
a={1:2,3:4};a.items()&{(1,2)}
a={1:2,3:4};a.items()-{(1,2)}
a={1:2,3:4};a.items()|{(1,2)}
a={1:2,3:4};a.items()^{(1,2)}
a={1:[]};a.items()&{(1,2)}
a={1:[]};a.items()|{(1,2)}
a={1:2};a.keys()=={1}
a={1:2};a.keys()<={1,2}
a={1:2};a.keys()<{1}
a={1:2};a.keys()>{0}
a={1:2};a.keys()>=set()
a={1:2};a.keys()==[1]
a={1:2};a.items()=={(1,2)}
a={1:2};a.items()==a.items()
a={1:2};a.values()==a.values()
a={1:2};a.keys()==a.keys()
a={1:2};a.keys().isdisjoint([1])
a={1:2};a.keys().isdisjoint([2])
a={1:2};a.items().isdisjoint([2])
a={1:2};1 in a.keys()
a={1:2};(1,2) in a.items()
a={1:2};(1,3) in a.items()
a={1:2};[1,2] in a.items()
a={1:2};3 in a.items()
a={1:2};2 in a.values()
a={1:2};[] in a.keys()
a={1:2};len(a.keys())
a={1:2};bool(a.keys())
a={};bool(a.keys())
a={1:2};hash(a.keys())
a={1:2};a.keys().mapping[1]
a={1:2};a.keys().mapping
a={1:2};a.keys()[0]
a={1:2};a.values()&{1}
a={1:2};a.keys()+a.keys()
repr({1:2}.keys())
repr({1:2}.values())
repr({1:2}.items())
type({}.keys()).__name__
type({}.values()).__name__
type({}.items()).__name__
{1:2}=={1:2.0}
{1:2}<{1:3}
{1:2,3:4}=={3:4,1:2}
hash({})
{True:1,1:2,1.0:3}
{1:2}.copy()
dict({1:2}).clear()
{1:2}.__contains__(1)
{1:2}.__or__({3:4})
{1:2}.__ror__({3:4})
{1:2}.__eq__({1:2})
{1:2}.__getitem__(1)
a={1:2};a.__setitem__(2,3);a
a={1:2};a.__delitem__(1);a
a={1:2};del a[5];a
{1:2}.__len__()
list({1:2}.__iter__())
list({1:2}.__reversed__())
iter({1:2}).__length_hint__()
Sub({1:2})|{3:4}
type(Sub({1:2})|{3:4}).__name__
type({3:4}|Sub({1:2})).__name__
type(Sub({1:2}).copy()).__name__
repr(Sub({1:2}))
dict(Sub({1:2}))
{**M()}
{**D({1:2})}
{**1}
dict(**M())
dict(**{1:2})
a={i:i for i in range(5)};del a[2];a[2]=9;list(a)
a={1:1,2:2};next(iter(a.items()))
a=OrderedDict([(1,2),(3,4)]);a.move_to_end(9)
a=OrderedDict([(1,2),(3,4)]);a.popitem()
a=OrderedDict([(1,2),(3,4)]);a.popitem(last=False)
a=OrderedDict([(1,2),(3,4)]);a.popitem(False)
OrderedDict().popitem()
OrderedDict([(1,2),(3,4)])==OrderedDict([(3,4),(1,2)])
OrderedDict([(1,2),(3,4)])=={3:4,1:2}
{3:4,1:2}==OrderedDict([(1,2),(3,4)])
OrderedDict([(1,2)])!=OrderedDict([(1,2)])
a=OrderedDict([(1,2)]);a.pop(1)
a=OrderedDict([(1,2)]);a.pop(5,key=1)
list(reversed(OrderedDict([(1,2),(3,4)])))
type(OrderedDict().copy()).__name__
isinstance(OrderedDict(),dict)
a=defaultdict(list);a[1].append(2);a
a=defaultdict(list,{1:[2]},x=3);a
a=defaultdict();a[1]
a=defaultdict(None);a
a=defaultdict(1)
a=defaultdict(list);a.default_factory
a=defaultdict(list);a.default_factory=int;a[1];a
a=defaultdict(lambda:5);a.__missing__(3);dict(a)
a=defaultdict(list);a.get(1)
a=defaultdict(int);a[1]+=1;a
a=defaultdict(int,{1:2});a.copy()
type(defaultdict(int).copy()).__name__
defaultdict(int,{1:2})=={1:2}
defaultdict(int,{1:2})|{3:4}
a=defaultdict(int);a|={1:2};a
defaultdict.fromkeys('ab')
a=defaultdict(int);1 in a
a=defaultdict(int);a.pop(1,2)
isinstance(defaultdict(),dict)
defaultdict(int).__class__.__name__
'''.strip().split('\n'):
    T(s.replace(';', '\n'))
for s in '''a={1:2,3:4}
for k in a: a[k+10]=1
a
a={1:2,3:4}
for k in a: del a[k]
a
a={1:2,3:4}
for k in a.items(): a.clear()
a
a={1:2,3:4}
for k in a.values(): a[k]=1
a
a={1:2,3:4}
for k in a: a[k]=7
a
a={1:2,3:4}
for k in reversed(a): a[9]=7
a
a=OrderedDict([(1,2),(3,4)])
for k in a: a[9]=7
a
a={1,2}
for k in a: a.add(k+10)
a
a={1,2}
for k in a: a.discard(k)
a'''.split('\na\n'):
    pass
def mut(f):
    try: print(f())
    except Exception as e: print(type(e).__name__)
def m1():
    a={1:2,3:4}
    for k in a: a[k+10]=1
def m2():
    a={1:2,3:4}
    for k in a: del a[k]
def m3():
    a={1:2,3:4}
    for k in a.items(): a.clear()
def m4():
    a={1:2,3:4}
    for k in reversed(a): a[9]=1
def m5():
    a={1,2}
    for k in a: a.add(k+10)
def m6():
    a={1,2}
    for k in a: a.discard(k)
def m7():
    a=OrderedDict({1:2,3:4})
    for k in a: a[k+10]=1
def m8():
    a={1:2,3:4}
    it=iter(a)
    next(it)
    del a[1]; a[9]=1
    return list(it)
def m9():
    a={1:2}
    it=iter(a)
    list(it)
    a[5]=1
    return list(it)
for f in (m1,m4,m5,m7,m9): mut(f)
