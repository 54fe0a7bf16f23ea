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
from collections import namedtuple
G['namedtuple']=namedtuple
P=namedtuple('P','x y')
D=namedtuple('D','a b c',defaults=[1,2])
G.update(P=P,D=D)
class Sub(P):
    def s(self): return self.x+self.y
    @property
    def t(self): return self.x*2
G['Sub']=Sub
for s in '''P(1,2)
P(1)
P(1,2,3)
P(x=1,y=2)
P(1,y=2)
P(1,x=2)
P(1,2,z=3)
P(1,2).x
P(1,2)[1]
P(1,2)._fields
P._fields
P(1,2)._asdict()
type(P(1,2)._asdict()).__name__
P(1,2)._replace(x=5)
P(1,2)._replace(z=5)
P._make([1,2])
P._make([1])
P._field_defaults
D._field_defaults
D(5)
D(5,6)
D()
P(1,2)==(1,2)
P(1,2)==P(1,2)
P(1,2)<P(1,3)
hash(P(1,2))==hash((1,2))
{P(1,2):1}[(1,2)]
P(1,2)+(3,)
len(P(1,2))
list(P(1,2))
x,y=P(1,2);x
P(1,2).x=3
a=P(1,2);a.z=3
del P(1,2).x
P.__name__
P.__module__
isinstance(P(1,2),tuple)
issubclass(P,tuple)
P.__bases__
P.__slots__
namedtuple('A','x,y')(1,2)
namedtuple('A',['x','y'])(1,2)
namedtuple('A','x x')
namedtuple('A','class')
namedtuple('A','1x')
namedtuple('A','_x')
namedtuple('1A','x')
namedtuple('A','x class 1 _y x',rename=True)._fields
namedtuple('A','x y',defaults=(1,2,3))
namedtuple('A','x y',module='m').__module__
namedtuple('A','')()
namedtuple('A',())()
namedtuple(typename='A',field_names='x')(1)
namedtuple('A','x y',rename=False,defaults=None)(1,2)
Sub(1,2)
Sub(1,2).s()
Sub(1,2).t
Sub._make([1,2])
Sub(1,2)==(1,2)
repr(Sub(1,2))
P(1,2).count(1)
P(1,2).index(2)
P(1,2)[0:1]
P(*[1,2])
P(**{'x':1,'y':2})
P(1,[2])
getattr(P(1,2),'x')
hasattr(P(1,2),'q')
'%s %s' % P(1,2)
'{0.x} {0[1]}'.format(P(1,2))
P.__new__(P,1,2)
P(1,2).__class__ is P
sorted([P(2,1),P(1,2)])
P.__match_args__
dir(P(1,2)) != []
'''.strip().split('\n'):
    T(s.replace(';', '\n'))
print(namedtuple("Q", "\u2028a\xa0b,c\u3000d")._fields, namedtuple("Q", "\u2028")._fields)
