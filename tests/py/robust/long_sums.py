# Operators in a row are as many as one likes, in plain functions, comprehensions and lambdas; brackets are not.
def total(count, op, first="a"):
    text = first + (" " + op + " a") * count
    names = {}
    exec("def f(a): return " + text + "\ng = lambda a: [" + text + " for a in (a,)][0]", names)
    return names["f"], names["g"]


f, g = total(2000, "+")
print(f(2), g(1.5))
f, g = total(1500, "-", "1 + 2 * 3")
print(f(2), g(1))
f, g = total(1500, "|")
print(f(6), g(9))


# Constants at the front are folded as they were.
print(eval("1 + 2 * 3 - 4 // 3 ** 2" + " + 1" * 700))


# Lines of operands in a long sum.
def lines(bad):
    text = "def f(a, b):\n    return (a\n" + "".join("        + %s\n" % ("b" if i == bad else "a") for i in range(1200)) + "    )\n"
    names = {}
    exec(compile(text, "sums.py", "exec"), names)
    try:
        names["f"](1, None)
    except TypeError as e:
        return e.__traceback__.tb_next.tb_lineno


print([lines(bad) for bad in (0, 1, 600, 1199)])
