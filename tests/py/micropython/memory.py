# pyrite: oracle=pyrite
import io, micropython

total = micropython.mem_total()
current = micropython.mem_current()
kept = list(range(5000))
print(micropython.mem_total() - total >= 20000, micropython.mem_current() > current, micropython.mem_peak() > current)
# All that was handed out, not what is in use.
before = micropython.mem_total()
for _ in range(50):
    bytearray(20000)
print(micropython.mem_total() - before >= 50 * 20000)
# BytesIO does not copy until it must.
data = b"1234" * 4096
before = micropython.mem_total()
file = io.BytesIO(data)
print(file.read(4), micropython.mem_total() - before < len(data))
file.write(b"xy")
file.seek(0)
print(file.read(8), data[:8], file.getvalue() == data, len(file.getvalue()) == len(data))
file = io.BytesIO(b"abc")
print(file.truncate(2), file.getvalue(), file.seek(0, 2), file.readline())
file.close()
