# A filter with finite response: each output is a weighted sum of 32 inputs.
from array import array

from bench import micropython, ptr16, run


def fir(out, samples, n, coefficients, taps):
    for i in range(n):
        total = 0
        for k in range(taps):
            total += coefficients[k] * samples[i + k]
        out[i] = total >> 15
    return out[0] + out[n - 1] + out[n >> 1]


@micropython.viper
def fir_viper(out: ptr16, samples: ptr16, n: int, coefficients: ptr16, taps: int) -> int:
    for i in range(n):
        total = 0
        for k in range(taps):
            total += coefficients[k] * samples[i + k]
        out[i] = total >> 15
    return out[0] + out[n - 1] + out[n >> 1]


def work(n, m):
    taps = 32
    count = 40 * n
    samples = array("H", [i * 7919 % 4096 for i in range(count + taps)])
    coefficients = array("H", [i * (taps - i) for i in range(taps)])
    return n, (array("H", bytes(2 * count)), samples, count, coefficients, taps)


run(work, fir, fir_viper)
