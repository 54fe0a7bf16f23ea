# pyrite: board
# struct: packing and unpacking.
import struct

print(struct.pack("<bBhHiIqQ", -1, 255, -2, 65535, -3, 4294967295, -4, 2**64 - 1))
print(struct.pack(">hIq", 1, 2, 3), struct.pack("!H", 258), struct.pack("<2h3B", 1, 2, 3, 4, 5), struct.pack("5s", b"ab"), struct.pack("<x3xB", 1), struct.pack("<f", 1.5), struct.pack("<d", -2.25))
print(struct.unpack("<bBhH", b"\xff\xff\xfe\xff\xff\xff"), struct.unpack(">I", b"\x00\x00\x01\x02"), struct.unpack("<3s2s", b"abcde"), struct.unpack("<fd", struct.pack("<fd", 0.5, 0.1)))
print(struct.calcsize("<bhi"), struct.calcsize("bhi"), struct.calcsize("<4sH"), struct.calcsize(""), struct.calcsize("<qQ"), struct.calcsize("@iq") in (12, 16))
b = bytearray(8)
struct.pack_into("<HH", b, 2, 1, 2)
print(b, struct.unpack_from("<H", b, 4), struct.unpack_from("<H", b, -4), struct.unpack_from(">BB", memoryview(b)[3:]))
for f in (lambda: struct.unpack("<I", b"ab"), lambda: struct.pack_into("<I", bytearray(2), 0, 1), lambda: struct.unpack("<Z", b"")):
    try:
        print(f())
    except Exception as e:
        print("error")
print(struct.unpack("<%dB" % 4, b"abcd"), struct.pack("<b", -128), struct.unpack("<q", b"\x00" * 7 + b"\x80"))
