# pyrite: modes=bytecode,stress oracle=pyrite
# What is no file of `dumps` is refused.
import marshal

data = marshal.dumps(compile("def f(a):\n  return a * 3.5 + len('a text that is long')", "", "exec"))
for at in range(len(data)):
    try:
        marshal.loads(data[:at])
        print("loaded", at)
    except ValueError:
        pass
for at in range(len(data)):
    for byte in (0, 1, 0x7F, 0x80, 0xFF):
        try:
            code = marshal.loads(data[:at] + bytes([byte]) + data[at + 1 :])
        except ValueError:
            pass
for wrong in (5, None):
    try:
        marshal.loads(wrong)
    except TypeError:
        print("TypeError")


@micropython.viper
def fast() -> int:
    return 1


try:
    print(marshal.dumps(fast.__code__))
except ValueError as e:
    print(e)
