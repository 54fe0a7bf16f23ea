# Shell's sort of 32-bit numbers in an array.
from array import array

from bench import micropython, ptr32, run


def shellsort(items, n):
    gap = 1
    while gap < n:
        gap = gap * 3 + 1
    while gap > 0:
        for i in range(gap, n):
            item = items[i]
            j = i
            while j >= gap and items[j - gap] > item:
                items[j] = items[j - gap]
                j -= gap
            items[j] = item
        gap //= 3
    return items[0] + items[n >> 1] * 3 + items[n - 1] * 7


@micropython.viper
def shellsort_viper(items: ptr32, n: int) -> int:
    gap = 1
    while gap < n:
        gap = gap * 3 + 1
    while gap > 0:
        for i in range(gap, n):
            item = items[i]
            j = i
            while j >= gap and items[j - gap] > item:
                items[j] = items[j - gap]
                j -= gap
            items[j] = item
        gap //= 3
    return items[0] + items[n >> 1] * 3 + items[n - 1] * 7


def work(n, m):
    count = 50 * n
    items = array("I", bytes(4 * count))
    seed = 7
    for i in range(count):
        seed = (seed * 1103515245 + 12345) & 0x7FFFFFFF
        items[i] = seed
    return n, (items, count)


run(work, shellsort, shellsort_viper)
