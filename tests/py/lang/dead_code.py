# What never runs still says what names are, and whether a function is a generator.
def f():
    if 0:
        yield 1


print(list(f()))


def g():
    x = 0 and (y := 1)
    try:
        return y
    except NameError:
        return x, "unbound"


print(g())


def h():
    while 0:
        z = 1
    try:
        return z
    except UnboundLocalError:
        return "unbound"


print(h())


def outer():
    if 0:
        u = v = 1
    elif 1:
        t = 2
    else:
        w = 1

        def w2():
            nonlocal t
            t = 5

    def inner():
        nonlocal u, w
        u = 2
        w = u + t
        return w

    inner()
    return u, w


print(outer())


def conditional():
    if 1:
        return 3
    elif q := 4:
        pass
    try:
        q
    except NameError:
        pass


print(conditional())


def shadowed():
    if False:
        len = 1
    try:
        return len("a")
    except UnboundLocalError:
        return "unbound"


print(shadowed())


def asserted():
    assert 1 or (yield)


print(list(asserted()))


def chain():
    return 1 or [a for a in b] or (lambda: c)


print(chain(), chain.__code__.co_name)

if 0:
    class Never:
        pass
    import nothing_of_this_name
while False:
    from nowhere import anything
print("Never" in globals(), "nothing_of_this_name" in globals())
