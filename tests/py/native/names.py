# Names that are looked up while machine code runs: locals of functions, names of classes and modules.
def numbers(n):
    total, half = 0, 0.5
    for i in range(n):
        total += i
        half *= 2.0
        if i == 3:
            print(sorted(locals().items()))
    del total
    print(sorted(vars()), dir())
    try:
        total
    except NameError as error:
        print(type(error).__name__, sorted(locals()) == ['error', 'half', 'i', 'n'])
    big = half * 1e300
    total = 1 << 62
    return eval('total + n'), eval('big'), eval('[half, i]')


print(numbers(5))


def nested(a, *rest, key=None, **more):
    def inner():
        nonlocal a
        a += 1
        return sorted(locals().items())

    shown = inner(), inner()
    return shown, {k: v for k, v in locals().items() if k != 'inner' and k != 'shown'}


print(nested(1, 2, 3, key=4, z=5))


def handlers():
    seen = []
    for what in (0, 'x', None):
        try:
            try:
                seen.append((1 / what, sorted(locals())))
            except ZeroDivisionError as e:
                seen.append(eval('type(e).__name__'))
            finally:
                last = what
                seen.append(eval('last'))
        except TypeError:
            seen.append(sorted(k for k in locals()))
    return seen


print(handlers())


def waits(n):
    x = n
    while n:
        got = yield eval('x * n')
        if got:
            x = got
        y = [dict(locals())]
        n -= 1
        z = yield from (q for q in y)
        del y
    return sorted(locals())


g = waits(3)
try:
    value = next(g)
    while True:
        print(value)
        value = g.send(7)
except StopIteration as stop:
    print(stop.value)


def called(f, x):
    return f(x)


def direct(x):
    y = x + 1
    return eval('x * y'), len(dir())


print([called(direct, i) for i in range(3)])


def recursive(n):
    here = n * 10
    below = recursive(n - 1) if n else []
    return below + [eval('here')]


print(recursive(4))


def makes(base, names):
    class Made(base):
        first = names
        for name in names:
            first = first + name
        del name
        second = first
        try:
            missing
        except NameError as error:
            text = str(error)[:4]
        got = sorted(k for k in locals() if k[0] != '_')

        def method(self, x=second):
            return self.first, x, super().__str__()[:1]

        if base is object:
            third: int = 3
        else:
            fourth = [base.third, len(names)]

    return Made


one = makes(object, 'ab')
two = makes(one, 'xyz')
print(one.got, two.got)
print(one().method(), two().method('m'), one.third, two.fourth, hasattr(two, 'name'))
try:
    makes(object, 3)
except TypeError as error:
    print('TypeError')


class Raises(Exception):
    pass


def fails():
    class Inner:
        x = 1
        if x:
            raise Raises(x)
    return Inner


try:
    fails()
except Raises as error:
    print('raised', error.args)

count = 0
for i in range(10):
    count += i
    if i % 3 == 0:
        continue
    squared = i * i
print(count, squared, i)
while count:
    count //= 2
    if count == 5:
        break
else:
    print('never')
print(count)
del squared
try:
    squared
except NameError as error:
    print(type(error).__name__)
for word in ('x', 'y'):
    exec(word + ' = 3')
    print(sorted(k for k in globals() if k in ('x', 'y')))
space = {}
exec('total = 0\nfor k in range(4):\n    total += k\ndef f(): return 5\n', space, space)
print(space['total'], space['k'], space['f']())
inner = {}
exec('for a in range(3):\n    b = a\n', {}, inner)
print(sorted(inner.items()))
print(eval('[q for q in range(3)]'), eval('sum(q for q in range(3))'))
