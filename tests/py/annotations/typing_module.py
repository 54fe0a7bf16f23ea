# typing: names of annotations, generic classes, protocols, named tuples.
from __future__ import annotations
import typing
from typing import (
    TYPE_CHECKING, AbstractSet, Annotated, Any, AnyStr, Awaitable, Callable, ClassVar, DefaultDict, Deque, Dict, Final,
    FrozenSet, Generic, Iterable, Iterator, List, Literal, Mapping, MutableMapping, NamedTuple, NewType, NoReturn,
    Optional, Protocol, Sequence, Set, Tuple, Type, TypedDict, TypeVar, Union, cast, final, get_args, get_origin,
    get_type_hints, overload, runtime_checkable,
)

if TYPE_CHECKING:
    import nowhere

T = TypeVar("T")
K = TypeVar("K", bound=int)
V = TypeVar("V", int, str)
print(T, T.__name__, K.__bound__, V.__constraints__)
UserId = NewType("UserId", int)
print(UserId(5), UserId.__name__, UserId.__supertype__)
Handler = Callable[[int, str], Optional[bool]]
Json = Union[Dict[str, "Json"], List["Json"], str, None]
print(Any, Callable, Optional, ClassVar, Literal["a", 1], Callable[..., int], Callable[[int], None])
print(get_origin(List[int]), get_args(Dict[str, int]), get_origin(Union[int, str]) is Union, get_args(Optional[int]))
print(get_origin(int), get_args(int), get_args(Literal[1, 2]))
print(cast(int, "x"), isinstance([], List), isinstance({}, Mapping), isinstance(3, Iterable), isinstance(len, Callable))


class Stack(Generic[T]):
    limit: ClassVar[int] = 3

    def __init__(self) -> None:
        self.items: List[T] = []

    def push(self, item: T) -> Stack[T]:
        self.items.append(item)
        return self


class Named(Stack[str]):
    pass


print(Stack[int]().push(1).items, Named().push("a").items, Stack[int].__args__)


@runtime_checkable
class Closes(Protocol):
    def close(self) -> None: ...


class File:
    def close(self):
        return "closed"


class Explicit(Closes):
    def close(self):
        return "explicit"


print(isinstance(File(), Closes), isinstance(3, Closes), Explicit().close(), isinstance(Explicit(), Closes))
try:
    Closes()
    print("made")
except TypeError:
    print("TypeError")


class Point(NamedTuple):
    x: int
    y: int = 2

    def total(self):
        return self.x + self.y


print(Point(1), Point(3, 4).total(), Point(y=1, x=0)._fields, Point(1) == (1, 2))
Pair = NamedTuple("Pair", [("a", int), ("b", str)])
print(Pair(1, "x"))


class Movie(TypedDict, total=False):
    title: str


print(Movie(title="x"), Movie.__total__)


@overload
def f(x: int) -> int: ...
@overload
def f(x: str) -> str: ...
def f(x):
    return x


@final
class Last:
    a: int
    b: "Optional[str]" = None


print(f(3), get_type_hints(Last)["a"], get_type_hints(Stack.push, None, None)["item"])


class Derived(Last):
    c: Annotated[int, "note"]


print(sorted(get_type_hints(Derived)), get_type_hints(Derived)["c"], get_args(get_type_hints(Derived, include_extras=True)["c"]))


def g(d: Deque[int], e: DefaultDict[str, Tuple[int, ...]], *args: Any, **kw: NoReturn) -> Iterator[Type[T]]:
    pass


print(g.__annotations__["e"], typing.Optional[typing.Callable[[int], str]] is not None)
