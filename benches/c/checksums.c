/* CRC-32 by table and Adler-32, in one pass over a buffer. */
#include "twin.h"

static KERNEL int64_t checksums(const uint8_t *data, int64_t n, const uint32_t *table) {
    int64_t crc = 0xFFFFFFFF, a = 1, b = 0;
    for (int64_t i = 0; i < n; i++) {
        int64_t byte = data[i];
        crc = table[(crc ^ byte) & 0xFF] ^ (crc >> 8);
        a = (a + byte) % 65521;
        b = (b + a) % 65521;
    }
    return (crc ^ 0xFFFFFFFF) ^ (b << 16 | a);
}

int main(int argc, char **argv) {
    int64_t n = scale(argc, argv), size = 400 * n;
    static uint32_t table[256];
    for (uint32_t i = 0; i < 256; i++) {
        uint32_t row = i;
        for (int k = 0; k < 8; k++)
            row = (row >> 1) ^ (row & 1 ? 0xEDB88320 : 0);
        table[i] = row;
    }
    uint8_t *data = malloc(size);
    for (int64_t i = 0; i < size; i++)
        data[i] = i * 7;
    int64_t start = now_us();
    int64_t result = checksums(data, size, table);
    return report(start, n, result);
}
