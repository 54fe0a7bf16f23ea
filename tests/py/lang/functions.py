# pyrite: board oom
# Parameters of every kind, and the ways to call them.
def plain(a, b):
    return a, b


def defaults(a, b=2, c=3):
    return a, b, c


def star(*args):
    return args


def stars(a, *rest, **named):
    return a, rest, sorted(named.items())


def keyword_only(a, *, b, c=4):
    return a, b, c


def all_kinds(a, b=2, *rest, c, d=5, **named):
    return a, b, rest, c, d, sorted(named.items())


print(plain(1, 2), plain(b=1, a=2), plain(1, b=5), plain(*(3, 4)), plain(**{"a": 1, "b": 9}))
print(defaults(1), defaults(1, 5), defaults(1, c=6), defaults(a=0, c=1, b=2))
print(star(), star(1), star(1, 2, 3), star(*[1, 2], *(3,), *range(2)))
print(stars(1), stars(1, 2, 3), stars(1, x=2, y=3), stars(1, 2, z=0, **{"y": 8}))
print(keyword_only(1, b=2), keyword_only(1, c=5, b=6))
print(all_kinds(1, c=3), all_kinds(1, 9, 8, 7, c=3, e=6, d=0), all_kinds(*[1, 2], **{"c": 1, "q": 2}))
nothing_to_call = None
wrong = (
    lambda: plain(1),
    lambda: plain(1, 2, 3),
    lambda: plain(1, a=2),
    lambda: plain(1, c=2),
    lambda: keyword_only(1),
    lambda: keyword_only(1, 2),
    lambda: defaults(),
    lambda: nothing_to_call(),
    lambda: star(**{"a": 1}),
)
for call in wrong:
    try:
        print(call())
    except TypeError as e:
        print("TypeError")


def evaluated_once(a, seen=[]):
    seen.append(a)
    return seen


print(evaluated_once(1), evaluated_once(2), evaluated_once(3, []), evaluated_once(4))


def nothing():
    pass


def early(x):
    if x:
        return
    return 1


print(nothing(), early(0), early(1))
add = lambda a, b=10, *c: a + b + sum(c)
print(add(1), add(1, 2), add(1, 2, 3, 4))


def fact(n):
    return 1 if n < 2 else n * fact(n - 1)


print(fact(10), (lambda n: n * 2)(4))


def annotated(a: int, b: "text" = 3, *c: list, d: dict = None, **e) -> str:
    return a, b, c, d, e


print(annotated(1), annotated(1, 2, 3, d=4, f=5))


def order(x):
    print("eval", x)
    return x


star(order(1), order(2), *[order(3)])
print(order(4) + order(5) * order(6), [order(7), order(8)][order(0)])
