# A generator that is dropped while it waits in `try` or `with` is closed when it is collected.
import gc
log = []
def gen(n):
    try:
        yield 1
        yield 2
    finally:
        log.append(n)
class CM:
    def __enter__(self): return self
    def __exit__(self, *a): log.append(('exit', a[0] and a[0].__name__))
def gw():
    with CM():
        yield 1
async def co(n):
    try: await Pause()
    finally: log.append(('co', n))
class Pause:
    def __await__(self): yield
def bad():
    try: yield
    finally: raise ValueError
def use(n):
    # in a frame of its own and many times over: the collector is conservative
    if n == 0: return
    g = gen(n); next(g)
    g = gen(-n)  # never started: nothing to clean up
    g = gw(); next(g)
    c = co(n); c.send(None)
    def deep():
        yield from gen(100 + n)
    g = deep(); next(g)
    use(n - 1)
def churn(n):
    x = [n, n, n]
    if n: churn(n - 1)
use(8)
for i in range(3):
    churn(20)
    gc.collect()
    [0 for i in range(10)]
for i in range(10): pass
have = set(x for x in log if isinstance(x, int))
print(len([x for x in have if 0 < x < 100]) >= 4, len([x for x in have if x > 100]) >= 4, min(have) > 0)
print(sum(1 for x in log if x == ('exit', 'GeneratorExit')) >= 4, sum(1 for x in log if isinstance(x, tuple) and x[0] == 'co') >= 4)
print(log.count(1) <= 1)
# one that finished, or is alive, is not closed
del log[:]
def done():
    for x in gen(1): pass
    return gen(2)
alive = done(); next(alive)
gc.collect()
print(log)
alive.close(); alive.close()
print(log)
