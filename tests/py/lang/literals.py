# pyrite: board
# Literals: numbers in every base, strings with every prefix and escape, joins over lines.
print(0x1F, 0o17, 0b101, 1_000_000, 0xFFFF_FFFF, 0XaB, 0)
print("a\tb\\n\x41\u00e9\101\0end".encode(), 'single "quoted"', "it's", """triple "quotes" here""", '''x
y''')
print(r"raw\n\d", b"bytes\x00\xff", rb"raw\x", br"\y", "joined " "by " "neighbours", ("over "
      "lines"))
print("a\
b", 1 + \
    2, [1,
        2,  # comment
        ], (1,), (), {}, {1}, {1: 2, }, [[]], ((1), (2,)))
print(None, True, False, ..., NotImplemented, type(None).__name__)
x = 1; y = 2; print(x, y)
if x: print("one line")
class Empty: pass
def f(): return 1
print(f(), Empty.__name__, "é", "日本語", len("日本語"), "日本語"[1], "\U0001F600" == "😀", len("😀"))
print('\'', "\"", '\a\b\f\v'.encode(), "\
", b"\'\"", "%", "{", '''it's''')
