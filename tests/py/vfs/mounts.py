# pyrite: oracle=micropython
# The mount table: what a path leads to, where relative paths are, and what is asked of a file system that a program wrote.
import os
import vfs


class Files:
    def __init__(self, name):
        self.name = name

    def __repr__(self):
        return "<" + self.name + ">"

    def said(self, *what):
        print(self.name, *what)

    def mount(self, readonly, mkfs):
        self.said("mount", readonly, mkfs)

    def umount(self):
        self.said("umount")

    def chdir(self, path):
        self.said("chdir", path)
        if path == "/none":
            raise OSError(2)

    def getcwd(self):
        return "/deep"

    def ilistdir(self, path):
        self.said("ilistdir", path)
        return iter([("one", 0x8000, 0, 3), (b"two", 0x4000, 0)])

    def stat(self, path):
        self.said("stat", path)
        return (0x8000, 1, 2, 3, 4, 5, 6, 7, 8, 9)

    def statvfs(self, path):
        self.said("statvfs", path)
        return (1, 2)

    def open(self, path, mode):
        return self.name + " " + path + " " + mode

    def mkdir(self, path):
        self.said("mkdir", path)

    def rmdir(self, path):
        self.said("rmdir", path)

    def remove(self, path):
        self.said("remove", path)

    def rename(self, old, new):
        self.said("rename", old, new)


def attempt(function, *args, **keywords):
    try:
        return function(*args, **keywords)
    except OSError as error:
        return "OSError %d" % error.errno


print(len(vfs.mount()), vfs.mount()[0][1])
vfs.umount("/")
print(vfs.mount(), os.getcwd(), os.listdir("/"))
print(attempt(os.listdir, "/x"), attempt(os.stat, "x"), attempt(open, "/x"), attempt(open, "/"), attempt(os.chdir, "x"))
print(attempt(os.stat, "/"), attempt(os.statvfs, "/")[:9], attempt(os.rmdir, "/"), attempt(os.mkdir, "/"))

vfs.mount(Files("A"), "/a")
vfs.mount(Files("AB"), "/ab", readonly=True)
print(vfs.mount())
print(attempt(vfs.mount, Files("again"), "/a"), attempt(vfs.umount, "/c"))
print(os.listdir(), os.listdir(b"/"), list(os.ilistdir("/")))
print(os.listdir("/a"), os.listdir("a/"), os.listdir("/ab/x"))
print(open("/a/f"), open("/ab/g/h", "wb"), open("a", "r"))
print(attempt(os.mkdir, "/a"), attempt(os.mkdir, "/a/"), attempt(os.mkdir, "/a/x"), attempt(os.rename, "/a/x", "/ab/x"))
os.rename("/a/x", "/a/y/z")
os.remove("a/x")
os.unlink("/a/x")
os.rmdir("/ab/x")
print(os.stat("/a/s"), os.statvfs("/ab/s"))

os.chdir("/a/in")
print(os.getcwd(), open("f"), open("/ab/f"), os.listdir(""), os.stat(".")[0])
print(attempt(os.chdir, "/a/none"), os.getcwd(), attempt(os.chdir, "/nowhere"), os.getcwd())
os.chdir("/ab")
vfs.umount(vfs.mount()[1][0])
print(os.getcwd(), vfs.mount())

vfs.mount(Files("root"), "/")
vfs.mount(Files("C"), "/c")
print(vfs.mount(), os.listdir("/"), os.getcwd())
print(open("f"), open("/f"), open("/c/f"), open("/cc/f"), os.statvfs("/"))
os.chdir("/c")
os.chdir("/")
print(os.getcwd(), open("x"))
os.chdir("/sub")
print(os.getcwd(), open("x"))
vfs.umount("/")
print(os.getcwd(), os.listdir())
