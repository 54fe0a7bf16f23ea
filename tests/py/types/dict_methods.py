# pyrite: board oom
# dict: insertion order, methods, views, keys of every kind.
d = {"b": 1, "a": 2}
d["c"] = 3
d["b"] = 9
print(d, list(d), list(d.keys()), list(d.values()), list(d.items()), len(d))
print(d.get("a"), d.get("z"), d.get("z", 0), d.pop("a"), d.pop("zz", "none"), d, d.setdefault("q", []), d.setdefault("b", 5))
d.update({"x": 1}, y=2)
d.update([("z", 3), ("b", 0)])
print(d, "x" in d, "nope" in d, "nope" not in d)
del d["c"]
d["c"] = "again"
print(list(d), d.popitem(), d == {"b": 0, "q": [], "x": 1, "y": 2, "z": 3})
c = d.copy()
d.clear()
print(d, c, bool(d), bool(c), dict(a=1), dict([(1, 2)]), dict({"k": "v"}, z=1), dict(zip("ab", range(2))))
mixed = {1: "int", "1": "str", (1, 2): "tuple", None: "none", True: "true", 2.0: "float", b"x": "bytes", 1.5: "f"}
print(len(mixed), mixed[1], mixed[1.0], mixed[True], mixed[(1, 2)], mixed[None], mixed[2], mixed[b"x"], mixed["1"])
for f in (lambda: {}["x"], lambda: {[]: 1}, lambda: {}.pop("x"), lambda: {}.popitem(), lambda: {{}: 1}, lambda: dict([1])):
    try:
        print(f())
    except (KeyError, TypeError, ValueError) as e:
        print(type(e).__name__)
big = {}
for i in range(300):
    big[i * 7 % 307] = i
for i in range(0, 300, 3):
    big.pop(i, None)
print(len(big), sum(big), sum(big.values()), list(big)[:10])
for i in range(0, 300, 3):
    big[i] = -1
print(len(big), list(big)[-3:], [k for k in big if big[k] == -1][:4])
nested = {"a": {"b": {"c": 1}}}
nested["a"]["b"]["c"] += 1
print(nested, {k: v for k, v in nested.items()} == nested, {1: 2} == {1: 3}, {1: 2} != {2: 1})
k = d.keys()
d["new"] = 1
print(list(k), len(k), "new" in k, list(zip(d.keys(), d.values())), sorted({"b": 1, "a": 2}.items()), max({"b": 1, "z": 0}))
print(dict.fromkeys("ab"), dict.fromkeys([1, 2], 0))
print([k for k in {"x": 1, "y": 2}], [a + str(b) for a, b in {"x": 1}.items()], str({1: "a", "b": [2]}), repr({}))
