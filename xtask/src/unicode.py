# Prints vm/src/text/unicode_table.rs from what this Python knows of characters: CPython is whom we follow.
import unicodedata


def final(text):
    return text.lower().endswith("\u03c2")


def flags(c):
    has = [
        c.isalpha(),
        c.isdecimal(),
        c.isdigit(),
        c.isnumeric(),
        c.isprintable(),
        c.isidentifier(),
        ("a" + c).isidentifier(),
        unicodedata.category(c) == "Lt",
        # Case-ignorable: a capital sigma looks through it for a letter.
        final("A" + c + "\u03a3") and not final(c + "\u03a3"),
    ]
    return sum(1 << place for place, holds in enumerate(has) if holds)


print("//! What characters are, in runs of the same kind. Written by `cargo xtask unicode`: do not edit.")
print()
print("/// Unicode %s. The first character of a run, shifted left by eleven, and its flags." % unicodedata.unidata_version)
print("#[rustfmt::skip]")
print("pub(super) static RUNS: &[u32] = &[")
runs, last = [], None
for code in range(0x110000):
    now = 0 if 0xD800 <= code < 0xE000 else flags(chr(code))
    if now != last:
        runs.append("0x%x," % (code << 11 | now))
        last = now
line = "   "
for run in runs:
    if len(line) + len(run) > 118:
        print(line)
        line = "   "
    line += " " + run
print(line)
print("];")
