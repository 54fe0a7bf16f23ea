# Eratosthenes in a bytearray.
from bench import micropython, ptr8, run


def sieve(composite, n):
    count = 0
    for i in range(2, n):
        if not composite[i]:
            count += 1
            j = i * i
            while j < n:
                composite[j] = 1
                j += i
    return count


@micropython.viper
def sieve_viper(composite: ptr8, n: int) -> int:
    count = 0
    for i in range(2, n):
        if not composite[i]:
            count += 1
            j = i * i
            while j < n:
                composite[j] = 1
                j += i
    return count


run(lambda n, m: (n, (bytearray(600 * n), 600 * n)), sieve, sieve_viper)
