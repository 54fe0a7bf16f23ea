# Nothing, many times over, is nothing at once.
from array import array
from collections import deque

many = 79823428944497
for nothing in b"", bytearray(), "", (), [], array("h"), deque((), 5):
    print(many * nothing, nothing * many)
    nothing *= many
    print(nothing)
