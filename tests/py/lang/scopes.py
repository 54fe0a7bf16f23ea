# pyrite: board
# Names: built-in, global and local, rebinding built-ins, exec and eval with their own names.
print(len("abc"))


def len(x):
    return "mine"


print(len("abc"))
del len
print(len("abc"))
exec("made = 1 + 1")
print(made, eval("made * 21"))
names = {"a": 5}
exec("b = a * 2\ndef f(): return a + b", names)
print(names["b"], names["f"](), eval("a + c", names, {"c": 1}))
print(sorted(k for k in names if not k.startswith("__")))
code = compile("x + 1", "<here>", "eval")
print(eval(code, {"x": 1}), eval(code, {"x": 2}))
exec(compile("y = 5", "<here>", "exec"))
print(y)
for source, mode in (("1 +", "eval"), ("def f(:\n pass", "exec"), ("if 1:\npass", "exec"), ("x = = 1", "exec"), ("return 5", "exec"), ("break", "exec"), ("a b", "eval")):
    try:
        compile(source, "<bad>", mode)
        print("compiled", source)
    except SyntaxError:
        print("SyntaxError", repr(source))


def f():
    global g
    g = 5

    class K:
        global h
        h = 6
        inner = 7

    return K.inner


print(f(), g, h)
print("g" in globals(), "nope" in globals(), __name__)


def kw(**names):
    return sorted(names)


print(kw(a=1, **{"b": 2, "if": 3}))
