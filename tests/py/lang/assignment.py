# pyrite: board oom
# Targets of assignment: chains, unpacking, stars, subscripts, attributes, del, walrus.
a = b = c = [1]
b.append(2)
print(a, a is c)
a, b = 1, 2
a, b = b, a
print(a, b)
(a, b), [c, d] = (1, 2), [3, 4]
print(a, b, c, d)
a, *b = range(4)
*c, d = "xyz"
e, *f, g = 1, 2
print(a, b, c, d, e, f, g)
for bad, n in (("1", 2), ("123", 2)):
    try:
        a, b = bad
    except ValueError:
        print("ValueError")
try:
    a, b = 5
except TypeError:
    print("TypeError")
x = [0, 1, 2, 3]
x[0], x[-1] = x[-1], x[0]
x[1] += 10
print(x)
i = 0
i, x[i] = 2, "set"
print(i, x)
x[1:3] = ["a", "b", "c"]
print(x)
del x[0], x[-1]
print(x)
d = {}
d["a"], d["b"] = 1, 2
d["a"] += 5
del d["b"]
print(d)


class O:
    pass


o = O()
o.x = o.y = 3
o.x, (o.y, o.z) = 1, (2, 3)
o.x -= 5
print(o.x, o.y, o.z)
del o.x
print(hasattr(o, "x"))


def log(tag, value):
    print(tag, end=" ")
    return value


log("obj", d)[log("key", "k")] = log("value", 9)
print(d)
if (n := len("four")) > 3:
    print("walrus", n)
print([y := 5, y + 1], (z := 3) + z)
while (n := n - 1) > 1:
    print("n", n)
print([last := k for k in range(3)], last)
t = 1, 2
t += (3,)
u = t
t += (4,)
print(t, u)
l = m = [1]
l += [2]
l *= 2
print(m)
s = "a"
s += "b"
s *= 3
print(s)
