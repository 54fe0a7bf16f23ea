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
    def __repr__(s): return 'I'
class L(list): pass
class IterOnly:
    def __iter__(s): return iter([7,8])
G.update(I=I, L=L, IterOnly=IterOnly)
for s in '''[1,2,3].index(2,I(1))
[1,2,3].index(4)
[1,2,3,2].index(2,-1)
[1,2,3].pop(I(0))
[1,2].pop(5)
[].pop()
[1,2].pop('a')
list('abc')
list(range(3))
list(a=1)
list(1)
list(1,2)
[1]+(2,)
[1]+[2]
[1]*I(3)
[1]*2.0
I(2)*[1]
[1]*-1
[1]*10**18
[0]*(1<<62)
[1,2,3]<[1,2,4]
[1,2]<[1,2,3]
[1,2]==(1,2)
[1]<(1,)
[float('nan')]==[float('nan')]
[1,2,3][::2]
[1,2,3][::-1]
[1,2,3][I(1):]
[1,2,3]['a']
[1,2,3][1.0]
[1,2,3][10**30]
[1,2,3][-10**30]
[1,2,3][:10**30]
[1,2,3][::0]
[1,2,3][1:'a']
[1,2,3].copy()
[3,1,2].sort()
sorted([3,1,2],reverse=True)
sorted([3,1,2],key=lambda x:-x)
sorted([3,'a'])
sorted([1,2],None)
sorted([1,2],key=None,reverse=1)
sorted(iterable=[1])
sorted([1,2],foo=1)
[1].sort(1)
[1].__contains__(1)
[1,2].__len__()
list([1,2].__reversed__())
[1,2].__add__([3])
[1,2].__mul__(2)
[1,2].__rmul__(2)
[1,2].__lt__([3])
[1,2].__ne__([3])
[1,2].__repr__()
[1,2].__str__()
list.__getitem__([1,2],0)
[].append(1,2)
[].append()
[].extend(1)
[].insert(1)
[].insert('a',1)
[].remove(1)
[1,2,3].count(1.0)
hash([])
L([1])+[2]
type(L([1])+[2])==list
L([1])==[1]
L([1,2])[0:1]
[*IterOnly()]
repr(L([1]))
[1,2,3] is [1,2,3]
[1,[2,[3]]]==[1,[2,[3]]]
bool([])
len(IterOnly())
list(IterOnly())
[].__class__
list.__name__
min([])
[1,2,3].__getitem__(slice(1))
[1]!=[1]
[1]>=[1]
[1]>=[1,2]
[1]>1
1 in [1.0]
[None]==[None]
[].clear()
isinstance([], list)
[].reverse(1)
[1].index()
[1,2,3].index(3,0,2)
[1,2,3].index(3,0,10**30)
[1,2,3].index(3,-10**30)
list((1,2,3).__iter__())
a=[1,2,3];a[::2]=[9,9];a
[1,2,3,4,5,6].__delitem__(slice(None,None,2))
list.__class__
[1,2,3][True]
[1,2,3][None:None:None]
list.sort([1,2])
'''.strip().split('\n'):
    T(s.replace(';', '\n'))
for s in '''a=[1,2,3,4,5];a[1:3]=[];a
a=[1,2,3,4,5];a[1:3]='xyz';a
a=[1,2,3,4,5];a[::2]=[1];a
a=[1,2,3,4,5];a[::-1]=range(5);a
a=[1,2,3,4,5];a[3:1]=[7];a
a=[1,2,3,4,5];a[10:]=[7];a
a=[1,2,3,4,5];a[-10:2]=[7];a
a=[1,2,3,4,5];a[1:3]=5;a
a=[1,2,3,4,5];a[1:3]=IterOnly();a
a=[1,2,3,4,5];a[1:3]=a;a
a=[1,2,3,4,5];del a[::2];a
a=[1,2,3,4,5];del a[::-2];a
a=[1,2,3,4,5];del a[4:0:-3];a
a=[1,2,3,4,5];del a[1:2];a
a=[1,2,3,4,5];del a[9];a
a=[1,2,3,4,5];del a['x'];a
a=[1,2,3,4,5];a[9]=1;a
a=[1,2,3,4,5];a['x']=1;a
a=[1,2,3,4,5];a[::2]=5;a
a=[1];a+=(2,3);a
a=[1];a+='ab';a
a=[1];a+=1;a
a=[1];a*=3;a
a=[1];a*='a';a
a=[1,2];a.insert(-1,9);a
a=[1,2];a.insert(-100,9);a
a=[1,2];a.insert(100,9);a
a=[1,2];a.extend(a);a
a=[1,2];a.append(a);a
a=[1,2];a.append(a);repr(a)
a=[1];a.append((a,));a
a={};a[1]=a;a
a=[];a.append({1:a});a
a=L([1]);a.x=3;a.x
a=L([3,1]);a.sort();a
a=L([3,1]);a.append(2);a[0:2]=[5];a
a=[3,1,2];a.sort(key=lambda x:a.append(1));a
a=[3,1,2];a.sort(key=len);a
a=[1,2];b=iter(a);next(b);a.append(3);list(b)
a=[1,2];b=iter(a);list(b);a.append(3);list(b)
a=[1,2,3];b=reversed(a);a.pop();list(b)
a=[1,2,3];b=reversed(a);next(b);a.append(4);list(b)
a=[1,2,3];it=iter(a);it.__length_hint__()
a=[1,2,3];it=iter(a);next(it);it.__length_hint__()
a=[1,2,3];it=reversed(a);it.__length_hint__()
a=[(1,'b'),(0,'z'),(1,'a')];a.sort(key=lambda t:t[0]);a
a=[(1,'b'),(0,'z'),(1,'a')];a.sort(key=lambda t:t[0],reverse=True);a
a=list('hello');a.sort(reverse=True);a
a=[1,2];a.__setitem__(0,5);a
a=[1,2];a.__delitem__(0);a
a=[1,2];a.__iadd__([3]);a
a=[1,2];a.__imul__(2);a
import sys;b=[1,2,3];sys.getsizeof(b)>0
a=[1,2,3,4];a[1:3]=(x for x in a);a
'''.strip().split('\n'):
    T(s.replace(';', '\n'))
