# pyrite: board
# for ... in range(...) as a machine loop keeps Python's rules.
try:
    import micropython
except ImportError:

    class micropython:
        @staticmethod
        def native(f):
            return f


@micropython.native
def loop(a, b, s):
    out = []
    for i in range(a, b, s):
        out.append(i)
    return out


for args in ((0, 5, 1), (5, 0, -1), (0, 10, 3), (10, 0, -4), (3, 3, 1), (5, 3, 1), (-3, 3, 2), (0, -5, -2), (2**61, 2**61 + 3, 1)):
    print(args, loop(*args))
for bad in ((0, 5, 0), (0, "a", 1), (0.5, 2, 1), (None, 1, 1)):
    try:
        print(loop(*bad))
    except (ValueError, TypeError) as e:
        print(bad, type(e).__name__)


@micropython.native
def assigned_inside(n):
    out = []
    for i in range(n):
        out.append(i)
        i = i * 100
        n = 0
    return out, i, n


@micropython.native
def empty_keeps(i):
    for i in range(0):
        pass
    return i


@micropython.native
def after(n):
    for i in range(n):
        if i == 3:
            break
    else:
        return "else", i
    return "broke", i


@micropython.native
def nested(n):
    total = 0
    for i in range(n):
        for j in range(i, n):
            for k in range(j, i, -1):
                total += i * 100 + j * 10 + k
    return total


@micropython.native
def unknown_kind(x):
    total = 0
    for i in x:
        total = total + i
    return total


@micropython.native
def own_range(n):
    return [i for i in range(n)]


print(assigned_inside(3), empty_keeps("kept"), after(3), after(10), nested(5))
print(unknown_kind(range(5)), unknown_kind([1, 2.5]), unknown_kind((1, 2)), unknown_kind(x for x in range(4)), unknown_kind({1: 2}), unknown_kind(b"ab"))
try:
    unknown_kind(5)
except TypeError:
    print("TypeError")
range = lambda n: "ab"
print(own_range(3))
del range
print(own_range(3))


@micropython.native
def unbound(n):
    for i in range(n):
        pass
    try:
        return i
    except NameError:
        return "unbound"


print(unbound(0), unbound(2))
