# pyrite: modes=bytecode,stress oracle=pyrite
# A compiled module in an image in memory: its code takes no room in the heap, and can go when nothing needs it.
import gc, marshal, sys, vfs

from _romfs import file, image

# Functions that loop over their names often get caches, the others need none.
source = ["def hot(n):\n t = 0\n for i in range(n):\n  t += len(sys.path) - len(sys.path) + i\n return t\nimport sys\n"]
for n in range(4):
    source.append("def f%d(a, b):\n" % n + " a = a * 3 + b\n" * 1500 + " return a\n")
data = marshal.dumps(compile("".join(source), "big.py", "exec"))
print(len(data) > 40000)
outer = sys.path[:]
vfs.mount(vfs.VfsRom(image(file("big.mpy", data))), "/rom")
sys.path[:] = ["/rom"]
gc.collect()
before = gc.mem_alloc()
import big

gc.collect()
taken = gc.mem_alloc() - before
print(taken < 6000, big.__file__, big.f3(0, 1) == big.f2(0, 1), big.hot(100))
gc.collect()
print(gc.mem_alloc() - before < 12000)
vfs.umount("/rom")
sys.path[:] = outer
f = big.f1
del big, data, source
del sys.modules["big"]
gc.collect()
print(f(0, 0))
