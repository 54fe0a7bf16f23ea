# Pancake flipping: list slices, swaps and reversal.
from bench import run


def fannkuch(size):
    order = list(range(size))
    count = list(range(1, size + 1))
    most = 0
    checksum = 0
    sign = 1
    r = size
    while True:
        while r > 1:
            count[r - 1] = r
            r -= 1
        if order[0]:
            stack = order[:]
            flips = 0
            first = stack[0]
            while first:
                i, j = 0, first
                while i < j:
                    stack[i], stack[j] = stack[j], stack[i]
                    i += 1
                    j -= 1
                flips += 1
                first = stack[0]
            most = max(most, flips)
            checksum += sign * flips
        sign = -sign
        while True:
            if r == size:
                return checksum, most
            order.insert(r, order.pop(0))
            count[r] -= 1
            if count[r] > 0:
                break
            r += 1


def work(n, m):
    size = 5
    for limit in (100, 300, 900):
        size += n >= limit
    return (1, 6, 42, 336)[size - 5], (size,)


run(work, fannkuch)
