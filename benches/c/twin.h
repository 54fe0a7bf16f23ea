/* What every C twin shares: the scale from the command line, a clock, and the line that is printed. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

/* A kernel stays a function of its own, as it is in the other languages. */
#define KERNEL __attribute__((noinline, noipa))

static int64_t now_us(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * INT64_C(1000000) + t.tv_nsec / 1000;
}

/* twin FORM N M, as the Python programs are called. */
static int64_t scale(int argc, char **argv) {
    return argc > 2 ? atoll(argv[2]) : 1000;
}

static int report(int64_t start, int64_t norm, int64_t result) {
    printf("%lld %lld %lld\n", (long long)(now_us() - start), (long long)norm, (long long)result);
    return 0;
}
