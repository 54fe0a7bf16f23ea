def show(text):
    try:
        print(text, "->", repr(eval(text)))
    except Exception as e:
        print(text, "->", type(e).__name__)


show("int.from_bytes('ab', 'big')")
show("int.from_bytes(b'a', 'middle')")
show("int.from_bytes(b'a', 0)")
show("int.from_bytes(5, 'big')")
show("int.from_bytes([1, 2], 'little')")
show("(5).to_bytes(2, 'middle')")
show("(-1).to_bytes(0, 'big', signed=True)")
show("(5).to_bytes(length=2, byteorder='little')")
show("int('1', 2**70)")
show("int('\\u0661\\u0662')")
show("int('\\u3000 12 \\u2003')")
show("float('\\u0661.\\u0665')")
show("int('\\u00b2')")
