# pyrite: oracle=micropython board
# Loops of machine code over all built-in types need no memory, also one in another and one after another.
import micropython

data = (bytearray(b"ab"), b"cd", {1: 2}, {5}, "ef", [6], range(2), (9,))
n = 0
total = [None] * 40


@micropython.native
def walk(what, others, out):
    n = 0
    for x in what:
        for y in others:
            for z in what:
                out[n] = z
                n += 1
            out[n] = y
            n += 1
        out[n] = x
        n += 1
    for x in others:
        out[n] = x
        n += 1
    return n


@micropython.native
def leave(what):
    for x in what:
        for y in what:
            if y == 100:
                return x, y
    return None


for what in data:
    n = 0
    micropython.heap_lock()
    n = walk(what, data[1], total)
    micropython.heap_unlock()
    print(n, total[:n])
print(leave(b"cd"))
micropython.heap_lock()
try:
    walk(5, b"", total)
except TypeError:
    n = 0
micropython.heap_unlock()
print(n)
