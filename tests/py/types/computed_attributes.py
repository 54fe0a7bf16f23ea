# Attributes that built-in types compute, read through the type.
print(type(int.real).__name__, type(float.imag).__name__)
print(int.real.__get__(5), bool.imag.__get__(True), float.real.__get__(2.5))
print(int.real.__get__(None, int) is not None)
try:
    int.real.__get__("a")
except TypeError:
    print("wrong object")


class A(int):
    pass


print(A.real.__get__(A(7)), A(7).real, int.real.__get__(A(8)))
for value in (b"12", bytearray(b"12"), memoryview(b"12"), "12"):
    try:
        print(int(value, 16))
    except TypeError as e:
        print("int() of", type(value).__name__)

print(issubclass(0, ()))
for spec in ("\0", "<\0", ",\0"):
    try:
        print(format(0, spec))
    except ValueError:
        print("bad format")
from collections import OrderedDict

try:
    OrderedDict().pop([])
except TypeError:
    print("no key")
