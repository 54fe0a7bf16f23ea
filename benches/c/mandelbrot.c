/* Mandelbrot in floats. */
#include "twin.h"

static KERNEL int64_t mandelbrot(int64_t size) {
    int64_t inside = 0;
    for (int64_t row = 0; row < size; row++) {
        double y0 = 2.0 * row / size - 1.0;
        for (int64_t column = 0; column < size; column++) {
            double x0 = 3.0 * column / size - 2.0, x = 0.0, y = 0.0;
            int64_t steps = 0;
            while (steps < 50 && x * x + y * y <= 4.0) {
                double next = x * x - y * y + x0;
                y = 2.0 * x * y + y0;
                x = next;
                steps++;
            }
            inside += steps;
        }
    }
    return inside;
}

int main(int argc, char **argv) {
    int64_t n = scale(argc, argv), size = 8;
    while (size * size * 60 < n * 1000)
        size += 4;
    int64_t start = now_us();
    int64_t result = mandelbrot(size);
    return report(start, size * size, result);
}
