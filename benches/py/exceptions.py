# Raising, catching, cleaning up: from the same function, from a callee, through `with` and `finally`.
from bench import run


class Guard:
    def __init__(self, log):
        self.log = log

    def __enter__(self):
        return self

    def __exit__(self, kind, value, trace):
        self.log[0] += 1
        return kind is KeyError


def fail(i):
    if i % 3 == 0:
        raise ValueError(i)
    if i % 3 == 1:
        raise KeyError(i)
    return i


def exceptions(rounds):
    log = [0, 0, 0]
    for i in range(rounds):
        try:
            with Guard(log):
                fail(i)
        except ValueError as e:
            log[1] += e.args[0] & 3
        finally:
            log[2] += 1
        try:
            [][i]
        except IndexError:
            log[1] += 1
    return log


run(lambda n, m: (n, (50 * n,)), exceptions)
