# Files: modes, positions, lines, what a file tells of itself; and os.path.
import io
import os

name = "files_test.tmp"
with open(name, "w") as f:
    print(f.writelines(["one\n", "two\n", "three\n"]), f.name == name, f.mode, f.readable(), f.writable(), f.seekable())
with open(name) as f:
    print(f.readlines(1), f.readlines(5), f.readlines(), f.readable(), f.writable(), f.isatty(), f.mode)
with open(name, "r+") as f:
    print(f.truncate(5), f.read(), f.seek(0), f.write("ONE"), f.tell())
with open(name, "rb") as f:
    print(f.read())
with open(name, "r+b") as f:
    f.seek(2)
    print(f.truncate(), f.seek(0, 2), f.tell())
try:
    open(name, "q")
except ValueError:
    print("ValueError")
try:
    open(name, "x")
except OSError as e:
    print("OSError", e.errno)
f = open(name)
f.close()
for call in (f.read, f.readline, f.readable, f.isatty, lambda: f.truncate(1), lambda: f.writelines([]), lambda: next(f)):
    try:
        call()
    except ValueError:
        print("closed")
os.remove(name)

for make, a, b in ((io.StringIO, "a\nb", "cd"), (io.BytesIO, b"a\nb", b"cd")):
    s = make(a)
    print(s.readable(), s.writable(), s.seekable(), s.readlines(1), s.readlines())
    print(s.writelines([b, a]), s.getvalue(), s.truncate(2), s.getvalue(), s.seek(1), s.truncate(), s.getvalue())
    try:
        s.truncate(-1)
    except ValueError:
        print("ValueError")
print(io.StringIO(initial_value="x").read(), io.BytesIO(initial_bytes=b"x").read())

path = os.path
print(path.join("a", "b"), path.join("a/", "b"), path.join("a", "/b", "c"), path.join("a", "", "b"), path.join("", "a"))
for p in ("/a/b", "a", "/", "//a", "a/", "/a//b", ""):
    print(path.split(p), path.dirname(p), path.basename(p), path.isabs(p))
for p in ("a.b.c", ".a", "a", "x.y/z", "x/.y.z", "..a", "a."):
    print(path.splitext(p))
for p in ("a/../b", "/..", "./a//b/.", "", "../../a", "a/..", "/a/../../b"):
    print(path.normpath(p))
print(path.exists("."), path.isdir("."), path.isfile("."), path.exists("no such file"))
print(path.abspath("a/../b") == path.join(os.getcwd(), "b"), path.abspath("/x/./y"))
import os.path as again

print(again is path, again.sep, os.getenv("no such name", 1))
