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
import array, struct
from array import array as A
from collections import deque
G.update(A=A, array=array, deque=deque, struct=struct)
class I:
    def __init__(s, v): s.v = v
    def __index__(s): return s.v
G['I']=I
for s in '''A('i',[1,2,3])
A('b',b'ab')
A('i',range(3))
A('i',5)
A('i','abc')
A('z')
A()
A('i',[1.5])
A('d',[1,2.5])
A('f',[0.1])
A('B',[256])
A('i',['a'])
A('i',[1,2])+A('i',[3])
A('i',[1,2])+[3]
A('i',[1,2])*2
2*A('i',[1])
A('i',[1])*-1
A('i',[1,2])[0]
A('i',[1,2])[5]
A('i',[1,2,3,4])[::2]
A('i',[1,2,3,4])[::-1]
A('i',[1,2])==A('i',[1,2])
A('i',[1,2])==A('d',[1,2])
A('i',[1,2])==[1,2]
A('i',[1,2])<A('i',[1,3])
A('i',[1,2])!=A('i',[1,3])
A('i',[1,2])<[1]
1 in A('i',[1,2])
len(A('i',[1,2]))
list(A('i',[1,2]))
A('i',[1,2]).tolist()
A('i',[1,2]).tobytes()
A('h',[1,2]).byteswap()
a=A('h',[1,2]);a.byteswap();a
a=A('i',[1]);a.append(2);a
a=A('i',[1]);a.append('a');a
a=A('b',[1]);a.append(2.5)
a=A('i',[1]);a.extend([2,3]);a
a=A('i',[1]);a.extend(A('i',[2]));a
a=A('i',[1]);a.insert(0,9);a
a=A('i',[1,2]);a.insert(-1,9);a
a=A('i',[1,2]);a.insert(100,9);a
a=A('i',[1,2]);a.pop()
a=A('i',[1,2]);a.pop(0)
a=A('i',[1,2]);a.pop(5)
a=A('i');a.pop()
a=A('i',[1,2]);a.remove(1);a
a=A('i',[1,2]);a.remove(5)
a=A('i',[1,2,1]);a.index(1)
a=A('i',[1,2,1]);a.index(1,1)
a=A('i',[1,2,1]);a.index(1,1,2)
a=A('i',[1,2]);a.index(5)
a=A('i',[1,2,1]);a.count(1)
a=A('i',[1,2]);a.reverse();a
a=A('i',[1]);a.frombytes(b'\\x02\\x00\\x00\\x00');a
a=A('i',[1]);a.fromlist([2]);a
a=A('i',[1,2]);a.buffer_info()[1]
a=A('i');a.typecode,a.itemsize
A('B').itemsize,A('h').itemsize,A('i').itemsize,A('l').itemsize,A('q').itemsize,A('f').itemsize,A('d').itemsize
a=A('i',[1,2]);a[0]=5;a
a=A('i',[1,2]);a[0]='x'
a=A('i',[1,2]);a[9]=5
a=A('i',[1,2,3]);del a[0];a
a=A('i',[1,2,3]);del a[::2];a
a=A('i',[1,2,3]);del a[1:];a
a=A('i',[1,2,3]);a[1:2]=A('i',[7,8]);a
a=A('i',[1,2,3]);a[::2]=A('i',[7,8]);a
a=A('i',[1,2,3]);a[::2]=A('i',[7]);a
a=A('i',[1,2,3]);a[1:2]=[7]
a=A('i',[1,2,3]);a[1:2]=A('d',[7])
a=A('i',[1]);a+=A('i',[2]);a
a=A('i',[1]);a*=2;a
a=A('i',[1,2]);memoryview(a).format
a=A('i',[1,2]);memoryview(a).tolist()
a=A('i',[1,2]);m=memoryview(a);m[0]=9;a
a=A('i',[1,2]);bytes(a)
a=A('i',[1,2]);bytearray(a)
a=A('q',[2**63-1,-2**63]);a
a=A('Q',[2**64-1]);a
a=A('q',[2**63])
a=A('i',[1,2]);sorted(a,reverse=True)
a=A('i',[1,2]);list(reversed(a))
a=A('i',[1,2]);it=iter(a);list(it);a.append(3);list(it)
repr(A('i'))
repr(A('d',[1.5]))
bool(A('i'))
hash(A('i'))
A('i',[1,2]).__len__()
A('i',[1,2]).__getitem__(0)
A('i',[1,2]).__contains__(1)
A('i',A('i',[1,2]))
A('d',A('i',[1,2]))
A('i',bytearray(b'\\x01\\x00\\x00\\x00'))
A('i',(1,2))
A('i',{1:2})
A('i',[True])
A('i',[I(3)])
A('i',[1])[I(0)]
A('i',[1])['x']
deque()
deque([1,2])
deque([1,2,3],2)
deque(maxlen=2)
deque([1],maxlen=None)
deque(iterable=[1])
deque([1],-1)
deque([1],'a')
deque(5)
deque('abc')
deque([1,2]).maxlen
deque([1,2],5).maxlen
a=deque([1,2]);a.append(3);a
a=deque([1,2]);a.appendleft(3);a
a=deque([1,2],2);a.append(3);a
a=deque([1,2],2);a.appendleft(3);a
a=deque([1,2],2);a.extend([3,4,5]);a
a=deque([1,2],2);a.extendleft([3,4,5]);a
a=deque([1,2]);a.pop()
a=deque([1,2]);a.popleft()
deque().pop()
deque().popleft()
a=deque([1,2,3]);a.rotate();a
a=deque([1,2,3]);a.rotate(1);a
a=deque([1,2,3]);a.rotate(-1);a
a=deque([1,2,3]);a.rotate('a')
a=deque([]);a.rotate(3);a
a=deque([1,2,3]);a[0]
a=deque([1,2,3]);a[-1]
a=deque([1,2,3]);a[5]
a=deque([1,2,3]);a[0:1]
a=deque([1,2,3]);a['a']
a=deque([1,2,3]);a[0]=9;a
a=deque([1,2,3]);a[9]=9
a=deque([1,2,3]);del a[0];a
a=deque([1,2,3]);del a[9]
a=deque([1,2,3]);del a[-1];a
a=deque([1,2,3]);a.insert(1,9);a
a=deque([1,2,3]);a.insert(-100,9);a
a=deque([1,2,3]);a.insert(100,9);a
a=deque([1,2,3]);a.insert(-1,9);a
a=deque([1,2,3],3);a.insert(1,9)
a=deque([1,2,3]);a.remove(2);a
a=deque([1,2,3]);a.remove(9)
a=deque([1,2,3,2]);a.index(2)
a=deque([1,2,3,2]);a.index(2,2)
a=deque([1,2,3,2]);a.index(2,2,3)
a=deque([1,2,3,2]);a.index(9)
a=deque([1,2,3,2]);a.count(2)
a=deque([1,2,3]);a.reverse();a
a=deque([1,2,3]);a.clear();a
a=deque([1,2,3],5);a.copy()
a=deque([1,2,3],5);b=a.copy();b.append(1);a,b
a=deque([1,2]);a+[3]
a=deque([1,2]);a+deque([3])
a=deque([1,2]);a+=[3];a
a=deque([1,2]);a*2
a=deque([1,2],3);a*2
a=deque([1,2]);a*=2;a
a=deque([1,2]);2*a
deque([1,2])==deque([1,2])
deque([1,2])==[1,2]
deque([1,2])<deque([1,3])
deque([1,2])!=deque([1])
deque([1,2])>=deque([1])
hash(deque())
1 in deque([1])
len(deque([1]))
bool(deque())
list(reversed(deque([1,2,3])))
repr(deque([1],3))
a=deque([1]);a.append(a);a
a=deque([1,2]);a.extend(a);a
a=deque([1,2]);a.extendleft(a);a
deque([1,2]).__len__()
deque([1,2]).__getitem__(0)
deque([1,2]).__contains__(1)
deque([1,2]).__reversed__().__next__()
deque([1,2]).foo
a=deque([1,2],2);a.maxlen=3
class_=1;isinstance(deque(),deque)
sorted(deque([3,1]))
iter(deque([1,2])).__length_hint__()
struct.pack('i',5)
struct.pack('<i',5)
struct.pack('>h',-2)
struct.pack('')
struct.pack('3s',b'ab')
struct.pack('3s',b'abcd')
struct.pack('s',b'')
struct.pack('0s',b'')
struct.pack('c',b'a')
struct.pack('?',True)
struct.pack('?',[])
struct.pack('p',b'abc')
struct.pack('5p',b'abc')
struct.pack('3p',b'abcdef')
struct.pack('xbx',1)
struct.pack('bi',1,2)
struct.pack('=bi',1,2)
struct.pack('bxxh',1,2)
struct.pack('d',1.5)
struct.pack('<f',1.5)
struct.pack('>e',1.5)
struct.pack('f',1e100)
struct.pack('Q',2**64-1)
struct.pack('n',-1)
struct.pack('N',1)
struct.pack('P',5)
struct.pack('2h',1,2)
struct.pack('0i')
struct.pack('b0i',1)
struct.pack(' b  b ',1,2)
struct.pack('b\\n',1)
struct.pack('i',I(5))
struct.pack('l',1)
struct.pack('<l',1)
struct.pack(b'i',1)
struct.pack(5)
struct.pack('!I',1)
struct.pack('@I',1)
struct.calcsize('i')
struct.calcsize('bi')
struct.calcsize('ib')
struct.calcsize('<bi')
struct.calcsize('bq')
struct.calcsize('b0q')
struct.calcsize('')
struct.calcsize('10s2x')
struct.unpack('i',b'\\x05\\x00\\x00\\x00')
struct.unpack('<bh',b'\\x01\\x02\\x00')
struct.unpack('3s',b'abc')
struct.unpack('3c',b'abc')
struct.unpack('2s1s',b'abc')
struct.unpack('4p',b'\\x02abc')
struct.unpack('?',b'\\x02')
struct.unpack('e',b'\\x00\\x3e')
struct.unpack('>d',b'\\x3f\\xf8\\x00\\x00\\x00\\x00\\x00\\x00')
struct.unpack('b',b'\\xff')
struct.unpack('B',b'\\xff')
struct.unpack('Q',b'\\xff'*8)
struct.unpack('q',b'\\xff'*8)
struct.unpack('i',bytearray(4))
struct.unpack('i',memoryview(bytes(4)))
struct.unpack('',b'')
struct.unpack('x',b'a')
struct.unpack_from('h',b'abcd',1)
struct.unpack_from('h',b'abcd',-2)
struct.unpack_from('h',b'abcd',offset=2)
struct.unpack_from('h',buffer=b'abcd',offset=2)
a=bytearray(4);struct.pack_into('h',a,1,5);a
a=bytearray(4);struct.pack_into('h',a,-2,5);a
struct.pack_into('h',b'abcd',0,1)
list(struct.iter_unpack('h',b'abcd'))
s=struct.Struct('<hb');s.pack(1,2)
s=struct.Struct('<hb');s.unpack(b'abc')
s=struct.Struct('<hb');s.size,s.format
s=struct.Struct('<hb');s.unpack_from(b'xabc',1)
s=struct.Struct('<hb');list(s.iter_unpack(b'abcdef'))
s=struct.Struct('<hb');a=bytearray(4);s.pack_into(a,1,1,2);a
struct.Struct('i').__class__.__name__
'''.strip().split('\n'):
    T(s.replace(';', '\n'))
def it(d):
    for x in d: d.append(1)
try: it(deque([1,2]))
except RuntimeError as e: print(e)
def it(d):
    for x in d: d.popleft()
try: it(deque([1,2]))
except RuntimeError as e: print(e)
