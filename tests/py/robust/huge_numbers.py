# pyrite: oracle=micropython modes=bytecode,native opt=-X opt=heapsize=64M
# Numbers too big for anything: an exception or an answer, at once.
class I:
    def __index__(self): return 10**30
B=10**18
def t(f):
    try:
        f()
    except (ArithmeticError, ValueError, TypeError, LookupError, MemoryError, OSError, AttributeError, RuntimeError, NotImplementedError):
        pass
n=0
L=[1,2,3]
for f in (lambda:'x'*B,lambda:b'x'*B,lambda:[1]*B,lambda:(1,)*B,lambda:bytearray(B),lambda:bytes(B),lambda:bytearray(b'x')*B,
 lambda:1<<10**9*100, lambda: 1<<B, lambda:1<<10**30, lambda:1>>10**30, lambda:-1>>10**30,lambda:(1<<100)>>B,
 lambda:'%1000000000000d'%1, lambda:'%*d'%(B,1), lambda:'%.*f'%(B,1.0), lambda:'%.1000000000000f'%1, lambda:'{:1000000000000}'.format(1), lambda:'{:.1000000000000}'.format(1.0), lambda:'{:.99999999999999999999999999}'.format(1.0),lambda:'%99999999999999999999999999d'%1,
 lambda:'{:>1000000000000}'.format('a'), lambda:f'{1:{B}}', lambda:'{99999999999999999999}'.format(1),
 lambda:'a'.center(B), lambda:'ab'*(B*B), lambda:[1]*(B*B), lambda:bytearray(B*B), lambda:bytearray(-1), lambda:bytes(-1),
 lambda:range(B)[B-1], lambda:len(range(B)), lambda:len(range(B*B)), lambda:range(B*B)[5], lambda:list(range(B)), lambda:tuple(range(B)),
 lambda:L[B], lambda:L[B*B], lambda:L[I()], lambda:L[-B*B:B*B], lambda:L[::B], lambda:L[::B*B], lambda:L[::-B*B],
 lambda:'abc'[B*B:], lambda:'abc'[::B*B],lambda:b'abc'[-B*B:],
 lambda:10**10**7//0, lambda:pow(10,B), lambda:pow(2,10**30), lambda:pow(7,B,13), lambda:0**B, lambda:1**B, lambda:(-1)**B, lambda:2**-B,
 lambda:2.0**B, lambda:float(10**400), lambda:int('9'*5000)%7, lambda:int(1e308)%7, lambda:int(float('inf')), lambda:int(float('nan')),
 lambda:'9'*5000<'1', lambda:str(7**3000)[:5], lambda:hash(10**100)==hash(10**100), lambda:(10**100).to_bytes(B,'big'), lambda:(1).to_bytes(10**30,'big'),lambda:(1).to_bytes(-1,'big'),
 lambda:int.from_bytes(b'a'*1000,'little')%5, lambda:round(1.5,B), lambda:round(15,-B), lambda:round(1.5,-B),lambda:round(1,B*B),
 lambda:'a'.join(['b'*1000]*1000)[:3], lambda:'abc'.replace('','x'*10)[:5], lambda:'abc'.split('b',B), lambda:'abc'.replace('b','c',B*B), lambda:chr(B), lambda:chr(-1), lambda:chr(0x110000),
 lambda:sum(range(10**5)), lambda:divmod(B*B,0), lambda:(1<<70)//(-1), lambda:-(-1<<62), lambda:(1<<62)-1+1, lambda:abs(-(1<<62)), lambda:(-1<<63)//-1, lambda:(-1<<62)//-1, lambda:(-1<<62)%-1, lambda: divmod(-1<<62,-1),
 lambda:int('1'*40,36)%3, lambda:int('z',37), lambda:int('1',-1), lambda:int('1',10**30), lambda:bytearray(3)[B:], lambda:memoryview(b'abc')[B:], lambda:memoryview(bytearray(4))[::B],
 lambda:slice(B*B,B*B,B*B).indices(5), lambda:slice(None,None,0).indices(5), lambda:'abc'.find('b',-B*B,B*B), lambda:'abc'.startswith('a',B*B), lambda:'abc'.count('',B), lambda:L.index(1,-B*B,B*B), lambda:L.insert(B*B,1), lambda:L.insert(-B*B,1), lambda:L.pop(B*B), lambda:L.pop(-B),
 lambda:setattr(L,'a'*100000,1), lambda:getattr(L,'b'*100000), lambda:type('x'*100000,(),{}), lambda:eval('1+'*3000+'1'), lambda:complex(1e308,1e308)**3, lambda: 1j**B, lambda: 0j**-1, lambda:1e308*10, lambda:1e308**2, lambda:(-8)**0.5, lambda:0.0**-1, lambda: 5%0.0, lambda:5.0//0.0, lambda:divmod(5.0,0.0),
 lambda:__import__('struct').pack('9999999999999999999i',1), lambda:__import__('struct').calcsize('999999999999999999s'),lambda:__import__('struct').calcsize('99999999999999999999999q'), lambda:__import__('struct').pack('1000000000000s',b'a'), lambda:__import__('struct').unpack('100000000000x',b'a'), lambda:__import__('struct').unpack_from('i',b'abcd',B), lambda:__import__('struct').unpack_from('i',b'abcd',-B),lambda:__import__('struct').pack_into('i',bytearray(4),B*B,1),
 lambda:__import__('array').array('i',[1])*B, lambda:__import__('array').array('i',range(10)).extend(b'abc'), lambda:__import__('collections').deque((),B), lambda:__import__('collections').deque((),B*B),lambda:__import__('collections').deque((),-1), lambda:__import__('io').BytesIO(b'abc').seek(B), lambda:__import__('io').BytesIO(B), lambda:__import__('io').StringIO('abc').read(B), lambda:__import__('math').ldexp(1.0,B), lambda:__import__('math').ldexp(1.0,B*B), lambda:__import__('time').gmtime(B), lambda:__import__('time').localtime(-B),lambda:__import__('time').mktime((B,1,1,1,1,1,1,1,1)), lambda:__import__('time').mktime((1,B,B,B,B,B,B,B,B)),lambda:__import__('time').ticks_add(B,B),lambda:__import__('time').ticks_diff(-B,B*B),lambda:__import__('time').gmtime(1e30), lambda:__import__('time').sleep(-1), lambda:__import__('time').sleep_ms(-5),
 lambda:__import__('micropython').alloc_emergency_exception_buf(B), lambda:__import__('gc').threshold(B*B), lambda:__import__('sys').exc_info(), lambda:enumerate([],B*B), lambda:list(enumerate([1,2],(1<<62)-1)), lambda:list(range((1<<62)-3,(1<<62)+3,2)), lambda:list(range(-(1<<62)+1,-(1<<62)-5,-2)), lambda:list(range(0,1<<62,1<<61)), lambda:[i for i in range((1<<62)-2,(1<<62)-1,5)], lambda:range(5,B*B,B), lambda:range(0,10,B)[0], lambda:range(1<<61,1<<62,1<<61)[-1], lambda:sum([1<<62]*4), lambda:range(10)[B*B:], lambda:range(10)[::-B], lambda:reversed(range(B)),lambda:min(range(0)), lambda:'%c'%B, lambda:'%c'%-1, lambda:'%x'%-B, lambda:'{:c}'.format(B), lambda:'{:,}'.format(10**50), lambda:'{:e}'.format(10**400), lambda:'%f'%10**400,lambda:'%e'%1e-320,lambda:'%.300f'%1e300, lambda:'%.17g'%1e-310, lambda:repr(5e-324)):
    n+=1
    t(f)
print(n, 'survived')
