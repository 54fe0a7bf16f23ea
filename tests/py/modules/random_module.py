# pyrite: oracle=micropython board
# A seed gives the sequence that it gives on MicroPython.
import random

random.seed(1)
print([random.getrandbits(n) for n in (0, 1, 8, 16, 31, 32)])
random.seed(12345)
print([random.randrange(10) for _ in range(10)])
print([random.randrange(5, 9) for _ in range(10)])
print([random.randrange(0, 100, 7) for _ in range(10)])
print([random.randrange(10, 0, -3) for _ in range(10)])
print([random.randint(-3, 3) for _ in range(10)])
print([random.choice("abcdefg") for _ in range(10)])
random.seed(-1)
print(random.getrandbits(32))
random.seed(2**40 + 1)
print(random.getrandbits(32))


def kind(function, *args):
    try:
        return function(*args)
    except Exception as error:
        return type(error).__name__


for args in ((0,), (-1,), (3, 3), (3, 1), (1, 5, 0), (1, 5, -1)):
    print(args, kind(random.randrange, *args))
print(kind(random.randint, 2, 1), kind(random.choice, []), kind(random.getrandbits, 33), kind(random.getrandbits, -1))
print(kind(random.uniform, "a", 1), kind(random.seed, "a"))
random.seed()
print(0 <= random.getrandbits(16) < 65536, 0 <= random.random() < 1, 1 <= random.uniform(1, 2) <= 2)
