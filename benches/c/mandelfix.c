/* Mandelbrot in fixed-point integers with twelve bits of fraction. */
#include "twin.h"

static KERNEL int64_t mandelfix(int64_t size) {
    int64_t inside = 0;
    for (int64_t row = 0; row < size; row++) {
        int64_t y0 = (row << 13) / size - 4096;
        for (int64_t column = 0; column < size; column++) {
            int64_t x0 = 12288 * column / size - 8192, x = 0, y = 0, steps = 0;
            while (steps < 50) {
                int64_t xx = x * x >> 12, yy = y * y >> 12;
                if (xx + yy > 16384)
                    break;
                y = (x * y >> 11) + y0;
                x = xx - yy + x0;
                steps++;
            }
            inside += steps;
        }
    }
    return inside;
}

int main(int argc, char **argv) {
    int64_t n = scale(argc, argv), size = 8;
    while (size * size * 40 < n * 1000)
        size += 4;
    int64_t start = now_us();
    int64_t result = mandelfix(size);
    return report(start, size * size, result);
}
