# pyrite: oom
# Views with steps and other items, in all modes.
data = bytearray(range(12))
view = memoryview(data)
print(view[::3].tolist(), bytes(view[::-4]), view[2:8:2].tolist())
back = view[::-1]
print(back[0], back[2:5].tolist(), back.contiguous, view[3:7].contiguous)
view[::2] = b"abcdef"
print(data)
back[:3] = b"XYZ"
print(data, back.nbytes, back.strides, back.shape)
words = view.cast("H")
print(words[0] == data[0] + 256 * data[1], len(words), words.itemsize, words.format)
words[::2] = words[1::2]
print(words.tolist() == list(memoryview(bytes(data)).cast("H")))
with memoryview(b"abc") as short:
    print(short.tolist(), hash(short) == hash(b"abc"), short.readonly)
try:
    short[0]
except ValueError:
    print("released")
print(bytes(short.obj) if False else "ok", memoryview(b"ab").cast("c").tolist())
for step in (-3, -2, -1, 1, 2, 3):
    for start in (None, -4, 2, 9):
        for stop in (None, 1, -1, 20):
            if memoryview(b"0123456789")[start:stop:step].tobytes() != b"0123456789"[start:stop:step]:
                print("wrong", start, stop, step)
big = range(10**20, 10**20 + 10, 3)
print(list(big), big[-1], len(big), 10**20 + 3 in big, big.index(10**20 + 6), big[::-2], list(reversed(big)))
print(big == range(10**20, 10**20 + 11, 3), hash(big) == hash(range(10**20, 10**20 + 11, 3)), bool(big))
print(slice(1, 10**30, 2).indices(10**25), slice(1) < slice(2))
