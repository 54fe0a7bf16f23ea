# Calls of __set_name__ that change the class they are told of.
class Replace:
    def __init__(self, other, value):
        self.other, self.value = other, value

    def __set_name__(self, owner, name):
        setattr(owner, self.other, self.value)


class Pair:
    a = Replace("b", 1)
    b = Replace("a", 2)


print(Pair.a, Pair.b)


class Remove:
    def __init__(self, other):
        self.other = other

    def __set_name__(self, owner, name):
        delattr(owner, self.other)


class Empty:
    a = Remove("b")
    b = Remove("a")


print(hasattr(Empty, "a"), hasattr(Empty, "b"))


class Grow:
    def __set_name__(self, owner, name):
        for i in range(20):
            setattr(owner, name + str(i), Grow())


class Full:
    x = Grow()


print(hasattr(Full, "x19"), hasattr(Full, "x190"))
