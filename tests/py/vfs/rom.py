# pyrite: oracle=micropython board
# VfsRom: files and directories in an image in memory, which views of its files lead to.
import os
import vfs

from _romfs import directory, file, image, record


def attempt(function, *args):
    try:
        return function(*args)
    except OSError as error:
        return "OSError %d" % error.errno


data = bytearray(
    image(
        record(1, b"padding"),
        file("a.txt", b"one\ntwo\n"),
        directory("dir", file("b.bin", bytes(range(200))), directory("empty")),
        file("long name.txt", b""),
    )
)
fs = vfs.VfsRom(data)
print(list(fs.ilistdir("")), list(fs.ilistdir("/dir")), list(fs.ilistdir("dir/empty")))
print(fs.stat("/a.txt"), fs.stat("/dir")[:1], fs.statvfs("")[0], fs.statvfs("")[9], fs.getcwd())
print(attempt(fs.ilistdir, "x"), attempt(fs.stat, "/dir/x"), attempt(fs.open, "dir", "r"), attempt(fs.open, "a.txt/x", "r"))
for mode in ("w", "a", "r+"):
    print(attempt(fs.open, "/a.txt", mode))
with fs.open("/a.txt", "") as f:
    print(f.readline(), f.tell(), f.read(), f.read(), f.seek(1), f.read(2), f.seek(100, 1), f.seek(-2, 2), f.read())
    print(attempt(f.seek, -1), attempt(f.seek, -100, 2), f.seek(0), list(f))
f = fs.open("/dir/b.bin", "rb")
buffer = bytearray(8)
print(f.readinto(buffer), buffer, f.read(3), len(f.read()))

# A view of a file is a view of the image.
view = memoryview(f)
print(len(view), bytes(view[:3]), view[199])
data[data.index(bytes(range(9)))] = 77
print(view[0], fs.open("/dir/b.bin", "rb").read(1))
try:
    view[0] = 1
except TypeError:
    print("only to be read")

vfs.mount(fs, "/rom")
print(os.listdir("/rom"), os.listdir(b"/rom/dir"), os.stat("/rom/")[0], open("/rom/a.txt").read())
print(attempt(os.mkdir, "/rom/x") if hasattr(fs, "mkdir") else "no mkdir", attempt(os.chdir, "/rom/dir"))
vfs.umount("/rom")

inner = image(file("x", b"inside"))
outer = vfs.VfsRom(image(file("fs", inner)))
with outer.open("fs", "rb") as f:
    print(vfs.VfsRom(memoryview(f)).open("x", "r").read(), vfs.VfsRom(f).open("x", "r").read())
for wrong in (b"", b"xxxx", inner[:3], inner[:-1], b"\xd2\xcd\x31\xff"):
    print(attempt(vfs.VfsRom, wrong))
