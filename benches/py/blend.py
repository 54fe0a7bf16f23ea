# One grey image over another, with a mask that says how much of it shows.
from bench import micropython, ptr8, run


def blend(below, above, alpha, width, height):
    for row in range(height):
        at = row * width
        for column in range(width):
            a = alpha[at + column]
            value = (above[at + column] * a + below[at + column] * (256 - a)) >> 8
            below[at + column] = value
    return below[0] + below[height * width - 1]


@micropython.viper
def blend_viper(below: ptr8, above: ptr8, alpha: ptr8, width: int, height: int) -> int:
    for row in range(height):
        at = row * width
        for column in range(width):
            a = alpha[at + column]
            value = (above[at + column] * a + below[at + column] * (256 - a)) >> 8
            below[at + column] = value
    return below[0] + below[height * width - 1]


def image(size, step):
    pixels = bytearray(size)
    for i in range(size):
        pixels[i] = i * step & 0xFF
    return pixels


def work(n, m):
    width = 160
    size = width * 3 * n
    return n, (image(size, 3), image(size, 7), image(size, 11), width, 3 * n)


run(work, blend, blend_viper)
