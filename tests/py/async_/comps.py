# Asynchronous comprehensions and generator expressions.
class Wait:
    def __init__(self, v): self.v = v
    def __await__(self):
        got = yield self.v
        return self.v
class Count:
    def __init__(self, n): self.i, self.n = 0, n
    def __aiter__(self): return self
    async def __anext__(self):
        if self.i >= self.n: raise StopAsyncIteration
        self.i += 1
        await Wait('w%d' % self.i)
        return self.i
async def agen(n):
    for i in range(n):
        await Wait('g%d' % i)
        yield i
def run(c):
    seen = []
    try:
        while 1: seen.append(c.send(None))
    except StopIteration as e: return seen, e.value
async def double(x): return x * 2
async def ident(x):
    await Wait('i')
    return x
async def m1(): return [x async for x in Count(3)]
async def m2(): return {x: y async for x in Count(2) async for y in agen(2)}
async def m3(): return {x + y async for x in Count(2) for y in range(3) if y}
async def m4(): return [await double(x) for x in range(3)]
async def m5(): return [x for x in range(5) if await ident(x % 2)]
async def m6(): return [[y async for y in agen(x)] for x in range(3)]
async def m7():
    g = (x * 10 async for x in Count(3) if x != 2)
    print(type(g).__name__)
    return [x async for x in g]
async def m8():
    g = (await double(x) for x in range(3))
    print(type(g).__name__)
    return [x async for x in g]
async def m9(): return [x for x in await ident([1, 2])]
async def m10():
    k = 5
    return [(x, k, lambda: k) async for x in Count(1)][0][:2]
async def m11():
    r = []
    async for x in Count(5):
        if x == 2: continue
        if x == 4: break
        r.append(x)
    else: r.append('else')
    async for x in agen(2): r.append(x)
    else: r.append('else')
    return r
async def m12():
    try:
        return [1 / (x - 1) async for x in Count(3)]
    except ZeroDivisionError as e: return "ZDE"
async def m13(): return [i async for x in Count(2) async for i in agen(x) if i < 5 if await ident(1)]
async def m14(): return list([x for x in [y async for y in Count(2)]])
async def m15(): return [(last := x) async for x in Count(3)], last
for m in (m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11, m12, m13, m14, m15):
    print(m.__name__, run(m()))

# yield of values received and try/finally across steps
async def echo():
    got = None
    try:
        while True:
            try:
                got = yield got
            except ValueError as e:
                got = ('caught', e.args)
    finally:
        await Wait('cleanup')
        print('closed')
async def drive():
    e = echo()
    print(await e.asend(None), await e.asend(1), await e.asend(2))
    print(await e.athrow(ValueError(7)))
    print(await e.athrow(ValueError, 8) if 0 else None)
    await e.aclose()
    return 'done'
print(run(drive()))
async def early():
    async for x in agen(3):
        if x: return x
c = early()
print(run(c))
class CM:
    def __init__(self, quiet): self.quiet = quiet
    async def __aenter__(self):
        await Wait('enter')
        return self
    async def __aexit__(self, t, v, tb):
        await Wait('exit')
        print('exit', t and t.__name__, v)
        return self.quiet
async def w(n):
    for i in range(3):
        async with CM(n == 0) as a, CM(n == 1) as b:
            if n < 2: raise KeyError(n)
            if n == 2: return 'ret'
            if n == 3: break
            if n == 4: continue
    return 'end'
BaseException_ = BaseException
BaseException = 5  # not what the statements look at
for n in range(6): print(n, run(w(n)))
async def nested_gen():
    async def inner():
        yield 1
        yield 2
    async for i in inner():
        async for j in inner():
            yield i, j
async def m(): return [x async for x in nested_gen()]
print(run(m()))
