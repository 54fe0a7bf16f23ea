# pyrite: oracle=micropython
from micropython import RingIO

r = RingIO(5)
print(r, r.any())
print(r.write(b"abc"), r.any(), r.read(2), r.any())
print(r.write(b"defgh"), r.any(), r.write(b"x"), r.read())
print(r.read(), r.read(3))
for n in range(20):
    r.write(bytes([n, n + 1]))
    print(r.read(), end=" ")
print()
r.write(b"a\nbc")
print(r.readline(), r.any())
target = bytearray(4)
print(r.readinto(target), target)
print(r.readinto(target), r.any())

memory = bytearray(4)
r = RingIO(memory)
print(r.write(b"12345"), memory[:3], r.read())
for bad in 0, 65535, bytearray(1), bytearray(0), b"read only", None, "x":
    try:
        print(RingIO(bad))
    except (ValueError, TypeError) as e:
        print(type(e).__name__)
