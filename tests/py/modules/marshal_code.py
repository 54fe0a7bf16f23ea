# pyrite: oracle=micropython
# Code objects as bytes and back.
import marshal

function = type(lambda: 0)


def back(code, names={}):
    return function(marshal.loads(marshal.dumps(code)), names)


def outer(a, *rest, key=5):
    def inner(b=(1, "two", b"three", None, ..., 4.5, 1 << 70)):
        return a, b, rest, key

    return inner


def numbers():
    return [1234567, -20, 123456789012345678901234567890, -(1 << 65), 1.5, 1e300, 2j]


def texts():
    return "short", "a text that is longer than ten", "é€", b"\0\xff", True, False, None


def loops(n):
    total = 0
    for i in range(n):
        try:
            total += [x for x in range(i)][-1]
        except IndexError:
            total -= 1
    return total


def gen(n):
    yield from range(n)


print(back((lambda x=0: x).__code__)("arg"))
print(back(outer.__code__)(1, 2, 3, key=4)())
print(back(numbers.__code__)())
print(back(texts.__code__)())
print(back(loops.__code__, {"range": range, "IndexError": IndexError})(5))
print(list(back(gen.__code__, {"range": range})(3)))

code = marshal.loads(marshal.dumps((lambda: a).__code__))
print(function(code, {"a": 1})(), function(code, {"a": 2})())

names = {}
exec(marshal.loads(marshal.dumps(compile("def f(a):\n  return a * k\nk = 3", "", "exec"))), names)
print(names["f"](7))
print(eval(marshal.loads(marshal.dumps(compile("1 + 2", "", "eval")))))

for wrong in (5, None, "text", [1], function, print):
    try:
        marshal.dumps(wrong)
    except ValueError:
        print("ValueError")
print(marshal.loads(marshal.dumps(loops.__code__)).co_firstlineno - loops.__code__.co_firstlineno in (0, 1))
