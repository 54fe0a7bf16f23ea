# Constants, texts, containers, assignments of every shape.
small, wide, huge = 1073741823, 1073741824, 123456789012345678901234567890
print(small, -small - 1, wide, -wide - 1, huge, -huge, 0x7FFFFFFFFFFFFFFF, 1 << 70, 0b1011, 0o777, 1_000_000)
print(1.5, -0.25, 1e10, 3.0e-3, 2.5 * 2, 7 // 2, -7 // 2, 7 % -3, 2**10, 10 / 4, ~5, +3, -(-3))
print("short", "a text that is longer than ten", b"bytes", b"\x00\xff", "tab\t\"quote\" 'single' \\ \u00e9 \U0001f600")
print((1, 2, (3, "x", None, True, ...)), ("a",), (), [1, [2, [3]]], {"k": (1, 2)}, {1, 2} == {2, 1})
name, n = "world", 42
print(f"hello {name!r:>8} {n:05d} {n!s} {n * 2} {{}} {'in' + 'ner'}", "%d-%s" % (n, name), "{}:{n}".format(1, n=2))
first, (second, *third), fourth = 1, (2, 3, 4), 5
print(first, second, third, fourth)
a = b = [1, 2, 3, 4, 5]
a[1:3] = [20, 30, 40]
print(a, b is a, a[::2], a[-2:], a[:-1], a[::-1])
del a[0], b[0]
a += [7]
a[0] *= 2
print(a, len(a))
d = {}
d["x"] = d["y"] = 1
d["x"] += 5
print(d["x"], "y" in d, d.get("z", "none"), sorted(d.items()))
x, y = 1, 2
x, y = y, x
x, y, z = y, x, 3
print(x, y, z)
if (count := len(a)) > 3:
    print("count", count)
x = 10
x -= 1
x *= 3
x //= 2
x **= 2
x %= 50
x <<= 3
x >>= 1
x |= 1
x &= 0xFF
x ^= 0x0F
print(x)
print("in" in "inside", 3 not in [1, 2], None is None, x is not None, "a" < "b", [1, 2] < [1, 3])
print("%s" % "abc".upper(), "a,b,c".split(","), "-".join(["x", "y"]), "abc"[1], "abc"[-1:], "x" * 3)
t: int = 5
print(t)
