# pyrite: oracle=micropython board
# Modules run from an image in memory: compiled by MicroPython's own tool, and as text.
import gc
import sys
import vfs

from _code import GREET, GREET_TEXT, LONG, SHORT
from _romfs import directory, file, image

outer = sys.path[:]


def use(*records, of=bytes):
    vfs.mount(vfs.VfsRom(of(image(*records))), "/rom")
    sys.path[:] = ["/rom"]


def leave(*names):
    vfs.umount("/rom")
    for name in names:
        sys.modules.pop(name)


for of in (bytes, bytearray):
    for records in ((file("greet.mpy", GREET),), (file("greet.py", bytes(GREET_TEXT, "utf-8")),)):
        use(*records, of=of)
        import greet

        leave("greet")
        # The image may go: what was imported keeps what it needs of it.
        gc.collect()
        filler = [bytearray(100) for _ in range(20)]
        counter = greet.Counter()
        print(greet.__file__, greet.greet("you", loud=True), counter.add(3), greet.PLACE)
        del filler

# Text wins over code.
use(file("m.mpy", GREET), file("m.py", b"print('text')\n"))
import m

leave("m")
use(directory("pkg", file("__init__.py", b"from .sub import greet\n"), directory("sub", file("greet.mpy", GREET))))
import pkg.sub.greet

print(pkg.__path__, pkg.greet.__name__, pkg.sub.greet.greet("x")[0])
leave("pkg", "pkg.sub", "pkg.sub.greet")


# Four functions of twice 150 bytes more or less: the longer ones take no more memory, but where every place has a cache.
def taken(name, code):
    use(file(name + ".mpy", code))
    gc.collect()
    before = gc.mem_alloc()
    module = __import__(name)
    gc.collect()
    after = gc.mem_alloc()
    leave(name)
    return after - before


taken("short", SHORT)
short, long = taken("short", SHORT), taken("long", LONG)
print(len(LONG) - len(SHORT) > 500, long - short < (100 if sys.platform == "qemu-arm" else 5000))
sys.path[:] = outer
