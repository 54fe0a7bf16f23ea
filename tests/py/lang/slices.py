# pyrite: board
# Slices of every sequence, with all the signs.
l = list(range(10))
s = "abcdefghij"
t = tuple(l)
b = b"abcdefghij"
for start in (None, 0, 3, -3, 20, -20):
    for stop in (None, 0, 5, -1, 20, -20):
        print(l[start:stop], s[start:stop], t[start:stop], b[start:stop])
for step in (1, 2, 3, -1, -2):
    print(l[::step], l[1:8:step], l[8:1:step])
l[2:5] = ["x"]
print(l)
l[0:0] = [7, 8]
print(l)
l[:] = [1, 2, 3]
print(l)
l[1:2] = []
print(l)
l[5:] = [9]
print(l)
del l[0:2]
print(l, s[-1], s[-10], t[9])
for bad in (10, -11):
    try:
        s[bad]
    except IndexError:
        print("IndexError")
ba = bytearray(b"hello")
ba[1:3] = b"EYYY"
print(ba, ba[1:3], ba[-1])
m = memoryview(ba)
m[0:2] = b"zz"
print(ba, bytes(m[2:4]), len(m), m[3])
print(range(10)[2:5], range(10)[-1], list(range(10)[1:8]), list(range(0, 20, 3)[1:4]))


class S:
    def __getitem__(self, k):
        return k


print(S()[1:2], S()[1:2, 3], S()[::2].step, S()[...] is ...)
