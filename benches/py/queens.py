# Eight queens and more, by recursion over lists and sets.
from bench import run


def place(row, size, columns, rising, falling):
    if row == size:
        return 1
    count = 0
    for column in range(size):
        if column in columns or row + column in rising or row - column in falling:
            continue
        columns.add(column)
        rising.add(row + column)
        falling.add(row - column)
        count += place(row + 1, size, columns, rising, falling)
        columns.remove(column)
        rising.remove(row + column)
        falling.remove(row - column)
    return count


def queens(size, rounds):
    return sum([place(0, size, set(), set(), set()) for _ in range(rounds)])


def work(n, m):
    rounds = max(1, n // 50)
    return rounds, (8 if n >= 500 else 6, rounds)


run(work, queens)
