# Different words of a text, by FNV-1a into a table with open addressing.
from array import array

from bench import micropython, ptr8, ptr32, run


def hashing(data, n, table, mask):
    found = 0
    start = 0
    while start < n:
        key = 0x811C9DC5
        end = start
        while end < n and data[end] != 32:
            key = (key ^ data[end]) * 16777619 & 0xFFFFFFFF
            end += 1
        at = key & mask
        while table[at] != 0 and table[at] != key:
            at = (at + 1) & mask
        if table[at] == 0:
            table[at] = key
            found += 1
        start = end + 1
    return found


@micropython.viper
def hashing_viper(data: ptr8, n: int, table: ptr32, mask: int) -> int:
    found = 0
    start = 0
    while start < n:
        key = 0x811C9DC5
        end = start
        while end < n and data[end] != 32:
            key = (key ^ data[end]) * 16777619 & 0xFFFFFFFF
            end += 1
        at = key & mask
        while table[at] != 0 and table[at] != key:
            at = (at + 1) & mask
        if table[at] == 0:
            table[at] = key
            found += 1
        start = end + 1
    return found


def work(n, m):
    count = 300 * n
    data = bytearray(count)
    seed = 7
    for i in range(count):
        seed = (seed * 1103515245 + 12345) & 0x7FFFFFFF
        data[i] = 32 if (seed >> 16) % 6 == 0 else 97 + (seed >> 20) % 5
    return n, (data, count, array("I", bytes(4 * 65536)), 65535)


run(work, hashing, hashing_viper)
