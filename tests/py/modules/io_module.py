# StringIO and BytesIO, and files of the file system.
import io
import os

s = io.StringIO("line one\nline two\nlast")
print(s.read(4), s.readline(), s.readlines(), s.read(), s.seek(0), [l for l in s], s.getvalue()[:4])
s = io.StringIO()
print(s.write("abc"), s.write("de"), s.getvalue(), s.tell(), s.seek(1), s.write("X"), s.getvalue())
print("text", 1, [2], file=s)
print(repr(s.getvalue()))
b = io.BytesIO(b"\x00\x01\x02\x03")
print(b.read(2), b.read(), b.read(), b.seek(1), b.read(1), b.tell())
b = io.BytesIO()
b.write(b"abc")
b.write(bytearray(b"def"))
buf = bytearray(4)
b.seek(1)
print(b.getvalue(), b.readinto(buf), buf)
with io.StringIO("x") as f:
    print(f.read())
name = "io_module.tmp"
with open(name, "w") as f:
    print(f.write("first\nsecond é\n"), f.write("third"))
with open(name) as f:
    print(f.readline(), f.read(3), f.readlines())
with open(name, "rb") as f:
    print(f.read(6), f.seek(-5, 2), f.read(), f.tell())
with open(name, "ab") as f:
    f.write(b"\x00!")
with open(name, "rb") as f:
    print(len(f.read()))
for line in open(name):
    print(len(line))
with open(name, "r+b") as f:
    f.write(b"FIRST")
    f.seek(0)
    print(f.readline())
os.rename(name, name + "2")
print(os.stat(name + "2")[6], name + "2" in os.listdir("."))
os.remove(name + "2")
try:
    open(name)
except OSError as e:
    print("OSError", e.errno)
