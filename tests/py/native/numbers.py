# pyrite: oracle=micropython oom board
# Arithmetic in native code where it leaves the small integers, meets floats, or meets what cannot be added.
import micropython


@micropython.native
def ops(a, b):
    out = []
    out.append(a + b)
    out.append(a - b)
    out.append(a * b)
    out.append(a // b)
    out.append(a % b)
    out.append(a / b)
    out.append(-a)
    return out


for a, b in ((7, 2), (-7, 2), (7, -2), (2**62, 3), (-(2**62), 3), (2**61, 2**61), (4611686018427387903, 1), (-4611686018427387904, -1), (1.5, 2), (3, 0.5), (2**80, 7)):
    print(a, b, ops(a, b))


@micropython.native
def bits(a, b):
    return a & b, a | b, a ^ b, ~a, a << 3, a >> 1


for a, b in ((12, 10), (-12, 10), (2**62, 2**61), (2**70, -1), (0, 0)):
    print(bits(a, b))


@micropython.native
def shifts(a):
    return [a << n for n in (0, 1, 40, 61, 62, 63, 64, 100)], [a >> n for n in (0, 1, 40, 62, 63, 64, 100)]


print(shifts(1), shifts(-1), shifts(3), shifts(2**65))


@micropython.native
def loop_over(n):
    total = 1
    for i in range(1, n):
        total *= i
    return total


print(loop_over(30))


@micropython.native
def mixed(n):
    x = 0
    for i in range(n):
        if i == n // 2:
            x = x + 0.5
        x += i
    return x


print(mixed(10), mixed(3))


@micropython.native
def fail(kind, a, b):
    if kind == 0:
        return a + b
    if kind == 1:
        return a // b
    if kind == 2:
        return a << b
    if kind == 3:
        return a < b
    return a[b]


for args in ((0, 1, "a"), (1, 1, 0), (1, 1.0, 0), (2, 1, -1), (3, 1, "a"), (4, [1], 5), (4, 1, 0), (4, {}, "k")):
    try:
        print(fail(*args))
    except (TypeError, ZeroDivisionError, ValueError, IndexError, KeyError) as e:
        print(args, type(e).__name__)


@micropython.native
def augmented(l, o):
    l[0] += 1
    l[1] *= 2.5
    l[2] -= 2**62
    l[3] //= 3
    l[4] |= 8
    o.x **= 2
    return l, o.x


class O:
    x = 7


print(augmented([4611686018427387903, 2, -(2**62), 100, 3], O()))


@micropython.native
def edges():
    big = 4611686018427387903
    small = -4611686018427387904
    return big + 1, small - 1, big * 2, -small, abs(small), big - small, small // -1, (big + 1) - 1 == big


print(edges())
