# Generators that feed each other.
from bench import run


def count_to(n):
    for i in range(n):
        yield i


def squares(numbers):
    for x in numbers:
        yield x * x


def keep_odd(numbers):
    for x in numbers:
        if x & 1:
            yield x


def delegate(numbers):
    yield from numbers


def pipeline(n):
    total = 0
    for x in delegate(keep_odd(squares(count_to(n)))):
        total = (total + x) % 1000003
    return total


run(lambda n, m: (n, (300 * n,)), pipeline)
