/* Shell's sort of 32-bit numbers in an array. */
#include "twin.h"

static KERNEL int64_t shellsort(uint32_t *items, int64_t n) {
    int64_t gap = 1;
    while (gap < n)
        gap = gap * 3 + 1;
    while (gap > 0) {
        for (int64_t i = gap; i < n; i++) {
            int64_t item = items[i], j = i;
            while (j >= gap && items[j - gap] > item) {
                items[j] = items[j - gap];
                j -= gap;
            }
            items[j] = item;
        }
        gap /= 3;
    }
    return items[0] + (int64_t)items[n >> 1] * 3 + (int64_t)items[n - 1] * 7;
}

int main(int argc, char **argv) {
    int64_t n = scale(argc, argv), count = 50 * n, seed = 7;
    uint32_t *items = malloc(4 * count);
    for (int64_t i = 0; i < count; i++)
        items[i] = seed = (seed * 1103515245 + 12345) & 0x7FFFFFFF;
    int64_t start = now_us();
    int64_t result = shellsort(items, count);
    return report(start, n, result);
}
