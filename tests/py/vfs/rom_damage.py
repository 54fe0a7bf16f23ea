# pyrite: oracle=pyrite modes=bytecode,native
# Damaged images give errors, and nothing outside the image is ever read.
import os
import sys
import vfs

from _romfs import directory, file, image, number, record

good = image(file("a", b"abc"), directory("d", file("b.py", b"x = 1\n"), file("c", b"")), file("e", b"12345"))
paths = ["", "/a", "d", "/d/b.py", "d/c", "e", "nothing"]
told = {}
for at in range(len(good)):
    for value in (0, 1, 2, 3, 4, 5, 0x7F, 0x80, 0xFF, good[at] ^ 1):
        broken = bytearray(good)
        broken[at] = value
        try:
            fs = vfs.VfsRom(broken)
        except OSError as error:
            told[error.errno] = told.get(error.errno, 0) + 1
            continue
        for path in paths:
            try:
                fs.stat(path)
                list(fs.ilistdir(path))
                content = fs.open(path, "rb").read()
                assert bytes(content) in bytes(broken)
            except OSError as error:
                told[error.errno] = told.get(error.errno, 0) + 1
print(sorted(told))

# Data that lies elsewhere must lie in the image.
shared = record(2, b"shared")
for length, offset in ((6, 2), (2, 4), (7, 2), (0, 1 << 20), (1 << 40, 2), (2, 1 << 63)):
    name = b"\x01p"
    pointer = record(5, name + record(3, number(length) + number(offset)))
    fs = vfs.VfsRom(image(shared, pointer))
    try:
        print(length, offset, fs.open("p", "rb").read())
    except OSError as error:
        print(length, offset, error)
print(list(vfs.VfsRom(image(shared, record(5, b"\x01p"))).ilistdir("")))

# The program takes away what it gave.
data = bytearray(image(file("big", b"x" * 1000)))
fs = vfs.VfsRom(data)
f = fs.open("big", "rb")
view = memoryview(f)
data[:] = b""
for use in (f.read, lambda: fs.stat("big"), lambda: bytes(view), lambda: len(fs.open("big", "rb").read()), lambda: view[999]):
    try:
        print(use())
    except (OSError, TypeError, IndexError, ValueError) as error:
        print(type(error).__name__, error)

# A damaged file system on the path stops no other import.
vfs.mount(vfs.VfsRom(image(record(0, b"zz"))), "/bad")
vfs.mount(vfs.VfsRom(image(file("m.py", b"print('found', __file__)\n"))), "/good")
sys.path[:] = ["/bad", "/good"]
import m
print(os.listdir("/bad"))
