# Recursive Fibonacci: calls, and nothing else.
from bench import micropython, run


def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


@micropython.viper
def fib_viper(n: int) -> int:
    if n < 2:
        return n
    return int(fib_viper(n - 1)) + int(fib_viper(n - 2))


def work(n, m):
    # The time grows 1.6-fold with each step; 28 is the size for n = 1000.
    depth, calls = 28, 1000
    while calls > n and depth > 8:
        depth -= 1
        calls = calls * 10 // 16
    return calls, (depth,)


run(work, fib, fib_viper)
