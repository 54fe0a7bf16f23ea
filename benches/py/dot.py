# Dot products of two vectors of floats.
from array import array

from bench import micropython, ptrf, run


def dot(a, b, n, rounds):
    total = 0.0
    for _ in range(rounds):
        for i in range(n):
            total += a[i] * b[i]
    return int(total)


@micropython.viper
def dot_viper(a: ptrf, b: ptrf, n: int, rounds: int) -> int:
    total = 0.0
    for _ in range(rounds):
        for i in range(n):
            total += a[i] * b[i]
    return int(total)


def work(n, m):
    count = 4000
    a = array("d", [i % 17 * 0.5 for i in range(count)])
    b = array("d", [i % 23 * 0.25 for i in range(count)])
    return n, (a, b, count, n)


run(work, dot, dot_viper)
