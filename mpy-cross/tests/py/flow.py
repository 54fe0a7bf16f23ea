# Jumps out of every kind of block.
class Manager:
    def __init__(self, name, swallow=False):
        self.name = name
        self.swallow = swallow

    def __enter__(self):
        print("enter", self.name)
        return self

    def __exit__(self, kind, value, trace):
        print("exit", self.name, kind.__name__ if kind else None)
        return self.swallow


def leave(how):
    for i in range(3):
        try:
            with Manager(i):
                if how == "return":
                    return "returned"
                if how == "break":
                    break
                if how == "continue":
                    continue
                if how == "raise":
                    raise ValueError(i)
            print("fell through")
        finally:
            print("finally", i)
    else:
        print("else")
    return "end"


for how in ("return", "break", "continue", "none", "raise"):
    try:
        print(how, leave(how))
    except ValueError as error:
        print("caught", error.args)

with Manager("outer", True), Manager("inner"):
    raise KeyError("gone")


def nested():
    n = 0
    while True:
        n += 1
        try:
            try:
                if n == 1:
                    continue
                if n == 2:
                    raise IndexError
                if n == 3:
                    raise OSError(5)
                break
            except IndexError:
                print("index", n)
            else:
                print("no error", n)
            finally:
                print("inner", n)
        except OSError as error:
            print("os", error.args)
    else:
        print("never")
    return n


print(nested())


def override():
    try:
        return "try"
    finally:
        return "finally"


print(override())
try:
    try:
        raise ValueError("first")
    except ValueError:
        raise TypeError("second")
except Exception as error:
    print(type(error).__name__, error)

for i in range(10, 0, -3):
    if i == 4:
        break
    print(i, end=" ")
else:
    print("else")
print()
x = 5
while x:
    x -= 1
    if x % 2:
        continue
    print(x, end=",")
else:
    print("done")
print([y for y in range(20) if y % 3 if y % 5 if y > 6], 1 < 2 < 3 != 4, 1 < 3 < 2, not (1 and 0 or 2))
assert x == 0, "never"
for a in (0, 1):
    for b in (0, 2):
        print(a and b, a or b, a if b else -1, end="; ")
print()
