# os and errno: the basics.
import errno
import os

print(errno.ENOENT, errno.EEXIST, errno.EACCES, errno.EINVAL, errno.errorcode[errno.ENOENT])
name = "os_errno.tmp"
os.mkdir(name)
try:
    os.mkdir(name)
except OSError as e:
    print(e.errno == errno.EEXIST)
with open(name + "/file", "w") as f:
    f.write("12345")
print(os.listdir(name), os.stat(name + "/file")[6], os.getcwd() != "")
os.chdir(name)
print(os.listdir())
os.rename("file", "other")
print(os.listdir("."), open("other").read())
os.remove("other")
os.chdir("..")
os.rmdir(name)
for f in (lambda: os.stat(name), lambda: os.remove(name), lambda: os.rmdir(name), lambda: os.listdir(name), lambda: os.chdir(name), lambda: open(name + "/x", "w")):
    try:
        f()
        print("no error")
    except OSError as e:
        print(type(e).__name__ in ("OSError", "FileNotFoundError"), e.errno == errno.ENOENT)
print(len(os.urandom(8)), os.getenv("NO_SUCH_VARIABLE_HERE"), os.getenv("NO_SUCH_VARIABLE_HERE", "default"))
