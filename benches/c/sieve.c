/* Eratosthenes in a buffer of bytes. */
#include "twin.h"

static KERNEL int64_t sieve(uint8_t *composite, int64_t n) {
    int64_t count = 0;
    for (int64_t i = 2; i < n; i++)
        if (!composite[i]) {
            count++;
            for (int64_t j = i * i; j < n; j += i)
                composite[j] = 1;
        }
    return count;
}

int main(int argc, char **argv) {
    int64_t n = scale(argc, argv);
    uint8_t *composite = calloc(600 * n, 1);
    int64_t start = now_us();
    int64_t result = sieve(composite, 600 * n);
    return report(start, n, result);
}
