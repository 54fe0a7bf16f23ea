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
G.update(I=I)
for s in '''a=bytearray(b'abc');a[0]=120;a
a=bytearray(b'abc');a[0]='a';a
a=bytearray(b'abc');a[0]=b'a';a
a=bytearray(b'abc');a[0]=I(65);a
a=bytearray(b'abc');a[9]=1;a
a=bytearray(b'abc');a['x']=1;a
a=bytearray(b'abc');a[1:2]=b'xyz';a
a=bytearray(b'abc');a[1:2]=[1,2,3];a
a=bytearray(b'abc');a[1:2]=(1,2);a
a=bytearray(b'abc');a[1:2]=range(3);a
a=bytearray(b'abc');a[1:1]=a;a
a=bytearray(b'abcdef');a[::2]=b'xyz';a
a=bytearray(b'abcdef');a[::2]=b'xy';a
a=bytearray(b'abcdef');a[::-1]=b'123456';a
a=bytearray(b'abcdef');a[::2]=[1,2,3];a
a=bytearray(b'abcdef');a[1:3]=memoryview(b'12345');a
a=bytearray(b'abcdef');a[1:3]=[300];a
a=bytearray(b'abcdef');a[10:]=b'x';a
a=bytearray(b'abcdef');a[5:2]=b'x';a
a=bytearray(b'abcdef');del a[0];a
a=bytearray(b'abcdef');del a[9];a
a=bytearray(b'abcdef');del a[1:3];a
a=bytearray(b'abcdef');del a[::2];a
a=bytearray(b'abcdef');del a[::-2];a
a=bytearray(b'abcdef');del a[4:0:-3];a
a=bytearray(b'abcdef');del a[:];a
a=bytearray(b'abc');a.append(65);a
a=bytearray(b'abc');a.append('a');a
a=bytearray(b'abc');a.extend(b'de');a
a=bytearray(b'abc');a.extend([1,2]);a
a=bytearray(b'abc');a.extend([1,300]);a
a=bytearray(b'abc');a.extend(5);a
a=bytearray(b'abc');a.extend(a);a
a=bytearray(b'abc');a.extend(x for x in (1,2));a
a=bytearray(b'abc');a.insert(1,65);a
a=bytearray(b'abc');a.insert(-100,65);a
a=bytearray(b'abc');a.insert(100,65);a
a=bytearray(b'abc');a.pop()
a=bytearray(b'abc');a.pop(0)
a=bytearray(b'abc');a.pop(9)
a=bytearray(b'');a.pop()
a=bytearray(b'abc');a.remove(98);a
a=bytearray(b'abc');a.remove(5);a
a=bytearray(b'abc');a.remove(b'a');a
a=bytearray(b'abc');a.reverse();a
a=bytearray(b'abc');a.clear();a
a=bytearray(b'abc');b=a.copy();b.append(1);a,b
a=bytearray(b'abc');a+=b'd';a
a=bytearray(b'abc');a+=[1];a
a=bytearray(b'abc');a*=2;a
a=bytearray(b'abc');a*=0;a
a=bytearray(b'abc');a*='a';a
a=bytearray(b'abc');a==b'abc'
a=bytearray(b'abc');m=memoryview(a);a.extend(b'')
a=bytearray(b'abc');m=memoryview(a);del a[0]
a=bytearray(b'abc');m=memoryview(a);a[0]=1;a
a=bytearray(b'abc');m=memoryview(a);a[0:2]=b'xy';a
a=bytearray(b'abc');m=memoryview(a);a+=b'x'
a=bytearray(b'abc');m=memoryview(a);a*=2
a=bytearray(b'abc');m=memoryview(a);a.reverse();a
a=bytearray(b'abc');m=memoryview(a);m.release();a.append(1);a
a=bytearray(b'abc');m=memoryview(a);n=m[1:];m.release();n.release();a.append(1);a
a=bytearray(b'abc');it=iter(a);next(it);a.append(100);list(it)
a=bytearray(b'abc');it=iter(a);list(it);a.append(100);list(it)
a=bytearray(b'abc');a.__iadd__(b'd');a
a=bytearray(b'abc');a.__setitem__(0,65);a
a=bytearray(b'abc');a.__delitem__(0);a
a=bytearray(b'abc');a.index(98)
m=memoryview(b'abc');m[0]
m=memoryview(b'abc');m[5]
m=memoryview(b'abc');m['a']
m=memoryview(b'abc');m[0]=1
m=memoryview(bytearray(b'abc'));m[0]=1;bytes(m)
m=memoryview(bytearray(b'abc'));m[0]=300
m=memoryview(bytearray(b'abc'));m[0]='a'
m=memoryview(bytearray(b'abc'));m[0:2]=b'xy';bytes(m)
m=memoryview(bytearray(b'abc'));m[0:2]=b'xyz'
m=memoryview(bytearray(b'abcdef'));m[::2]=b'xyz';bytes(m)
m=memoryview(bytearray(b'abc'));m[0:2]=[1,2]
m=memoryview(bytearray(b'abc'));del m[0]
m=memoryview(b'abcdef');bytes(m[1:4])
m=memoryview(b'abcdef');bytes(m[::2])
m=memoryview(b'abcdef');bytes(m[::-1])
m=memoryview(b'abcdef');m[::2].tolist()
m=memoryview(b'abcdef');m[::2][1:].tolist()
m=memoryview(b'abcdef');m[::2].strides
m=memoryview(b'abc');m.format,m.itemsize,m.nbytes,m.ndim,m.shape,m.strides,m.readonly
m=memoryview(b'abc');m.suboffsets
m=memoryview(b'abc');m.c_contiguous,m.f_contiguous,m.contiguous
m=memoryview(b'abc')[::2];m.c_contiguous,m.f_contiguous,m.contiguous
m=memoryview(b'abc');m.obj
m=memoryview(b'abc');m.tobytes()
m=memoryview(b'abc');m.tobytes('C')
m=memoryview(b'abc');m.tolist()
m=memoryview(b'abc');m.hex()
m=memoryview(b'abc');m.hex(':')
m=memoryview(b'abc');len(m)
m=memoryview(b'abc');m==b'abc'
m=memoryview(b'abc');m==bytearray(b'abc')
m=memoryview(b'abc');m=='abc'
m=memoryview(b'abc');m!=b'abc'
m=memoryview(b'abc');m==memoryview(b'abc')
m=memoryview(b'abc');m==memoryview(b'abcabc')[:3]
m=memoryview(b'abc');hash(m)==hash(b'abc')
m=memoryview(bytearray(b'abc'));hash(m)
m=memoryview(b'abc');97 in m
m=memoryview(b'abc');list(m)
m=memoryview(b'abc');list(reversed(m))
m=memoryview(b'abc');m.release();m[0]
m=memoryview(b'abc');m.release();len(m)
m=memoryview(b'abc');m.release();m.tobytes()
m=memoryview(b'abc');m.release();m.release()
m=memoryview(b'abc');m.release();m.format
m=memoryview(b'abc');m.toreadonly().readonly
m=memoryview(bytearray(b'abc')).toreadonly();m[0]=1
m=memoryview(b'abcdefgh');m.cast('H').tolist()
m=memoryview(b'abcdefgh');m.cast('I').tolist()
m=memoryview(b'abcdefgh');m.cast('Q').tolist()
m=memoryview(b'abcdefgh');m.cast('b').tolist()
m=memoryview(b'abcdefgh');m.cast('c').tolist()
m=memoryview(b'abcdefgh');m.cast('c')[0]
m=memoryview(b'abcdefgh');m.cast('?').tolist()
m=memoryview(b'abcdefgh');m.cast('d').itemsize
m=memoryview(b'abcdefgh');m.cast('f').nbytes
m=memoryview(b'abcdefg');m.cast('H')
m=memoryview(b'abcdefgh');m.cast('H').cast('B').cast('I').tolist()
m=memoryview(b'abcdefgh');m.cast('z')
m=memoryview(b'abcdefgh');m.cast('H').shape
m=memoryview(b'abcdefgh');m.cast('H').format
m=memoryview(b'abcdefgh');m.cast(format='H').format
m=memoryview(b'abcdefgh')[::2];m.cast('H')
m=memoryview(bytearray(b'abcdefgh')).cast('H');m[0]=65535;m.tobytes()
m=memoryview(bytearray(b'abcdefgh')).cast('H');m[0]=65536
m=memoryview(bytearray(b'abcdefgh')).cast('b');m[0]=-1;m.tobytes()
m=memoryview(5)
m=memoryview('abc')
m=memoryview([1])
m=memoryview()
m=memoryview(object=b'abc');m[0]
memoryview(memoryview(b'abc'))[0]
memoryview(bytearray(b'abc'))==b'abc'
b'abc'==memoryview(b'abc')
bytes(memoryview(b'abc'))
memoryview(b'')[0:0].tolist()
memoryview(b'abc').__len__()
memoryview(b'abc').__getitem__(0)
memoryview(b'abc')[...]
with_=None;m=memoryview(b'abc');m.__enter__() is m
bytearray(memoryview(b'abc')[1:])
memoryview(b'abc')+b'd'
'''.strip().split('\n'):
    T(s.replace(';', '\n'))
