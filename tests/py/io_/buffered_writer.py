# pyrite: oracle=pyrite oom
# io.BufferedWriter passes on what it gathered when its buffer is full.
import io

to = io.BytesIO()
w = io.BufferedWriter(to, 8)
for piece in (b"foobar", b"", b"foobar", bytearray(b"0123456789012345"), b"x"):
    print(w.write(piece), to.getvalue())
w.flush()
w.flush()
print(to.getvalue())


class Slow(io.IOBase):
    def __init__(self):
        self.got = b""

    def write(self, data):
        if len(self.got) % 3 == 2:
            self.got += b"|"
            return None
        self.got += bytes(data[:1])
        return 1


slow = Slow()
w = io.BufferedWriter(slow, 4)
for piece in (b"abc", b"d", b"e"):
    try:
        print(w.write(piece))
    except OSError as e:
        print("OSError", e.errno)
for _ in range(3):
    try:
        w.flush()
        print("flushed")
    except OSError as e:
        print("OSError", e.errno)
print(slow.got)
