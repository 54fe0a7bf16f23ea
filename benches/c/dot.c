/* Dot products of two vectors of floats. */
#include "twin.h"

static KERNEL int64_t dot(const double *a, const double *b, int64_t n, int64_t rounds) {
    double total = 0.0;
    for (int64_t r = 0; r < rounds; r++)
        for (int64_t i = 0; i < n; i++)
            total += a[i] * b[i];
    return (int64_t)total;
}

int main(int argc, char **argv) {
    int64_t n = scale(argc, argv), count = 4000;
    double *a = malloc(8 * count), *b = malloc(8 * count);
    for (int64_t i = 0; i < count; i++) {
        a[i] = i % 17 * 0.5;
        b[i] = i % 23 * 0.25;
    }
    int64_t start = now_us();
    int64_t result = dot(a, b, count, n);
    return report(start, n, result);
}
