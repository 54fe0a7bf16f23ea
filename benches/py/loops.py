# Two nested loops over small integers.
from bench import micropython, run


def loops(outer):
    total = 0
    for i in range(outer):
        for j in range(1000):
            total = (total + (i ^ j)) & 0xFFFFFFF
    return total


@micropython.viper
def loops_viper(outer: int) -> int:
    total = 0
    for i in range(outer):
        for j in range(1000):
            total = (total + (i ^ j)) & 0xFFFFFFF
    return total


run(lambda n, m: (4 * n, (4 * n,)), loops, loops_viper)
