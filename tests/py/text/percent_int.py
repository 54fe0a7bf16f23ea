# What %d takes: anything int() takes but texts.
class A:
    def __int__(self):
        return 123


class B(A):
    def __index__(self):
        return 45


class C:
    def __int__(self):
        return 1 << 70


print("%d %i %u" % (A(), B(), C()), "%5d|" % A(), "%d" % True, "%d" % 3.99)
for format in ("%x", "%o", "%c"):
    try:
        print(format % A())
    except TypeError:
        print("TypeError")
print("%x" % B())
for wrong in ("5", None, [], object()):
    try:
        print("%d" % wrong)
    except TypeError:
        print("TypeError")
