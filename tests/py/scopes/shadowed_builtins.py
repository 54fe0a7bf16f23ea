# A name that hides a built-in one, or no longer does, counts at once: whoever sets it, and wherever the code that looks runs.
import builtins
import sys


def size(x):
    return len(x)


def show():
    print(size([1, 2, 3]))


for _ in range(3):
    show()
globals()["len"] = lambda x: "hidden"
show()
del globals()["len"]
show()
setattr(sys.modules["__main__"], "len", lambda x: "by setattr")
show()
delattr(sys.modules["__main__"], "len")
show()

# Code with globals of its own.
code = """
def inner(x):
    return len(x), abs(-1)
"""
names = {}
exec(code, names)
inner = names["inner"]
for _ in range(3):
    print(inner("ab"))
names["len"] = lambda x: "in names"
print(inner("ab"))
names.update(abs=lambda x: "other abs")
print(inner("ab"))
names.pop("len")
print(inner("ab"))
names.clear()
names["__builtins__"] = builtins
print(inner("ab"))

# `builtins` itself.
old = builtins.len
builtins.len = lambda x: "in builtins"
print(inner("ab"))
show()
builtins.len = old
print(inner("ab"))
show()
builtins.added = 5
exec("def later(): return added", names)
later = names["later"]
print(later(), later())
builtins.added = 6
print(later())
del builtins.added
try:
    later()
except NameError as e:
    print("NameError")

# One code object, two namespaces.
compiled = compile("result = [len(x) for _ in range(2)]", "text", "exec")
one, two = {"x": "abc"}, {"x": "abc", "len": lambda x: "two's"}
for _ in range(2):
    for space in (one, two):
        exec(compiled, space)
        print(space["result"])
one["len"] = lambda x: "one's"
exec(compiled, one)
print(one["result"])
