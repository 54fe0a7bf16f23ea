# Exception groups.
def error(f, *args):
    try:
        print(repr(f(*args)))
    except Exception as e:
        print(type(e).__name__, e)


eg = ExceptionGroup("eg", [ValueError(1), TypeError("t"), OSError(5)])
print(repr(eg), "/", eg)
print(eg.message, eg.exceptions, eg.args)
print(isinstance(eg, Exception), isinstance(eg, BaseExceptionGroup), issubclass(ExceptionGroup, BaseExceptionGroup))
print(issubclass(BaseExceptionGroup, Exception), issubclass(ExceptionGroup, Exception))
print(type(BaseExceptionGroup("b", (ValueError(),))).__name__)
b = BaseExceptionGroup("b", [ValueError(), KeyboardInterrupt()])
print(type(b).__name__, b, isinstance(b, Exception))
error(ExceptionGroup)
error(ExceptionGroup, "m")
error(ExceptionGroup, 1, [ValueError()])
error(ExceptionGroup, "m", 5)
error(ExceptionGroup, "m", [])
error(ExceptionGroup, "m", [ValueError(), 5])
error(ExceptionGroup, "m", [ValueError])
error(ExceptionGroup, "m", [KeyboardInterrupt()])
error(ExceptionGroup, "m", {1: 2})
error(ExceptionGroup, "m", (ValueError(1),))

nested = ExceptionGroup(
    "one", [ValueError(1), ExceptionGroup("two", [TypeError(2), ValueError(3), ExceptionGroup("three", [KeyError(4)])])]
)
print(nested.subgroup(ValueError))
print(repr(nested.subgroup(ValueError)))
print(repr(nested.split(ValueError)))
print(repr(nested.split((TypeError, KeyError))))
print(nested.subgroup(OSError), nested.split(OSError)[1] is nested or repr(nested.split(OSError)))
print(nested.subgroup(ExceptionGroup) is nested, nested.split(Exception) == (nested, None))
print(repr(nested.split(lambda e: isinstance(e, ValueError) and e.args == (3,))))
print(repr(nested.subgroup(lambda e: "two" in str(e))))
error(nested.split, 5)
error(nested.split, (1, 2))
error(nested.split, int)
error(nested.subgroup, "x")


class MyGroup(ExceptionGroup):
    def derive(self, excs):
        return MyGroup(self.message, excs)

    @property
    def twice(self):
        return 2 * len(self.exceptions)


m = MyGroup("mine", [ValueError(1), TypeError(2)])
print(repr(m), m, m.twice)
m.add_note("a note")
m.__cause__ = KeyError("cause")
part = m.subgroup(TypeError)
print(repr(part), part.twice, part.__notes__, part.__notes__ is m.__notes__, repr(part.__cause__))
error(MyGroup, "m", [KeyboardInterrupt()])


class Coded(ExceptionGroup):
    def __new__(cls, message, excs, code):
        self = super().__new__(Coded, message, excs)
        self.code = code
        return self

    def derive(self, excs):
        return Coded(self.message, excs, self.code)


c = Coded("coded", [ValueError(1), TypeError(2)], 42)
print(c.code, c.split(ValueError)[0].code, c.message, c.exceptions)


class Bad(ExceptionGroup):
    def derive(self, excs):
        return 5


error(Bad("b", [ValueError(), TypeError()]).split, ValueError)

try:
    raise eg
except TypeError:
    print("no")
except ExceptionGroup as e:
    print(e is eg)
