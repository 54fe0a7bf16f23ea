# Digits of pi by big integers.
from bench import run


def digits(count):
    q, r, t, k, n, l = 1, 0, 1, 1, 3, 3
    found = []
    while len(found) < count:
        if 4 * q + r - t < n * t:
            found.append(n)
            q, r, n = 10 * q, 10 * (r - n * t), 10 * (3 * q + r) // t - 10 * n
        else:
            q, r, t, n, l, k = q * k, (2 * q + r) * l, t * l, (q * (7 * k + 2) + r * l) // (t * l), l + 2, k + 1
    return "".join([str(d) for d in found[-10:]])


run(lambda n, m: (n // 4 + 10, (n // 4 + 10,)), digits)
