# Small functions made at run time, captured variables, map and filter.
from bench import run


def adder(n):
    return lambda x: x + n


def counter():
    n = 0

    def step():
        nonlocal n
        n += 1
        return n

    return step


def compose(*functions):
    def run_all(x):
        for function in functions:
            x = function(x)
        return x

    return run_all


def closures(rounds):
    step = counter()
    total = 0
    for i in range(rounds):
        f = compose(adder(i & 7), adder(step() & 3), lambda x: x * 2)
        total = (total + sum(map(f, filter(lambda x: x & 1, range(6))))) & 0xFFFFFFF
    return total


run(lambda n, m: (n, (15 * n,)), closures)
