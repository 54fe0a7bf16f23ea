# Mandelbrot in fixed-point integers with twelve bits of fraction.
from bench import micropython, run


def mandelfix(size):
    inside = 0
    for row in range(size):
        y0 = (row << 13) // size - 4096
        for column in range(size):
            x0 = 12288 * column // size - 8192
            x = 0
            y = 0
            steps = 0
            while steps < 50:
                xx = x * x >> 12
                yy = y * y >> 12
                if xx + yy > 16384:
                    break
                y = (x * y >> 11) + y0
                x = xx - yy + x0
                steps += 1
            inside += steps
    return inside


@micropython.viper
def mandelfix_viper(size: int) -> int:
    inside = 0
    for row in range(size):
        y0 = (row << 13) // size - 4096
        for column in range(size):
            x0 = 12288 * column // size - 8192
            x = 0
            y = 0
            steps = 0
            while steps < 50:
                xx = x * x >> 12
                yy = y * y >> 12
                if xx + yy > 16384:
                    break
                y = (x * y >> 11) + y0
                x = xx - yy + x0
                steps += 1
            inside += steps
    return inside


def work(n, m):
    size = 8
    while size * size * 40 < n * 1000:
        size += 4
    return size * size, (size,)


run(work, mandelfix, mandelfix_viper)
