# pyrite: oracle=pyrite modes=bytecode,native
# mip with a local index: versions, hashes, dependencies, code made by MicroPython's tool, and what it refuses.
import os
import sys

import mip
from _code import GREET

digest = mip.sha256


def write(path, data):
    for at in range(1, len(path)):
        if path[at] == "/" and not os.path.isdir(path[:at]):
            os.mkdir(path[:at])
    with open(path, "wb") as f:
        f.write(data)


def listed(data):
    hash = digest(data)[:8]
    write("index/file/" + hash[:2] + "/" + hash, data)
    return hash


dep = listed(b"def double(x):\n    return 2 * x\n")
greet = listed(GREET)
app = listed(b"import dep\nprint('app', dep.double(4))\n")
json = '{"v": 1, "hashes": [["app/__init__.py", "%s"], ["app/greet.mpy", "%s"]], "deps": [["dep", "latest"]], "version": "1.0"}'
for kind in ("py", "6"):
    write("index/package/%s/app/latest.json" % kind, bytes(json % (app, greet), "utf-8"))
write("index/package/6/app/0.9.json", b'{"hashes": [], "urls": []}')
write("index/package/6/dep/latest.json", bytes('{"hashes": [["dep.py", "%s"]]}' % dep, "utf-8"))

mip.install("app", index="index", target="lib")
print(sorted(os.listdir("lib")), sorted(os.listdir("lib/app")))
sys.path.append("lib")
import app
import app.greet

print(app.greet.greet("mip")[0], app.greet.__file__)
mip.install("app", index="file:index/", target="lib", version="0.9")
mip.install("app", index="index", target="lib")
mip.install("app", index="index", target="lib2", mpy=False)
mip.install("nothing", index="index", target="lib")

# Packages without an index: a directory with a package.json, or one file.
write("src/one.py", b"ONE = 1\n")
write("src/sub/two.py", b"TWO = 2\n")
write("src/package.json", b'{"urls": [["one.py", "one.py"], ["p/two.py", "sub/two.py"]], "version": "0.1"}')
mip.install("./src", target="lib3")
mip.install("file:src/one.py", target="lib4")
print(sorted(os.listdir("lib3")), os.listdir("lib3/p"), os.listdir("lib4"))

# Content that does not have its hash, paths that lead elsewhere, texts that are no JSON.
write("index/file/" + dep[:2] + "/" + dep, b"something else")
for target in ("bad1", "bad2"):
    mip.install("dep", index="index", target=target)
for text in (
    b'{"urls": [["../out.py", "one.py"]]}',
    b'{"urls": [["/out.py", "one.py"]]}',
    b'{"urls": [["x", "one.py"]',
    b'{"urls": [["x", "none.py"]]}',
    b"\xff",
):
    write("src/package.json", text)
    mip.install("./src/package.json", target="bad")
mip.install("github:org/repo", target="bad")
mip.install("app", target="bad")
print(os.path.exists("out.py"), os.path.exists("bad1/dep.py"))
