books = ["one", "two", "three"]


def count(things):
    return len(things)


def total():
    return count(books)
