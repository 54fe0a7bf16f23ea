# typing: names that annotations use. Nothing here checks a type.

import collections
from abc import ABCMeta
from types import GenericAlias, UnionType

TYPE_CHECKING = False


def _params[T, *Ts, **P]():
    pass


type _Made = int

# Those between the brackets of a definition are of the same types.
TypeVar, TypeVarTuple, ParamSpec = map(type, _params.__type_params__)
TypeAliasType = type(_Made)
NoDefault = _params.__type_params__[0].__default__


class _Or:
    def __or__(self, other):
        return _Alias(Union, (self, other))

    def __ror__(self, other):
        return _Alias(Union, (other, self))


class _Form(_Or):
    # A name that may be subscripted and that a class may derive from: it stands for `origin`, if there is one.
    def __init__(self, name, origin=None):
        self.__name__ = self._name = name
        self.__origin__ = origin

    def __getitem__(self, args):
        args = args if isinstance(args, tuple) else (args,)
        return _Alias(self, args if self is Literal else tuple(type(None) if arg is None else arg for arg in args))

    def __call__(self, *args, **keywords):
        if self.__origin__ is None:
            raise TypeError(f"Cannot instantiate {self!r}")
        return self.__origin__(*args, **keywords)

    def __mro_entries__(self, bases):
        return () if self.__origin__ is None else (self.__origin__,)

    def __instancecheck__(self, obj):
        return isinstance(obj, self._checked())

    def __subclasscheck__(self, cls):
        return issubclass(cls, self._checked())

    def _checked(self):
        if self.__origin__ is None:
            raise TypeError(f"{self!r} cannot be used with isinstance()")
        return self.__origin__

    def __repr__(self):
        return "typing." + self._name


class _Abstract(_Form):
    # A name of what has certain methods.
    def __init__(self, name, *methods):
        super().__init__(name)
        self._methods = methods

    def __instancecheck__(self, obj):
        return self.__subclasscheck__(type(obj))

    def __subclasscheck__(self, cls):
        return all(getattr(cls, name, None) is not None for name in self._methods)


class _Callable(_Abstract):
    def __instancecheck__(self, obj):
        return callable(obj)


class _Alias(_Or):
    def __init__(self, form, args):
        self._form = form
        self.__args__ = args
        self.__origin__ = getattr(form, "__origin__", None) or form

    @property
    def __parameters__(self):
        found = []
        for arg in self.__args__:
            is_param = isinstance(arg, (TypeVar, TypeVarTuple, ParamSpec))
            for param in (arg,) if is_param else getattr(arg, "__parameters__", ()):
                if param not in found:
                    found.append(param)
        return tuple(found)

    def __getitem__(self, args):
        given = dict(zip(self.__parameters__, args if isinstance(args, tuple) else (args,)))
        return _Alias(self._form, tuple(_put(arg, given) for arg in self.__args__))

    def __call__(self, *args, **keywords):
        return self._form(*args, **keywords)

    def __mro_entries__(self, bases):
        return self._form.__mro_entries__(bases) if isinstance(self._form, _Form) else (self._form,)

    def __eq__(self, other):
        if isinstance(other, _Alias):
            return self._form is other._form and self.__args__ == other.__args__
        return NotImplemented

    def __hash__(self):
        return hash((id(self._form), len(self.__args__)))

    def __repr__(self):
        return f"{self._form!r}[{', '.join(map(_text, self.__args__))}]"


class _Unions(_Form):
    def __getitem__(self, args):
        args = args if isinstance(args, tuple) else (args,)
        if self is Optional:
            args += (None,)
        result = args[0]
        for arg in args[1:]:
            try:
                result |= arg
            except TypeError:
                return _Alias(Union, args)
        return result


def _put(arg, given):
    if isinstance(arg, (TypeVar, TypeVarTuple, ParamSpec)):
        return given.get(arg, arg)
    inner = getattr(arg, "__parameters__", ())
    return arg[tuple(given.get(param, param) for param in inner)] if inner else arg


def _text(arg):
    if arg is ...:
        return "..."
    if isinstance(arg, list):
        return f"[{', '.join(map(_text, arg))}]"
    if isinstance(arg, type):
        return arg.__qualname__ if arg.__module__ == "builtins" else f"{arg.__module__}.{arg.__qualname__}"
    return repr(arg)


Union = _Unions("Union", UnionType)
Optional = _Unions("Optional")
Any = _Form("Any")
for _name in (
    "AnyStr Annotated Callable ClassVar Concatenate Final Literal LiteralString Never NoReturn NotRequired ReadOnly "
    "Required Self TypeAlias TypeGuard TypeIs Unpack"
).split():
    globals()[_name] = _Form(_name)
AnyStr = TypeVar("AnyStr", str, bytes)
Callable = _Callable("Callable", "__call__")

List, Dict, Tuple, Set, FrozenSet, Type, Text = list, dict, tuple, set, frozenset, type, str
for _name, _origin in (
    ("DefaultDict", "defaultdict"),
    ("Deque", "deque"),
    ("OrderedDict", "OrderedDict"),
):
    globals()[_name] = _Form(_name, getattr(collections, _origin))

