# types: types that have no other name.
import types
from types import SimpleNamespace

class C:
    def m(self):
        pass


n = SimpleNamespace(a=1, b="x")
n.c = [2]
print(n, n == SimpleNamespace(a=1, b="x", c=[2]), n == 3, n.__dict__)
print(isinstance(lambda: 0, types.FunctionType), types.FunctionType is types.LambdaType)
print(isinstance(len, types.BuiltinFunctionType), isinstance(C().m, types.MethodType))
print(isinstance(types, types.ModuleType), isinstance(None, types.NoneType), isinstance(..., types.EllipsisType))
print(isinstance((i for i in ()), types.GeneratorType), isinstance(int | str, types.UnionType))
print(isinstance(list[int], types.GenericAlias), types.GenericAlias(list, (int,)))
print(types.MappingProxyType({"a": 1})["a"], types.ModuleType("m").__name__)
bound = types.MethodType(lambda self, x: (self, x), 5)
print(bound(6))
try:
    1 / 0
except ZeroDivisionError as error:
    print(isinstance(error.__traceback__, types.TracebackType))
made = types.new_class("Made", (SimpleNamespace,), {}, lambda names: names.update(k=3))
print(made.__name__, made.k, made(z=1).z)
