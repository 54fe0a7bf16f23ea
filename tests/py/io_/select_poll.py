# pyrite: oracle=pyrite board
# select: streams of ours, of programs, masks, timeouts.
import io
import select
import sys
from micropython import RingIO

import time


class Source(io.IOBase):
    def __init__(self):
        self.there = 0

    def ioctl(self, request, argument):
        if request != 3:
            return 0
        if self.there == "later":
            self.there = select.POLLIN
            return 0
        if self.there < 0:
            return self.there
        return self.there & argument


def shown(pairs):
    return [(type(stream).__name__, mask) for stream, mask in pairs]


print(select.POLLIN, select.POLLOUT, select.POLLERR, select.POLLHUP)
ring, source = RingIO(4), Source()
poller = select.poll()
print(poller.poll(0))
poller.register(ring)
poller.register(source, select.POLLIN)
print(shown(poller.poll(0)))
ring.write(b"1234")
print(shown(poller.poll(0)))
poller.modify(ring, select.POLLOUT)
print(shown(poller.poll(0)))
source.there = select.POLLIN | select.POLLOUT
print(shown(poller.poll(0)), shown(poller.poll()))
source.there = "later"
print(shown(poller.poll()))
source.there = -5
source.there = -5
try:
    poller.poll(0)
except OSError as e:
    print(e.errno)
poller.unregister(source)
poller.unregister(source)
try:
    poller.modify(source, 1)
except OSError as e:
    print(e.errno)

# The same stream again: only its mask changes.
poller.register(ring, select.POLLIN)
poller.register(ring, select.POLLIN)
print(shown(poller.ipoll(0)))
print(shown(poller.ipoll(0, 1)), shown(poller.ipoll(0)))
poller.modify(ring, select.POLLIN)
print(shown(poller.ipoll(0)))
ring.read()
start = time.ticks_ms()
print(poller.poll(30), time.ticks_diff(time.ticks_ms(), start) >= 30)

# Streams of the console, and things that cannot be waited for.
poller = select.poll()
poller.register(sys.stdout)
poller.register(sys.stdin, select.POLLOUT)
print(len(poller.poll(0)))
for stream in io.StringIO("x"), 3, object():
    poller = select.poll()
    poller.register(stream)
    try:
        poller.poll(0)
    except OSError as e:
        print(e)

# select()
source.there = select.POLLOUT
ring.write(b"1")
read, write, failed = select.select([ring, source], [source], [ring], 0)
print(shown([(s, 0) for s in read]), shown([(s, 0) for s in write]), failed)
print(select.select([], [], [], 0.01))
for arguments in (1, [], [], 0), ([], []), ([], [], [], "x"):
    try:
        select.select(*arguments)
    except TypeError as e:
        print("TypeError")
