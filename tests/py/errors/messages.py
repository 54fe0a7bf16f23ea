# pyrite: oracle=pyrite
# The texts of errors are part of what programs and people see.
def message(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e.args)


def two(a, b):
    pass


def only(*, k):
    pass


class C:
    pass


message(lambda: 1 + "a")
message(lambda: "a" + 1)
message(lambda: None + None)
message(lambda: 1 < "a")
message(lambda: -"a")
message(lambda: ~1.5)
message(lambda: 1 // 0)
message(lambda: 1 % 0)
message(lambda: 1.0 / 0)
message(lambda: [1][5])
message(lambda: (1,)[5])
message(lambda: "a"[5])
message(lambda: {}["k"])
message(lambda: {}[1])
message(lambda: [].pop())
message(lambda: {}.popitem())
message(lambda: set().pop())
message(lambda: [1].index(2))
message(lambda: [1].remove(2))
message(lambda: "abc".index("z"))
message(lambda: int("x"))
message(lambda: int("9", 8))
message(lambda: float("x"))
message(lambda: two(1))
message(lambda: two(1, 2, 3))
message(lambda: two(1, a=2))
message(lambda: two(1, c=2))
message(lambda: only())
message(lambda: only(1))
message(lambda: C().missing)
message(lambda: C.missing)
message(lambda: (5).missing)
message(lambda: [].missing)
message(lambda: None.missing)
message(lambda: undefined)
message(lambda: 5())
message(lambda: C()())
message(lambda: 5[0])
message(lambda: C()[0])
message(lambda: len(5))
message(lambda: len(C()))
message(lambda: iter(5))
message(lambda: next(5))
message(lambda: [x for x in 5])
message(lambda: {[]: 1})
message(lambda: hash([]))
message(lambda: chr(-1))
message(lambda: ord("ab"))
message(lambda: ord(""))
message(lambda: bytes([256]))
message(lambda: range(1, 2, 0))
message(lambda: "%d" % "x")
message(lambda: "%s %s" % (1,))
message(lambda: "%s" % (1, 2))
message(lambda: "{} {}".format(1))
message(lambda: "{x}".format(y=1))
message(lambda: max([]))
message(lambda: 1 < "a")
message(lambda: 1 << -1)
message(lambda: __import__("no_such"))


def unpack_few():
    a, b = [1]


def unpack_many():
    a, b = [1, 2, 3]


def unpack_star():
    a, *b, c = [1]


def unpack_int():
    a, b = 5


def store():
    (1,)[0] = 2


def delete():
    del "abc"[0]


def local():
    print(v)
    v = 1


def bad_raise():
    raise 5


def bad_with():
    with 5:
        pass


def attribute():
    (5).x = 1


for f in (unpack_few, unpack_many, unpack_star, unpack_int, store, delete, local, bad_raise, bad_with, attribute):
    message(f)