_SIZED = ("__len__", "__iter__", "__contains__")
_SEQUENCE = ("__len__", "__getitem__", "index", "count")
_MAPPING = ("__len__", "__getitem__", "keys", "items")
for _name, *_methods in (
    ("AbstractSet", *_SIZED, "isdisjoint"),
    ("AsyncContextManager", "__aenter__", "__aexit__"),
    ("AsyncGenerator", "__anext__", "asend"),
    ("AsyncIterable", "__aiter__"),
    ("AsyncIterator", "__anext__"),
    ("Awaitable", "__await__"),
    ("BinaryIO", "read"),
    ("Collection", *_SIZED),
    ("Container", "__contains__"),
    ("ContextManager", "__enter__", "__exit__"),
    ("Coroutine", "send", "throw"),
    ("Generator", "send", "throw"),
    ("Hashable", "__hash__"),
    ("IO", "read"),
    ("ItemsView", *_SIZED),
    ("Iterable", "__iter__"),
    ("Iterator", "__next__"),
    ("KeysView", *_SIZED),
    ("Mapping", *_MAPPING),
    ("Match", "group"),
    ("MutableMapping", *_MAPPING, "update"),
    ("MutableSequence", *_SEQUENCE, "append"),
    ("MutableSet", *_SIZED, "add"),
    ("Pattern", "match"),
    ("Reversible", "__reversed__"),
    ("Sequence", *_SEQUENCE),
    ("Sized", "__len__"),
    ("SupportsAbs", "__abs__"),
    ("SupportsBytes", "__bytes__"),
    ("SupportsFloat", "__float__"),
    ("SupportsIndex", "__index__"),
    ("SupportsInt", "__int__"),
    ("SupportsRound", "__round__"),
    ("TextIO", "read"),
    ("ValuesView", "__len__", "__iter__"),
):
    globals()[_name] = _Abstract(_name, *_methods)


class Generic:
    def __class_getitem__(cls, args):
        return GenericAlias(cls, args)


class _ProtocolMeta(ABCMeta):
    def __call__(cls, *args, **keywords):
        if "_is_protocol" in cls.__dict__:
            raise TypeError("Protocols cannot be instantiated")
        return super().__call__(*args, **keywords)

    def __instancecheck__(cls, obj):
        return cls in type(obj).__mro__ or cls._asked() and all(hasattr(obj, name) for name in cls._members())

    def __subclasscheck__(cls, sub):
        return cls in sub.__mro__ or cls._asked() and all(hasattr(sub, name) for name in cls._members())

    def _asked(cls):
        if "_is_protocol" not in cls.__dict__:
            return False
        if not cls.__dict__.get("_is_runtime"):
            raise TypeError("Instance and class checks can only be used with @runtime_checkable protocols")
        return True

    def _members(cls):
        own = ("__module__", "__qualname__", "__doc__", "__annotations__", "__dict__", "__abstractmethods__")
        for base in cls.__mro__:
            if "_is_protocol" in base.__dict__ and base is not Protocol:
                names = [name for name in base.__dict__ if name not in own and not name.startswith(("_is_", "_abc_"))]
                yield from names
                yield from base.__dict__.get("__annotations__", ())


class Protocol(Generic, metaclass=_ProtocolMeta):
    _is_protocol = True

    def __init_subclass__(cls, **keywords):
        if Protocol in cls.__bases__:
            cls._is_protocol = True


def runtime_checkable(cls):
    cls._is_runtime = True
    return cls


class _Fields(type):
    def __new__(meta, name, bases, namespace):
        if "_root" in namespace:
            return super().__new__(meta, name, bases, namespace)
        fields = namespace.pop("__annotations__", {})
        defaults = [namespace.pop(field) for field in fields if field in namespace]
        made = collections.namedtuple(name, list(fields), defaults=defaults)
        cls = type(name, (made,), namespace)
        cls.__annotations__ = fields
        return cls


class NamedTuple(metaclass=_Fields):
    _root = True

    def __new__(cls, name, fields=()):
        made = collections.namedtuple(name, [field for field, _ in fields])
        return type(name, (made,), {"__annotations__": dict(fields)})


class TypedDict(dict):
    def __init_subclass__(cls, total=True):
        cls.__total__ = total


class NewType:
    def __init__(self, name, supertype):
        self.__name__ = self.__qualname__ = name
        self.__supertype__ = supertype

    def __call__(self, value):
        return value

    def __repr__(self):
        return self.__name__

    def __or__(self, other):
        return Union[self, other]

    def __ror__(self, other):
        return Union[other, self]


def cast(type, value):
    return value


def _same(value, *args, **keywords):
    return value


assert_type = final = no_type_check = overload = override = reveal_type = type_check_only = _same


def dataclass_transform(**keywords):
    return _same


def assert_never(value):
    raise AssertionError(f"Expected code to be unreachable, but got: {value!r}")


def get_overloads(function):
    return []


def get_origin(hint):
    if isinstance(hint, UnionType):
        return Union
    if isinstance(hint, _Alias) and hint._form in (Union, Optional):
        return Union
    return getattr(hint, "__origin__", None) if isinstance(hint, (_Alias, GenericAlias)) else None


def get_args(hint):
    return hint.__args__ if isinstance(hint, (_Alias, GenericAlias, UnionType)) else ()


def get_type_hints(obj, globalns=None, localns=None, include_extras=False):
    hints = {}
    for part in reversed(obj.__mro__) if isinstance(obj, type) else (obj,):
        own = part.__dict__.get("__annotations__") if isinstance(part, type) else getattr(part, "__annotations__", None)
        names = globalns if globalns is not None else getattr(obj, "__globals__", None) or _globals_of(part)
        for name, hint in (own or {}).items():
            if isinstance(hint, str):
                hint = eval(hint, names, names if localns is None else localns)
            if hint is None:
                hint = type(None)
            if isinstance(hint, _Alias) and hint._form is Annotated and not include_extras:
                hint = hint.__args__[0]
            hints[name] = hint
    return hints


def _globals_of(part):
    import sys

    return getattr(sys.modules.get(part.__module__ if hasattr(part, "__module__") else part.__name__), "__dict__", {})
