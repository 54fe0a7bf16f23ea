# Writes images of ROMFS, for the cases beside this file.


def number(value):
    out = bytes([value & 0x7F])
    value >>= 7
    while value:
        out = bytes([0x80 | value & 0x7F]) + out
        value >>= 7
    return out


def record(kind, payload):
    return number(kind) + number(len(payload)) + payload


def named(kind, name, content):
    name = bytes(name, "utf-8")
    return record(kind, number(len(name)) + name + content)


def file(name, data):
    return named(5, name, record(2, data))


def directory(name, *records):
    return named(4, name, b"".join(records))


def image(*records):
    whole = record(0x14A6B1, b"".join(records))
    if len(whole) % 2:
        whole = whole[:3] + b"\x80" + whole[3:]
    return whole
