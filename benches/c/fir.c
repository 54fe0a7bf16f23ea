/* A filter with finite response: each output is a weighted sum of 32 inputs. */
#include "twin.h"

static KERNEL int64_t fir(uint16_t *out, const uint16_t *samples, int64_t n, const uint16_t *coefficients, int64_t taps) {
    for (int64_t i = 0; i < n; i++) {
        int64_t total = 0;
        for (int64_t k = 0; k < taps; k++)
            total += (int64_t)coefficients[k] * samples[i + k];
        out[i] = total >> 15;
    }
    return out[0] + out[n - 1] + out[n >> 1];
}

int main(int argc, char **argv) {
    int64_t n = scale(argc, argv), taps = 32, count = 40 * n;
    uint16_t *samples = malloc(2 * (count + taps)), *out = malloc(2 * count), coefficients[32];
    for (int64_t i = 0; i < count + taps; i++)
        samples[i] = i * 7919 % 4096;
    for (int64_t i = 0; i < taps; i++)
        coefficients[i] = i * (taps - i);
    int64_t start = now_us();
    int64_t result = fir(out, samples, count, coefficients, taps);
    return report(start, n, result);
}
