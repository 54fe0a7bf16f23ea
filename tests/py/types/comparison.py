# pyrite: board
# Equality, order and identity between values of all kinds.
values = [0, 1, -1, 1.0, 0.5, True, False, "", "a", "b", (), (1,), (1, 2), [], [1], [1, 2], {}, {1: 2}, None]
for a in values:
    print(repr(a), "".join("=" if a == b else "." for b in values), "".join("!" if a != b else "." for b in values))
for a in values:
    row = ""
    for b in values:
        try:
            row += "<" if a < b else ">" if a > b else "-"
        except TypeError:
            row += "x"
    print(repr(a), row)
print([bool(v) for v in values])
one = 1
print(one is one, None is None, () == (), "a" in ["a"], 1.0 in [1], True in [1], None in [0], [1] in [[1]])
nan = float("nan")
print(nan == nan, nan in [nan], [nan] == [nan], nan < 1, nan > 1, nan != nan)
print(1 < 2 < 3 < 4, 1 < 3 > 2, 1 == 1.0 == True, not 1 == 2, (1 < 2) == True, 3 > 2 > 3)
a = [1]
a.append(a[:])
print(a, a == [1, [1]], a < [1, [2]], a > [1, [0, 9]], {"k": a} == {"k": [1, [1]]})
print(min(3, 1.5, True), max("a", "b"), sorted([2, 1.5, True]), (1, "a") < (1, "b"), "Z" < "a", "a" < "aa", b"a" < b"b", "10" < "9")
