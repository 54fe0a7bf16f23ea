# pyrite: oracle=pyrite exit=1
# An exception that nobody catches: the traceback names every call, on standard error, and the status is 1.
def inner(x):
    return x // 0


def middle(x):
    try:
        inner(x)
    finally:
        print("finally")


class C:
    def method(self):
        middle(1)


print("before")
C().method()
print("never")
