# Asynchronous generators, coroutines and what is wrong with their use.
def run(c):
    try:
        while 1: print('  y', c.send(None))
    except StopIteration as e: return e.value
def t(c):
    try: print('->', run(c))
    except BaseException as e: print('!!', type(e).__name__, e, '|', type(e).__name__ == 'RuntimeError' and repr(e.__cause__))
async def g():
    try:
        yield 1
        yield 2
    finally: print('fin')
async def m():
    a = g()
    print([x async for x in a])
    for k in range(2):
        try: print(await a.aclose())
        except BaseException as e: print('aclose', repr(e))
    try: print(await a.athrow(ValueError(1)))
    except BaseException as e: print('athrow', repr(e))
    try: print(await a.asend(1))
    except BaseException as e: print('asend', repr(e))
    a = g()
    try: print(await a.athrow(ValueError(1)))
    except BaseException as e: print('athrow', repr(e))
    try: print(await a.__anext__())
    except BaseException as e: print('anext', repr(e))
    a = g()
    await a.aclose()
    try: print(await a.__anext__())
    except BaseException as e: print('anext', repr(e))
    a=g()
    await a.__anext__()
    s=a.__anext__()
    s2=a.__anext__()
    print(await s)
    try: await s
    except BaseException as e: print('reuse', repr(e))
    try: await s2
    except BaseException as e: print('s2', repr(e))
    c=a.aclose()
    try: await c
    except BaseException as e: print('c', repr(e))
    try: await c
    except BaseException as e: print('c', repr(e))
t(m())
async def ig():
    try: yield 1
    except GeneratorExit: yield 2
async def m():
    a=ig(); await a.__anext__()
    await a.aclose()
t(m())
async def st():
    yield 1
    raise StopAsyncIteration
async def m():
    async for x in st(): print(x)
t(m())
async def st():
    yield 1
    raise StopIteration
t(m())
async def co(): raise StopIteration(3)
t(co())
c=co()
t(c); t(c)
async def co(): pass
c=co(); t(c); t(c); c.close()
try: c.throw(ValueError)
except BaseException as e: print(repr(e))
async def m(): await 3
t(m())
async def m():
    async for x in 3: pass
t(m())
class A:
    def __aiter__(self): return 3
async def m():
    async for x in A(): pass
t(m())
class A:
    def __aiter__(self): return self
    def __anext__(self): return 3
t(m())
class A:
    def __await__(self): return 3
async def m(): await A()
t(m())
async def m(): await A()
c=m()
try: c.send(3)
except BaseException as e: print(repr(e))
a=g()
try: a.asend(3).send(None)
except BaseException as e: print(repr(e))
s=a.__anext__()
try: s.throw(ValueError)
except BaseException as e: print(repr(e))
try: s.throw(ValueError)
except BaseException as e: print(repr(e))
try: s.send(None)
except BaseException as e: print(repr(e))
async def m():
    a=aiter(g())
    print(await anext(a), await anext(a,5), await anext(a,6))
    try: await anext(a)
    except StopAsyncIteration as e: print(repr(e))
t(m())
try: aiter(3)
except TypeError as e: print(e)
try: anext(3)
except TypeError as e: print(e)
print(type(g()).__name__, type(g().__anext__()).__name__, type(anext(g(),3)))
def gg():
    yield 1
    raise StopIteration
try: list(gg())
except RuntimeError as e: print(e, repr(e.__cause__), repr(e.__context__))
def gg():
    yield from x
x=gg()
try: next(x)
except ValueError as e: print(e)
async def cc(): await y
y=cc()
try: y.send(None)
except Exception as e: print(repr(e))
