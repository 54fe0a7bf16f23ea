# abc: classes that name methods which those derived from them must have.


def abstractmethod(function):
    function.__isabstractmethod__ = True
    return function


def _is_abstract(value):
    # Of a property or a class method the function inside is asked.
    for inner in (value, *(getattr(value, name, None) for name in ("__func__", "fget", "fset", "fdel"))):
        if getattr(inner, "__isabstractmethod__", False):
            return True
    return False


class ABCMeta(type):
    def __new__(meta, name, bases, namespace, **keywords):
        cls = super().__new__(meta, name, bases, namespace, **keywords)
        cls._abc_registry = []
        return update_abstractmethods(cls)

    def __call__(cls, *args, **keywords):
        names = cls.__abstractmethods__
        if names:
            plural = "s" if len(names) > 1 else ""
            text = ", ".join(repr(name) for name in sorted(names))
            raise TypeError(
                f"Can't instantiate abstract class {cls.__name__} without an implementation for abstract method{plural} {text}"
            )
        return super().__call__(*args, **keywords)

    def register(cls, subclass):
        cls._abc_registry.append(subclass)
        return subclass

    def __instancecheck__(cls, obj):
        return cls.__subclasscheck__(type(obj))

    def __subclasscheck__(cls, subclass):
        hook = getattr(cls, "__subclasshook__", None)
        answer = hook(subclass) if hook else NotImplemented
        if answer is not NotImplemented:
            return bool(answer)
        if cls in subclass.__mro__:
            return True
        return any(issubclass(subclass, other) for other in cls._abc_registry + cls.__subclasses__())


def update_abstractmethods(cls):
    names = {name for name, value in cls.__dict__.items() if _is_abstract(value)}
    for base in cls.__bases__:
        for name in getattr(base, "__abstractmethods__", ()):
            if _is_abstract(getattr(cls, name, None)):
                names.add(name)
    cls.__abstractmethods__ = frozenset(names)
    return cls


class ABC(metaclass=ABCMeta):
    __slots__ = ()


class abstractproperty(property):
    __isabstractmethod__ = True


class abstractclassmethod(classmethod):
    __isabstractmethod__ = True


class abstractstaticmethod(staticmethod):
    __isabstractmethod__ = True
