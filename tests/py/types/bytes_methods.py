# bytes, bytearray and memoryview.
b = b"hello world"
print(b[0], b[-1], b[1:4], b[:3] + b"!", len(b), b * 2, b"lo" in b, 104 in b, b.find(b"o"), b.count(b"l"), b.split(), b.replace(b"l", b"L"))
print(b.startswith(b"he"), b.upper(), b.strip(b"hd"), b" x ".strip(), b"-".join([b"a", b"b"]), bytes([1, 2, 255]), bytes(3), bytes("é", "utf-8"), list(b"ab"))
print(repr(b"\x00\t\n\\'a\"\x7f\x80"), b"a" < b"b", b"abc" == bytearray(b"abc"), hash(b"x") == hash(b"x"), {b"k": 1}[b"k"], b"" or "empty")
print(b"abc".decode(), str(b"abc", "utf8"), b"\xc3\xa9".decode("utf-8"), "é€".encode("utf-8"), b"12".isdigit())
ba = bytearray(b"abc")
ba.append(100)
ba.extend(b"ef")
ba[0] = 65
ba += b"!"
print(ba, len(ba), ba[2], ba[1:3], bytes(ba), bytearray(3), bytearray([1, 2]), ba == b"Abcdef!", ba.find(b"d"))
ba[1:3] = b"--long--"
print(ba)
m = memoryview(ba)
m[0] = 90
m[2:4] = b"qq"
print(ba, bytes(m[1:5]), len(m), m[-1], list(m[:3]), m == ba, m[1:3] == ba[1:3])
part = m[2:6]
part[0] = 33
print(ba, bytes(part))
for f in (lambda: bytes([256]), lambda: b"abc"[5], lambda: bytearray(b"a").append(300), lambda: b"\xff".decode("utf-8"), lambda: bytes(-1), lambda: memoryview(b"ro").__setitem__(0, 1)):
    try:
        print(f())
    except (ValueError, TypeError, IndexError, AttributeError, OverflowError) as e:
        print("error", isinstance(e, (ValueError, TypeError, IndexError, AttributeError, OverflowError)))
print(bytes(range(5)), bytearray(i * 2 for i in range(4)), bytes(x for x in b"abc"))
for x in b"hi":
    print(x)
