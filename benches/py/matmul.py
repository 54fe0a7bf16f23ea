# Product of two matrices of 32-bit integers in arrays.
from array import array

from bench import micropython, ptr32, run


def matmul(a, b, c, size):
    for i in range(size):
        for j in range(size):
            total = 0
            for k in range(size):
                total += a[i * size + k] * b[k * size + j]
            c[i * size + j] = total & 0xFFFFFF
    return c[0] + c[size * size - 1]


@micropython.viper
def matmul_viper(a: ptr32, b: ptr32, c: ptr32, size: int) -> int:
    for i in range(size):
        for j in range(size):
            total = 0
            for k in range(size):
                total += a[i * size + k] * b[k * size + j]
            c[i * size + j] = total & 0xFFFFFF
    return c[0] + c[size * size - 1]


def work(n, m):
    size = 8
    while size * size * size < n * 1500:
        size += 4
    a = array("i", [i * 7 % 101 for i in range(size * size)])
    b = array("i", [i * 13 % 89 for i in range(size * size)])
    return size * size * size, (a, b, array("i", [0] * (size * size)), size)


run(work, matmul, matmul_viper)
