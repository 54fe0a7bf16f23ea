# __class__ in the body of a class is an attribute like any other; methods still find their class.
class Plain:
    __class__ = 5
    copy = __class__


print("__class__" in Plain.__dict__, Plain.copy)


class Both:
    __class__ = property(lambda self: "told")

    def own(self):
        return __class__.__name__

    def up(self):
        return super().__init__()


b = Both()
print("__class__" in Both.__dict__, b.own(), b.up())
