# Sorting with and without keys, and searching by halves.
from bench import run


def search(items, wanted):
    low, high = 0, len(items)
    while low < high:
        middle = (low + high) >> 1
        if items[middle] < wanted:
            low = middle + 1
        else:
            high = middle
    return low


def sorting(rounds, size):
    total = 0
    seed = 7
    for _ in range(rounds):
        items = []
        for _ in range(size):
            seed = (seed * 1103 + 12345) & 0xFFFF
            items.append(seed)
        items.sort()
        for wanted in range(0, 65536, 256):
            total += search(items, wanted)
        pairs = sorted([(x & 15, x) for x in items[:100]], key=lambda pair: -pair[1])
        total += pairs[0][1] + sorted(items, reverse=True)[3]
    return total


run(lambda n, m: (n, (max(1, n // 10), m)), sorting)
