# pyrite: oracle=micropython
# VfsPosix: the files below a directory of the host.
import os
import vfs


def attempt(function, *args):
    try:
        return function(*args)
    except OSError as error:
        return "OSError %d" % error.errno


start = os.getcwd()
os.mkdir("top")
fs = vfs.VfsPosix("top")
fs.mkdir("/sub")
with fs.open("/sub/f", "w") as f:
    f.write("text")
print(list(fs.ilistdir("/"))[0][:2], [entry[0] for entry in fs.ilistdir(b"/sub")], fs.stat("/sub/f")[6])
print(fs.open("/sub/f", "rb").read(), attempt(fs.open, "/none", "r"), attempt(fs.stat, "/none"), attempt(fs.rmdir, "/sub"))
vfs.mount(fs, "/mnt")
os.chdir("/mnt/sub")
print(os.getcwd(), os.listdir(), open("f").read(), os.listdir("/mnt"))
os.rename("/mnt/sub/f", "/mnt/g")
os.chdir("..")
print(os.getcwd(), os.listdir("sub"), len(os.statvfs("/mnt")))
os.chdir(start)
vfs.umount("/mnt")

fs = vfs.VfsPosix("top")
vfs.mount(fs, "/mnt", readonly=True)
print(open("/mnt/g").read())
for function, args in ((open, ("/mnt/g", "w")), (open, ("/mnt/g", "r+")), (os.remove, ("/mnt/g",)), (os.mkdir, ("/mnt/d",))):
    print(attempt(function, *args))
print(attempt(os.rename, "/mnt/g", "/mnt/h"), attempt(os.rmdir, "/mnt/sub"), attempt(vfs.VfsPosix().mount, False, True))
vfs.umount("/mnt")
os.remove("top/g")
os.rmdir("top/sub")
os.rmdir("top")
print("top" in os.listdir())

from _romfs import directory, file, image

vfs.mount(vfs.VfsRom(image(file("a.txt", b"one"), directory("dir", file("b", b"")))), "/rom")
os.chdir("/rom")
print(os.getcwd(), os.listdir("dir"), open("a.txt").read(), attempt(os.chdir, "dir"))
os.chdir(start)
print(os.getcwd() == start, "a.txt" in os.listdir())
