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
class B:
    def __bytes__(s): return b'BB'
class B2:
    def __bytes__(s): return 'x'
class BS(bytes): pass
G.update(I=I,B=B,B2=B2,BS=BS)
exprs = '''X(b'abc')+b'd'
X(b'abc')+bytearray(b'd')
b'x'+X(b'abc')
X(b'abc')+memoryview(b'd')
X(b'abc')*2
2*X(b'abc')
X(b'abc')*-1
X(b'abc')*10**18
X(b'abc')*'a'
X(b'abc')*I(2)
X(b'abc')[0]
X(b'abc')[-1]
X(b'abc')[5]
X(b'abc')[I(1)]
X(b'abc')['a']
X(b'abc')[0:2]
X(b'abcdef')[::2]
X(b'abcdef')[::-1]
X(b'abcdef')[4:1:-2]
X(b'abc')==b'abc'
X(b'abc')==bytearray(b'abc')
X(b'abc')==memoryview(b'abc')
X(b'abc')=='abc'
X(b'abc')<b'abd'
X(b'abc')<'abd'
X(b'abc')>=bytearray(b'abc')
X(b'abc')!=b'abc'
97 in X(b'abc')
b'bc' in X(b'abc')
'b' in X(b'abc')
bytearray(b'bc') in X(b'abc')
None in X(b'abc')
X(b'abc').find(b'c')
X(b'abc').find(99)
X(b'abc').find(300)
X(b'abc').find(b'c',1,2)
X(b'abc').find(b'')
X(b'abc').find(b'',5)
X(b'abc').rfind(b'')
X(b'abc').rfind(b'',1,2)
X(b'abc').find('a')
X(b'abc').index(b'x')
X(b'abc').index(98)
X(b'abc').rindex(b'c')
X(b'abca').count(b'a')
X(b'abca').count(97)
X(b'abca').count(b'')
X(b'abca').count(b'a',1)
X(b'abca').count(b'a',None,2)
X(b'a,b,c').split(b',')
X(b'a,b,c').split(b',',1)
X(b'a,b,c').split(sep=b',',maxsplit=1)
X(b'a,b,c').rsplit(b',',1)
X(b'a,b,c').rsplit(sep=b',',maxsplit=1)
X(b' a  b ').split()
X(b' a  b ').split(None,1)
X(b' a  b ').rsplit(None,1)
X(b'abc').split(b'')
X(b'abc').split(',')
X(b'').split()
X(b'').split(b',')
X(b'a\\nb\\r\\nc').splitlines()
X(b'a\\nb\\r\\nc').splitlines(True)
X(b'a\\nb\\r\\nc').splitlines(keepends=True)
X(b'a\\x0bb\\x0cc\\x1cd').splitlines()
X(b',').join([b'a',bytearray(b'b')])
X(b',').join([b'a','b'])
X(b',').join([])
X(b',').join(b'ab')
X(b',').join([memoryview(b'a'),b'c'])
X(b',').join(5)
X(b'abc').replace(b'b',b'xx')
X(b'abcb').replace(b'b',b'xx',1)
X(b'abcb').replace(b'',b'-')
X(b'abcb').replace(b'',b'-',2)
X(b'abcb').replace('b','c')
X(b'abc').startswith(b'a')
X(b'abc').startswith((b'x',b'a'))
X(b'abc').startswith(b'b',1)
X(b'abc').startswith('a')
X(b'abc').startswith([b'a'])
X(b'abc').endswith((b'c',))
X(b'abc').endswith(b'b',0,2)
X(b'abc').endswith(())
X(b' abc ').strip()
X(b' abc ').lstrip()
X(b' abc ').rstrip()
X(b'xxabcxx').strip(b'x')
X(b'xxabcxx').strip(b'xa')
X(b'xxabcxx').strip(None)
X(b'xxabcxx').strip('x')
X(b'abc').center(7)
X(b'abc').center(8,b'*')
X(b'abc').ljust(5,b'*')
X(b'abc').rjust(5,b'*')
X(b'abc').rjust(5,b'**')
X(b'abc').rjust(5,'*')
X(b'-12').zfill(6)
X(b'12').zfill(1)
X(b'a\\tb').expandtabs()
X(b'a\\tb').expandtabs(4)
X(b'a\\tb').expandtabs(tabsize=3)
X(b'abc').partition(b'b')
X(b'abc').partition(b'x')
X(b'abc').rpartition(b'b')
X(b'abc').rpartition(b'x')
X(b'abc').partition(b'')
X(b'abc').partition('b')
X(b'abc').removeprefix(b'a')
X(b'abc').removesuffix(b'c')
X(b'abc').removesuffix(b'')
X(b'abc').upper()
X(b'ABC').lower()
X(b'abC').swapcase()
X(b'hello world').title()
X(b'hELLO').capitalize()
X(b'\\xe9').upper()
X(b'abc').isalpha()
X(b'abc1').isalnum()
X(b'12').isdigit()
X(b' ').isspace()
X(b'').isspace()
X(b'A').isupper()
X(b'a').islower()
X(b'Ab').istitle()
X(b'\\xe9').isalpha()
X(b'\\xe9').isascii()
X(b'').isascii()
X(b'abc').translate(bytes(range(256)))
X(b'abc').translate(None,b'b')
X(b'abc').translate(None,delete=b'b')
X(b'abc').translate(bytes.maketrans(b'a',b'x'))
X(b'abc').translate(bytes.maketrans(b'a',b'x'),b'c')
X(b'abc').translate(b'ab')
X(b'abc').translate('ab')
bytes.maketrans(b'ab',b'c')
len(bytes.maketrans(b'ab',b'cd'))
X(b'abc').maketrans(b'a',b'b')[97]
X(b'abc').hex()
X(b'abc').hex(':')
X(b'abcde').hex(':',2)
X(b'abcde').hex(':',-2)
X(b'abcde').hex(b'-')
X(b'abcde').hex(sep=':',bytes_per_sep=2)
X(b'abcde').hex(1)
X.fromhex('61 62')
X.fromhex('6 1')
X.fromhex('616')
X.fromhex('zz')
X.fromhex('')
X.fromhex(' 61\\n62\\t')
X(b'abc').decode()
X(b'abc').decode('ascii')
X(b'abc').decode(encoding='utf-8',errors='strict')
X(b'\\xff').decode('utf-8','ignore')
X(b'a\\xffb').decode('utf-8','replace')
X(b'\\xff').decode('latin-1')
X(b'\\xff').decode('ascii','replace')
X(b'\\xff').decode('utf-8','backslashreplace')
X(b'a').decode('nope')
X(b'%d')%5
X(b'%s')%b'a'
X(b'%b')%b'a'
X(b'%b')%B()
X(b'%x')%255
X(b'%5d|%-5d|%05d')%(1,2,3)
X(b'%c')%65
X(b'%c')%b'a'
X(b'%c')%300
X(b'%f')%1.5
X(b'%.2e')%1.5
X(b'%%')%()
X(b'%d %d')%(1,)
X(b'%d')%(1,2)
X(b'%(a)d')%{b'a':1}
X(b'%s')%bytearray(b'q')
X(b'%s')%memoryview(b'q')
X(b'%10s|')%b'a'
X(b'%.1s|')%b'abc'
X(5)
X(0)
X(-1)
X(10**18)
X(I(3))
X([1,2,3])
X([256])
X([-1])
X(['a'])
X([I(65)])
X(range(3))
X((1,2))
X('abc')
X('abc','utf-8')
X('abc','ascii')
X('\\xe9','ascii','ignore')
X('\\xe9','latin-1')
X('abc',encoding='utf-8')
X(source='abc',encoding='utf-8')
X(encoding='utf-8')
X(1.5)
X(None)
X({1:2})
X({5})
X(memoryview(b'ab'))
X(bytearray(b'ab'))
X()
X(object())
repr(X(b'"\\''))
str(X(b'a'))
str(X(b'a'),'utf-8')
bool(X(b''))
len(X(b'abc'))
list(X(b'abc'))
X(b'abc').__contains__(97)
X(b'abc').__len__()
X(b'abc').__getitem__(0)
X(b'abc').__add__(b'd')
X(b'abc').__mul__(2)
min(X(b'cab'))
sorted(X(b'cab'))
list(reversed(X(b'abc')))
X(b'a')<5
X(b'abc').foo
X(b'abc').count()
X(b'abc').find()
X(b'a b').title()
X(b'abc').index(b'c',-1)
X(b'abc').startswith(b'a',None,None)
X(b'abc').find(b'a',I(0),I(2))
X(b'abc').rfind(98)
X(b'abc').encode()
'''.strip().split('\n')
for X in (bytes, bytearray):
    G['X']=X
    for s in exprs:
        T(s)
for s in '''bytes(B())
bytes(B2())
B().__bytes__()
bytearray(B())
hash(b'abc')==hash(b'abc')
hash(bytearray())
b'a'.__hash__()==hash(b'a')
bytes(b'abc') 
b'abc'.__bytes__()
BS(b'abc')
BS(b'abc')==b'abc'
BS(b'abc')+b'd'
repr(BS(b'abc'))
BS(b'abc')[0]
BS(b'abc').decode()
type(BS(b'abc')[:]).__name__
{BS(b'a'):1}[b'a']
bytes(BS(b'abc'))
b''.join([BS(b'a')])
b'a' 'b'
b'a'[0]=1
b'abc'.append(1)
bytes.fromhex('61').__class__.__name__
b'abc'.__iter__().__next__()
b'abc' is not None
b'abc'.copy()
'''.strip().split('\n'):
    T(s.replace(';', '\n'))
