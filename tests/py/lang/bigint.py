# pyrite: board
# Integers past the machine word.
a = 2**62
for k in range(-2, 3):
    print(a + k, -a + k, 2**63 + k, -(2**63) + k, 2**64 + k)
f = 1
for i in range(1, 40):
    f *= i
print(f)
n = f
while n > 1000:
    n //= 97
print(n, f % 1000003, -f % 1000003, f // -12345678901, f % -12345678901)
print(f & (2**80 - 1), f | 1 << 200, f ^ f >> 3, ~f)
print(f == f + 0, f < f + 1, -f < f, f != f - 1, hash(2**61) == hash(2**61))
print(int("123456789012345678901234567890"), int("-ff" * 1 + "ff" * 12, 16), int("z" * 20, 36))
print(hex(f), oct(2**70), bin(2**66 + 5))
print("%d %x %o" % (2**70, 2**70, 2**70), "{:d} {:x} {:,}".format(2**70, 2**70, 2**70))
print((2**100).to_bytes(14, "big"), int.from_bytes(b"\x01" + b"\x00" * 12, "big"))
print(int.from_bytes(b"\xff" * 9, "little"), (2**64 - 1).to_bytes(8, "little"))
print(pow(3, 200, 10**20 + 39), pow(7, 10**12, 13), 10**30 // 10**28)
print(int(1e20), int(-1.5e25), float(2**80), 2**80 / 2**78, 2**70 > 1e21, 2**70 < 1.5e21)
print(-(2**62) - 1, abs(-(2**70)), bool(2**70), sum([2**62, 2**62]), max(2**70, 2**71))
x = 1
for i in range(200):
    x = x * 3 + i
for i in reversed(range(200)):
    x = (x - i) // 3
print(x)
print([1 << k for k in (30, 31, 32, 61, 62, 63, 64, 65)], [-(1 << k) >> 3 for k in (31, 62, 63, 64)])
print(divmod(2**100, 3**30), divmod(-(2**100), 3**30))
