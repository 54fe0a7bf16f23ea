# CRC-32 by table and Adler-32, in one pass over a buffer.
from array import array

from bench import micropython, ptr8, ptr32, run


def checksums(data, n, table):
    crc = 0xFFFFFFFF
    a = 1
    b = 0
    for i in range(n):
        byte = data[i]
        crc = table[(crc ^ byte) & 0xFF] ^ (crc >> 8)
        a = (a + byte) % 65521
        b = (b + a) % 65521
    return (crc ^ 0xFFFFFFFF) ^ (b << 16 | a)


@micropython.viper
def checksums_viper(data: ptr8, n: int, table: ptr32) -> int:
    crc = 0xFFFFFFFF
    a = 1
    b = 0
    for i in range(n):
        byte = data[i]
        crc = table[(crc ^ byte) & 0xFF] ^ (crc >> 8)
        a = (a + byte) % 65521
        b = (b + a) % 65521
    return (crc ^ 0xFFFFFFFF) ^ (b << 16 | a)


def work(n, m):
    table = array("I", [0] * 256)
    for i in range(256):
        row = i
        for _ in range(8):
            row = (row >> 1) ^ (0xEDB88320 if row & 1 else 0)
        table[i] = row
    data = bytearray(400 * n)
    for i in range(len(data)):
        data[i] = i * 7 & 0xFF
    return n, (data, len(data), table)


run(work, checksums, checksums_viper)
