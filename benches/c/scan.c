/* How often a short text stands in a long one, by looking everywhere. */
#include "twin.h"

static KERNEL int64_t scan(const uint8_t *text, int64_t n, const uint8_t *pattern, int64_t size) {
    int64_t found = 0, first = pattern[0];
    for (int64_t i = 0; i < n - size + 1; i++)
        if (text[i] == first) {
            int64_t k = 1;
            while (k < size && text[i + k] == pattern[k])
                k++;
            if (k == size)
                found++;
        }
    return found;
}

int main(int argc, char **argv) {
    int64_t n = scale(argc, argv), count = 1000 * n, seed = 7;
    uint8_t *text = malloc(count);
    for (int64_t i = 0; i < count; i++) {
        seed = (seed * 1103515245 + 12345) & 0x7FFFFFFF;
        text[i] = 97 + (seed >> 20) % 4;
    }
    int64_t start = now_us();
    int64_t result = scan(text, count, (const uint8_t *)"abcad", 5);
    return report(start, n, result);
}
