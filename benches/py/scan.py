# How often a short text stands in a long one, by looking everywhere.
from bench import micropython, ptr8, run


def scan(text, n, pattern, size):
    found = 0
    first = pattern[0]
    for i in range(n - size + 1):
        if text[i] == first:
            k = 1
            while k < size and text[i + k] == pattern[k]:
                k += 1
            if k == size:
                found += 1
    return found


@micropython.viper
def scan_viper(text: ptr8, n: int, pattern: ptr8, size: int) -> int:
    found = 0
    first = pattern[0]
    for i in range(n - size + 1):
        if text[i] == first:
            k = 1
            while k < size and text[i + k] == pattern[k]:
                k += 1
            if k == size:
                found += 1
    return found


def work(n, m):
    count = 1000 * n
    text = bytearray(count)
    seed = 7
    for i in range(count):
        seed = (seed * 1103515245 + 12345) & 0x7FFFFFFF
        text[i] = 97 + (seed >> 20) % 4
    return n, (text, count, b"abcad", 5)


run(work, scan, scan_viper)
