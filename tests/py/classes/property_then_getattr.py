# A property that raises AttributeError leaves the answer to __getattr__, each time it is asked.
class A:
    @property
    def wide(self):
        raise AttributeError("no wide")

    def __getattr__(self, name):
        return "for " + name


class B:
    @property
    def wide(self):
        raise AttributeError("no wide")


def ask(obj):
    for _ in range(4):
        try:
            print(obj.wide)
        except AttributeError as e:
            print("error:", e)


ask(A())
ask(B())
B.__getattr__ = lambda self, name: "late " + name
ask(B())
del A.__getattr__
ask(A())
