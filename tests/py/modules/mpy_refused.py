# pyrite: oracle=pyrite
# Compiled files that are no files for this system: the words of MicroPython, and on hosts a note.
import marshal, sys

BODY = b"\x01\x00\x06a.p\x00\x28\x00\x02\x00\x51\x63"
FILES = {
    "good": b"M\x06\x00\x1f" + BODY,
    "empty": b"",
    "short": b"M\x06\x00",
    "other format": b"C\x06\x00\x1f" + BODY,
    "version 5": b"M\x05\x02\x1f" + BODY,
    "version 7": b"M\x07\x00\x1f" + BODY,
    "bytecode of sub-version 2": b"M\x06\x02\x1f" + BODY,
    "wide ints": b"M\x06\x00\x40" + BODY,
    "x64": b"M\x06\x0b\x1f" + BODY,
    "armv6m": b"M\x06\x13\x1f" + BODY,
    "xtensawin": b"M\x06\x2b\x1f" + BODY,
    "rv32imc with flags": b"M\x06\x6f\x1f\x01" + BODY,
    "unknown machine": b"M\x06\xbf\x1f" + BODY,
    "flags of a machine": b"M\x06\x40\x1f\x01" + BODY,
    "cut": (b"M\x06\x00\x1f" + BODY)[:-1],
    "machine code in it": b"M\x06\x00\x1f" + BODY.replace(b"\x28", b"\x29"),
    "stack too deep": b"M\x06\x00\x1f" + BODY.replace(b"\x28", b"\x30").replace(b"\x51", b"\x51\x51"),
    "no end": b"M\x06\x00\x1f" + BODY.replace(b"\x63", b"\x51"),
    "jump out of it": b"M\x06\x00\x1f" + BODY.replace(b"\x51\x63", b"\x42\x7f"),
}
for name in FILES:
    try:
        marshal.loads(FILES[name])
        print(name, "can be loaded")
    except ValueError as e:
        print(name + ":", e)
        print("   ", e.__notes__[0])
print(sys.implementation._mpy & 0xff, sys.implementation._mpy >> 8 & 3, sys.implementation._mpy >> 10)
