# pyrite: oracle=micropython
# Modules in a file system that a program wrote, whose files are streams that it wrote too.
import io
import os
import sys
import vfs

FILES = {
    "/a.py": b"import b\nprint('a', __file__)\n",
    "/b.py": b"print('b', __name__)\n" * 40,
    "/wrong.py": b"x = = 1\n",
    "/raises.py": b"print('before')\n1 / 0\n",
    "/pkg/__init__.py": b"from . import inner\nprint(__path__)\n",
    "/pkg/inner.py": b"print('inner', __name__, __file__)\n",
    "/broken.mpy": b"M\x00\x00\x00",
}


class File(io.IOBase):
    def __init__(self, path, data):
        self.path = path
        self.rest = data

    def readinto(self, buffer):
        count = min(len(buffer), len(self.rest))
        buffer[:count] = self.rest[:count]
        self.rest = self.rest[count:]
        return count

    def ioctl(self, request, arg):
        if request == 4:
            print("closed", self.path)
        return 0 if request == 4 else 64 if request == 11 else -1


class Files:
    def mount(self, readonly, mkfs):
        pass

    def umount(self):
        pass

    def stat(self, path):
        if path in FILES:
            return (0x8000,) + (0,) * 9
        if path == "/pkg":
            return (0x4000,) + (0,) * 9
        raise OSError(2)

    def open(self, path, mode):
        if path.endswith("b.py"):
            return io.BytesIO(FILES[path])
        return File(path, FILES[path])


vfs.mount(Files(), "/mine")
sys.path[:] = ["/mine"]
for name in ("a", "pkg", "wrong", "raises", "broken", "none"):
    try:
        __import__(name)
    except (SyntaxError, ValueError, ImportError, ZeroDivisionError) as error:
        print(name, type(error).__name__ if name != "none" else "ImportError")
    print(name in sys.modules)
names = {}
execfile("/mine/b.py", {"__name__": "given"}, names)
try:
    execfile("/mine/none.py")
except KeyError:
    print("KeyError")
vfs.umount("/mine")
try:
    import gone
except ImportError:
    print("gone")
