# pyrite: oracle=pyrite
# Type parameters of functions and classes, and `type` statements.


def first[T](items: list[T]) -> T:
    return items[0]


print(first([1, 2]), first.__type_params__, first.__name__, first.__qualname__, first.__annotations__)


def bounded[T: int, U: (str, bytes) = str, *Ts = *tuple[int], **P = [int]](x: T, y: U = 5, *rest: *Ts, k=6) -> T:
    return x, y, rest, k, T.__name__


print(bounded(1), bounded(1, 2, 3, k=4))
T, U, Ts, P = bounded.__type_params__
print(T, U, Ts, P, type(T).__name__, type(Ts).__name__, type(P).__name__)
print(T.__bound__, T.__constraints__, U.__bound__, U.__constraints__, U.__default__, T.has_default(), U.has_default())
print(T.__default__ is P.__default__, Ts.__default__)

limit = None


def late[T: missing](x):
    return T


try:
    late(1).__bound__
except NameError as error:
    print(error)
missing = float
print(late(1).__bound__)


class Base:
    def greet(self):
        return "base"


class Box[T, K = int](Base):
    y: T
    size = 3

    def __init__(self, item: T):
        self.item = item

    def get(self) -> T:
        return self.item

    def greet(self):
        return "box " + super().greet()

    def as_pair[V](self, other: V = size) -> tuple[T, V]:
        return self.item, other, __class__.__name__, V, T

    def __private[X](self, __x=1):
        return X, __x

    def call(self):
        return self.__private()


box = Box("x")
print(box.get(), box.greet(), box.as_pair(), box.as_pair(4), box.call())
print(Box.__type_params__, Box.__name__, Box.__qualname__, Box.as_pair.__qualname__, Box.__annotations__)
print(Box[int], Box[int, str]("q").get(), Box[int].__args__, Box[int].__origin__ is Box)
print(Box.as_pair.__annotations__)


class Small(Box[str]):
    pass


print(Small("s").get(), Small.__mro__[1].__name__, Small[int])
try:
    Base[int]
except TypeError:
    print("TypeError")

type Pair[A] = tuple[A, A]
type Plain = list[unknown]
type Tree = int | list[Tree]
print(Pair, Pair.__name__, Pair.__type_params__, Pair.__value__, Pair[int], type(Pair).__name__)
try:
    Plain.__value__
except NameError as error:
    print(error)
unknown = str
print(Plain.__value__, Plain.__value__ is Plain.__value__, Plain.__type_params__)
print(Tree.__value__, Plain | None, None | Pair[int])


def outer():
    local = 7

    @lambda f: (print("decorated", f.__qualname__), f)[1]
    def inner[T](x, *, y=local):
        return x, y, local, T

    class Inner[T]:
        z = local

        def m(self):
            return T, local

    type Local[T] = (T, local)
    return inner(1), Inner.z, Inner().m(), Local.__value__, inner.__qualname__, Inner.__qualname__


print(outer())


async def coro[T](x: T) -> T:
    return T


try:
    coro(1).send(None)
except StopIteration as stop:
    print(stop.value)


def gen[T](n):
    for _ in range(n):
        yield T


print(list(gen(2)))
type = 5
print(type)
print((lambda T: T)(3))

for text in (
    "def f[T, T](): pass",
    "def f[]( ): pass",
    "def f[T = int, U](): pass",
    "class C[*T: int]: pass",
    "type X[T: (yield)] = 1",
):
    try:
        exec(text)
        print("accepted", text)
    except SyntaxError as error:
        print("SyntaxError", text)
