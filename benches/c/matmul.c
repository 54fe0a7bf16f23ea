/* Product of two matrices of 32-bit integers. */
#include "twin.h"

static KERNEL int64_t matmul(const int32_t *a, const int32_t *b, int32_t *c, int64_t size) {
    for (int64_t i = 0; i < size; i++)
        for (int64_t j = 0; j < size; j++) {
            int64_t total = 0;
            for (int64_t k = 0; k < size; k++)
                total += (int64_t)a[i * size + k] * b[k * size + j];
            c[i * size + j] = total & 0xFFFFFF;
        }
    return c[0] + c[size * size - 1];
}

int main(int argc, char **argv) {
    int64_t n = scale(argc, argv), size = 8;
    while (size * size * size < n * 1500)
        size += 4;
    int32_t *a = malloc(size * size * 4), *b = malloc(size * size * 4), *c = calloc(size * size, 4);
    for (int64_t i = 0; i < size * size; i++) {
        a[i] = i * 7 % 101;
        b[i] = i * 13 % 89;
    }
    int64_t start = now_us();
    int64_t result = matmul(a, b, c, size);
    return report(start, size * size * size, result);
}
