# pyrite: oracle=micropython
# What Python refuses and MicroPython takes.
from array import array

d = {1: 2, 3: 4, 5: 6}
seen = 0
for k in d:
    seen += 1
    del d[k]
print(d, seen)
s = {1, 2, 3}
for k in s:
    s.remove(k)
print(s)
b = bytearray(b"a")
m = memoryview(b)
b.extend("bc")
b += "d"
print(b, sum(["a", "b"], ""))
a = array("H")
a.extend(b"\x01\x00\x02\x00\x03")
print(list(a), array("b", [1]) < b"a", b"a" < memoryview(b"b"), memoryview(b"c") < bytearray(b"b"))
