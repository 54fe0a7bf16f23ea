/* Different words of a text, by FNV-1a into a table with open addressing. */
#include "twin.h"

static KERNEL int64_t hashing(const uint8_t *data, int64_t n, uint32_t *table, int64_t mask) {
    int64_t found = 0, start = 0;
    while (start < n) {
        int64_t key = 0x811C9DC5, end = start;
        while (end < n && data[end] != 32) {
            key = (key ^ data[end]) * 16777619 & 0xFFFFFFFF;
            end++;
        }
        int64_t at = key & mask;
        while (table[at] != 0 && table[at] != key)
            at = (at + 1) & mask;
        if (table[at] == 0) {
            table[at] = key;
            found++;
        }
        start = end + 1;
    }
    return found;
}

int main(int argc, char **argv) {
    int64_t n = scale(argc, argv), count = 300 * n, seed = 7;
    uint8_t *data = malloc(count);
    for (int64_t i = 0; i < count; i++) {
        seed = (seed * 1103515245 + 12345) & 0x7FFFFFFF;
        data[i] = (seed >> 16) % 6 == 0 ? 32 : 97 + (seed >> 20) % 5;
    }
    uint32_t *table = calloc(65536, 4);
    int64_t start = now_us();
    int64_t result = hashing(data, count, table, 65535);
    return report(start, n, result);
}
