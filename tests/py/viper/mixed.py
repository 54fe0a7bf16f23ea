# pyrite: oracle=micropython board
# viper: objects, exceptions, globals, methods and loops over objects in the same function.
import micropython

LIMIT = 3
table = [1, 2, 3]


@micropython.viper
def uses_globals(n: int) -> int:
    global LIMIT
    total = 0
    for x in table:
        total += int(x) * n
    LIMIT = total
    return total


print(uses_globals(5), LIMIT)


@micropython.viper
def catches(x) -> int:
    result = 1
    try:
        x.missing
    except AttributeError:
        result = 2
    finally:
        print("finally")
    return result


print(catches(5))


@micropython.viper
def raises(n: int) -> int:
    if n > 2:
        raise ValueError("too big")
    return n


print(raises(1))
try:
    raises(5)
except ValueError as e:
    print(e)


class C:
    @micropython.viper
    def method(self, k: int) -> int:
        return int(self.v) + k


c = C()
c.v = 10
print(c.method(5))


@micropython.viper
def builds(n: int):
    l = []
    d = {}
    for i in range(n):
        l.append(i * i)
        d[i] = str(i)
    t = (n, l)
    return t, sorted(d.items()), len(l)


print(builds(4))


@micropython.viper
def many(a: int, b: int, c: int, d: int, e: int) -> int:
    return a + b * 2 + c * 3 + d * 4 + e * 5


print(many(1, 2, 3, 4, 5), many(-1, -2, -3, -4, -5))


@micropython.viper
def strings(s) -> object:
    out = ""
    for ch in s:
        out = ch + out
    return out


print(strings("abc"))


@micropython.viper
def const_loops() -> int:
    total = 0
    for i in range(10):
        if i == 3:
            continue
        if i == 8:
            break
        total += i
    else:
        total = 1000
    for i in range(0):
        total = 0
    for i in range(10, 0, -3):
        total += i
    return total


print(const_loops())
