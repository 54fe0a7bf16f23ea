# object.__new__ makes objects of classes, not of built-in types, which have a __new__ of their own.
class Foo:
    def __init__(self):
        self.attr = 1


class Int(int):
    def __new__(cls, value):
        return super().__new__(cls, value + 1)


print(hasattr(object.__new__(Foo), "attr"), type(object.__new__(object)) is object)
for wrong in (1, int, tuple, dict):
    try:
        object.__new__(wrong)
        print("made", wrong)
    except TypeError:
        print("TypeError")
print(int.__new__(int, "5"), tuple.__new__(tuple, [1]), str.__new__(str, 5), float.__new__(float, 2))
print(Int(3), type(Int(3)) is Int, int.__new__(Int, 8), type(int.__new__(Int, 8)) is Int)
