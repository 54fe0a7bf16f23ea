# pyrite: board
# Several bases: the order of lookup, cooperative super(), and subclasses of built-in types.
class A:
    def who(self):
        return "A"

    def chain(self):
        return ["A"]


class B(A):
    def who(self):
        return "B" + super().who()

    def chain(self):
        return ["B"] + super().chain()


class C(A):
    def chain(self):
        return ["C"] + super().chain()


class M:
    mixed = 1

    def extra(self):
        return "M.extra " + self.who()


class D(B, M):
    pass


class E(C, M):
    def who(self):
        return "E" + M.extra(self) if False else "E"


print(B().who(), D().who(), E().who(), E().extra(), D.mixed, D().chain(), E().chain())
print(isinstance(D(), M), isinstance(D(), A), issubclass(E, B), D.__bases__ == (B, M))


class Problem(Exception):
    def __init__(self, code, *args):
        super().__init__(code, *args)
        self.code = code


try:
    raise Problem(4, "bad")
except Problem as e:
    print(e.code, e.args, isinstance(e, Exception), repr(e))


class WithNew:
    made = 0

    def __new__(cls, *args):
        WithNew.made += 1
        return super().__new__(cls)

    def __init__(self, a=0):
        self.a = a


print(WithNew(5).a, WithNew.made)


class Single:
    it = None

    def __new__(cls):
        if cls.it is None:
            cls.it = super().__new__(cls)
        return cls.it


print(Single() is Single())
made = type("Made", (A,), {"x": 5, "f": lambda self: self.x + 1})
print(made.__name__, made().f(), made().who())
