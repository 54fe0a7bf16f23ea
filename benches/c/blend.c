/* One grey image over another, with a mask that says how much of it shows. */
#include "twin.h"

static KERNEL int64_t blend(uint8_t *below, const uint8_t *above, const uint8_t *alpha, int64_t width, int64_t height) {
    for (int64_t row = 0; row < height; row++) {
        int64_t at = row * width;
        for (int64_t column = 0; column < width; column++) {
            int64_t a = alpha[at + column];
            int64_t value = (above[at + column] * a + below[at + column] * (256 - a)) >> 8;
            below[at + column] = value;
        }
    }
    return below[0] + below[height * width - 1];
}

static uint8_t *image(int64_t size, int64_t step) {
    uint8_t *pixels = malloc(size);
    for (int64_t i = 0; i < size; i++)
        pixels[i] = i * step;
    return pixels;
}

int main(int argc, char **argv) {
    int64_t n = scale(argc, argv), width = 160, size = width * 3 * n;
    uint8_t *below = image(size, 3), *above = image(size, 7), *alpha = image(size, 11);
    int64_t start = now_us();
    int64_t result = blend(below, above, alpha, width, 3 * n);
    return report(start, n, result);
}
