# types: the types that no built-in name stands for.

import sys


def _function():
    def inner():
        return _function

    async def coroutine():
        pass

    async def async_generator():
        yield

    class Class:
        def method(self):
            pass

    names = {
        "FunctionType": type(_function),
        "LambdaType": type(_function),
        "CodeType": type(_function.__code__),
        "CellType": type(inner.__closure__[0]) if inner.__closure__ else type(None),
        "GeneratorType": type((lambda: (yield))()),
        "AsyncGeneratorType": type(async_generator()),
        "MethodType": type(Class().method),
        "BuiltinFunctionType": type(len),
        "BuiltinMethodType": type([].append),
        "MappingProxyType": type(Class.__dict__),
        "ModuleType": type(sys),
        "NoneType": type(None),
        "EllipsisType": type(...),
        "NotImplementedType": type(NotImplemented),
        "GenericAlias": type(list[int]),
        "UnionType": type(int | str),
    }
    waiting = coroutine()
    names["CoroutineType"] = type(waiting)
    waiting.close()
    try:
        raise TypeError
    except TypeError as error:
        names["TracebackType"] = type(error.__traceback__)
    if hasattr(sys, "_getframe"):
        names["FrameType"] = type(sys._getframe())
    return names


globals().update(_function())


class SimpleNamespace:
    def __init__(self, mapping=(), /, **keywords):
        self.__dict__.update(mapping)
        self.__dict__.update(keywords)

    def __repr__(self):
        items = ", ".join(f"{name}={value!r}" for name, value in self.__dict__.items())
        name = "namespace" if type(self) is SimpleNamespace else type(self).__name__
        return f"{name}({items})"

    def __eq__(self, other):
        if isinstance(other, SimpleNamespace):
            return self.__dict__ == other.__dict__
        return NotImplemented


class DynamicClassAttribute(property):
    pass


def new_class(name, bases=(), kwds=None, exec_body=None):
    bases = resolve_bases(bases)
    keywords = dict(kwds or {})
    meta = keywords.pop("metaclass", type(bases[0]) if bases else type)
    prepare = getattr(meta, "__prepare__", None)
    namespace = prepare(name, bases, **keywords) if prepare else {}
    if exec_body:
        exec_body(namespace)
    return meta(name, bases, namespace, **keywords)


def resolve_bases(bases):
    all = []
    for base in bases:
        if isinstance(base, type) or not hasattr(base, "__mro_entries__"):
            all.append(base)
        else:
            all.extend(base.__mro_entries__(bases))
    return tuple(all)


def coroutine(function):
    return function
