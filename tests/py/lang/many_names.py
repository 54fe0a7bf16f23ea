# Long functions: many locals, many constants, jumps over long bodies, deep nesting.
source = "def f(a):\n"
for i in range(300):
    source += "    v%d = a + %d\n" % (i, i * 1000)
source += "    if a > 5:\n"
for i in range(300):
    source += "        v%d += v%d\n" % (i, 299 - i)
source += "    return v0 + v150 + v299\n"
names = {}
exec(source, names)
print(names["f"](1), names["f"](10))
source = "def g(x):\n"
for depth in range(12):
    source += "    " * (depth + 1) + "if x >= %d:\n" % depth
source += "    " * 13 + "return 'deep'\n    return 'not'\n"
exec(source, names)
print(names["g"](3), names["g"](20))
print(eval("+".join(["1"] * 200)), eval("(" * 30 + "7" + ")" * 30), eval("[" * 20 + "]" * 20))
exec("x = [" + ", ".join(str(i) for i in range(500)) + "]", names)
print(sum(names["x"]), len(names["x"]))
exec("d = {" + ", ".join("'k%d': %d" % (i, i) for i in range(200)) + "}", names)
print(sum(names["d"].values()))
source = "def h(n):\n    total = 0\n    while n:\n        n -= 1\n"
for i in range(200):
    source += "        if n == %d:\n            total += %d\n            continue\n" % (i, i * 3)
source += "    return total\n"
exec(source, names)
print(names["h"](10), names["h"](250))
