# What code objects tell.
def f(x, y):
    a = x + y
    return a * 5


def g():
    "its docstring"
    return "text", 1.5, None


print(f.__code__.co_consts, g.__code__.co_consts[0])
print(type(f.__code__.co_code) is bytes, f.__code__.co_name, f.__code__.co_varnames, f.__code__.co_argcount)
rows = [row for row in f.__code__.co_lines() if row[2] != f.__code__.co_firstlineno]
print(sorted({line - f.__code__.co_firstlineno for _, _, line in rows}))
print(all(a[1] == b[0] for a, b in zip(rows, rows[1:])))

c = compile("x = 5\ny = x + k", "file", "exec")
print(c.co_name, c.co_filename, c.co_argcount)
names = {"k": 2}
exec(c, names)
print(names["x"], names["y"])

# Code of functions can be run too.
k = 1
exec((lambda: print("run", k)).__code__, {"k": 7, "print": print})
print(eval((lambda: k + 1).__code__), eval((lambda: k + 1).__code__, {"k": 7}))
try:
    exec((lambda needed: 0).__code__)
except TypeError as e:
    print("TypeError")


def with_cell():
    a = 3
    return (lambda: a)()


exec(with_cell.__code__)
make = type(f)
print(make(compile("z = 1", "", "exec"), names)(), names["z"])
for wrong in ((None, {}), (f.__code__, None), (5, 5)):
    try:
        make(*wrong)
    except TypeError:
        print("TypeError")
