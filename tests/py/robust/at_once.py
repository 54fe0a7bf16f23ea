# pyrite: oracle=pyrite board
# Answers that would take all memory, or for ever, if they were worked out the long way.
import sys

print(round(15, -(10**9)), round(-(10**50), -(10**9)), round(0, -(10**18)))
print(1 << 0, 0 << (1 << 70), 1 >> (1 << 70), -1 >> (1 << 70), 0 ** (1 << 70), 1 ** (1 << 70), (-1) ** (1 << 70))
print(pow(3, 1 << 90, 7), (1 << 99) in range(1 << 100), len(b"" * sys.maxsize), "x"[:1] * -sys.maxsize)
print("%.10s" % "a", "{:.99999}".format("a"), "abc"[-(1 << 70) :: 1 << 70])
