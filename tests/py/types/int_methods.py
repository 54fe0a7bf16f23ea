# pyrite: board
# int: conversion from and to text and bytes, built-in functions about numbers.
print(int("42"), int("-7"), int(" 12 "), int("ff", 16), int("0x1f", 16), int("0b11", 0), int("0o17", 0), int("z", 36), int("1_000"), int(), int(True), int("+5"))
print(hex(255), hex(-255), oct(8), bin(5), bin(-5), str(100), repr(-3), abs(-4), pow(2, 10), pow(3, 4, 5), pow(2, -1), divmod(17, 5), divmod(-17, 5), round(5))
print((258).to_bytes(2, "big"), (258).to_bytes(4, "little"), int.from_bytes(b"\x01\x02", "big"), int.from_bytes(b"\x01\x02", "little"), int.from_bytes(b"", "big"))
print(bool(0), bool(-1), 5 and 0, 0 or 5, min(3, 1, 2), max([4, 9]), sum(range(10)), isinstance(True, int), True == 1, {1: "a", True: "b"}, hash(5) == 5)
for bad in (("x",), ("",), ("1.5",), ("12", 2), (None,), ([],), ("9", 8), ("0x", 16)):
    try:
        print(int(*bad))
    except (ValueError, TypeError) as e:
        print(bad, type(e).__name__)
for f in (lambda: (300).to_bytes(1, "big"), lambda: 5 // 0, lambda: 1 << -1, lambda: 5 + "a", lambda: -5 < "x", lambda: len(5)):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__)
print("{:d} {:5d} {:<5d} {:05d} {:x} {:#o} {:b} {:c} {:,}".format(1, 2, 3, 4, 255, 8, 5, 65, 1234567), "%d %5d %-5d| %05d %x %X %#x %o" % (1, 2, 3, 4, 255, 255, 255, 8))
n = 0
for i in range(1, 2000):
    n = (n * 31 + i) & 0x3FFFFFFF
print(n, n >> 5, n % 97, -n // 97, n ^ 0x155, ~n)
