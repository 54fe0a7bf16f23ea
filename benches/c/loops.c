/* Two nested loops over small integers. */
#include "twin.h"

static KERNEL int64_t loops(int64_t outer) {
    int64_t total = 0;
    for (int64_t i = 0; i < outer; i++)
        for (int64_t j = 0; j < 1000; j++)
            total = (total + (i ^ j)) & 0xFFFFFFF;
    return total;
}

int main(int argc, char **argv) {
    int64_t n = scale(argc, argv);
    int64_t start = now_us();
    int64_t result = loops(4 * n);
    return report(start, 4 * n, result);
}
