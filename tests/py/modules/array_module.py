# pyrite: board
# array: typed storage.
from array import array

a = array("i", [1, -2, 3])
a.append(4)
a.extend([5, 6])
print(a, len(a), a[1], a[-1], a[1:3], list(a), sum(a), 3 in a, a == array("i", [1, -2, 3, 4, 5, 6]))
a[0] = 100
a += array("i", [7])
print(a, bytes(array("H", [1, 258])), array("b", b"\x01\xff"), array("B", [1, 255]), array("d", [0.5, 1]), array("f", [1.5]), array("q", [-(2**63)]), array("Q", [2**64 - 1]), array("I", [2**32 - 1]))
m = memoryview(a)
m[1] = 55
print(a[1], m[2], len(m), list(m[1:4]), array("h") )
m = None
a[1:3] = array("i", [9, 9, 9])
print(a)
for f in (lambda: array("B", [1])[5], lambda: array("Z"), lambda: array("i", ["x"]), lambda: a.__getitem__("x")):
    try:
        print(f())
    except (IndexError, ValueError, TypeError, AttributeError) as e:
        print("error")
total = 0
t = array("I", [i * i for i in range(50)])
for v in t:
    total += v
for i in range(len(t)):
    t[i] = t[i] ^ 0xFF
print(total, t[49], max(t), min(t), sorted(t)[:3])
