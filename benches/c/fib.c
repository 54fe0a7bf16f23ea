/* Recursive Fibonacci: calls, and nothing else. */
#include "twin.h"

static KERNEL int64_t fib(int64_t n) {
    return n < 2 ? n : fib(n - 1) + fib(n - 2);
}

int main(int argc, char **argv) {
    int64_t n = scale(argc, argv), depth = 28, calls = 1000;
    while (calls > n && depth > 8) {
        depth--;
        calls = calls * 10 / 16;
    }
    int64_t start = now_us();
    int64_t result = fib(depth);
    return report(start, calls, result);
}
