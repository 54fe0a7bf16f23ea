# pyrite: oracle=micropython oom board
# try, with, generators and exceptions in native code.
import micropython


@micropython.native
def order(n):
    log = []
    for i in range(n):
        try:
            log.append(i)
            if i == 1:
                raise ValueError(i)
            if i == 2:
                continue
            if i == 4:
                break
            if i == 3:
                [][i]
        except ValueError as e:
            log.append("V%s" % e)
        except (IndexError, KeyError):
            log.append("I")
        else:
            log.append("else")
        finally:
            log.append("f")
    return log


print(order(6))


@micropython.native
def nested(k):
    try:
        try:
            if k == 0:
                return "plain"
            if k == 1:
                raise KeyError("k")
            1 // 0
        finally:
            k += 10
            if k == 13:
                return "replaced"
    except KeyError:
        return "key", k
    except ZeroDivisionError:
        return "zero", k


print(nested(0), nested(1), nested(2), nested(3))


@micropython.native
def raises(e):
    raise e


for e in (ValueError, ValueError(1), KeyError("x")):
    try:
        raises(e)
    except Exception as got:
        print(type(got).__name__, got.args)


class M:
    def __init__(self, log):
        self.log = log

    @micropython.native
    def __enter__(self):
        self.log.append("in")
        return self

    @micropython.native
    def __exit__(self, kind, value, trace):
        self.log.append(kind and kind.__name__)
        return kind is KeyError


@micropython.native
def managed(k):
    log = []
    with M(log) as m:
        log.append(m.log is log)
        if k:
            raise KeyError
    with M(log), M(log):
        pass
    return log


print(managed(0), managed(1))


@micropython.native
def gen(n):
    got = 0
    try:
        while got < n:
            got = yield got + 1
    finally:
        print("closed")
    return "end"


g = gen(5)
print(next(g), g.send(2), g.send(3))
try:
    g.send(9)
except StopIteration as e:
    print(e.value)
g = gen(5)
next(g)
g.close()


@micropython.native
def delegating(n):
    r = yield from gen(n)
    yield r


print(list(delegating(0)))


@micropython.native
def expr(n):
    return sum(x * x for x in range(n)), [x for x in range(n) if x & 1], {x: -x for x in range(2)}


print(expr(5))


@micropython.native
def many(a, b, c, d, e, f, g, h, i, j):
    x = a + b
    y = c + d
    z = e + f
    w = g + h
    v = i + j
    try:
        x = v + w
        y = None + 1
    except TypeError:
        z = x + 1
    return x, y, z, w, v, a, j


print(many(1, 2, 3, 4, 5, 6, 7, 8, 9, 10))
