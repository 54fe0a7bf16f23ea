# Spectral norm of an endless matrix: floats, comprehensions, sum.
from bench import run


def element(i, j):
    return 1.0 / ((i + j) * (i + j + 1) // 2 + i + 1)


def times(v, size):
    return [sum([element(i, j) * v[j] for j in range(size)]) for i in range(size)]


def times_transposed(v, size):
    return [sum([element(j, i) * v[j] for j in range(size)]) for i in range(size)]


def spectral(size):
    u = [1.0] * size
    v = u
    for _ in range(3):
        v = times_transposed(times(u, size), size)
        u = times_transposed(times(v, size), size)
    top = sum([a * b for a, b in zip(u, v)])
    bottom = sum([x * x for x in v])
    return int((top / bottom) ** 0.5 * 100000000)


def work(n, m):
    size = 8
    while size * size * 200 < n * 1000:
        size += 2
    return size * size, (size,)


run(work, spectral)
