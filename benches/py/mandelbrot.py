# Mandelbrot in floats.
from bench import micropython, run


def mandelbrot(size):
    inside = 0
    for row in range(size):
        y0 = 2.0 * row / size - 1.0
        for column in range(size):
            x0 = 3.0 * column / size - 2.0
            x = y = 0.0
            steps = 0
            while steps < 50 and x * x + y * y <= 4.0:
                x, y = x * x - y * y + x0, 2.0 * x * y + y0
                steps += 1
            inside += steps
    return inside


@micropython.viper
def mandelbrot_viper(size: int) -> int:
    inside = 0
    for row in range(size):
        y0 = 2.0 * row / size - 1.0
        for column in range(size):
            x0 = 3.0 * column / size - 2.0
            x = y = 0.0
            steps = 0
            while steps < 50 and x * x + y * y <= 4.0:
                x, y = x * x - y * y + x0, 2.0 * x * y + y0
                steps += 1
            inside += steps
    return inside


def work(n, m):
    size = 8
    while size * size * 60 < n * 1000:
        size += 4
    return size * size, (size,)


run(work, mandelbrot, mandelbrot_viper)
