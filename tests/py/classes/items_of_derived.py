# What is derived from a type without items has them by `__getitem__`; what is derived from one with items keeps its own.
class Number(int):
    def __getitem__(self, at):
        return [4, 5][at]


class Text(str):
    def __getitem__(self, at):
        return "never"


class Bare(float):
    pass


for made in Number(3), Text("xy"):
    print([*made], list(made), 5 in made if type(made) is Number else "x" in made)
try:
    iter(Bare())
except TypeError as e:
    print("Bare" in str(e))
