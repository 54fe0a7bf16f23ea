# What is put into args becomes a plain tuple.
from collections import namedtuple

P = namedtuple("P", "x y")
e = StopIteration()
for args in ((1,), [1, 2], "ab", P(1, 2), range(3), {"k": 1}, ()):
    e.args = args
    print(repr(e), e.args, type(e.args) is tuple)
for args in (1, None):
    try:
        e.args = args
    except TypeError:
        print("TypeError", e.args)
