# pyrite: oracle=micropython oom board
# T-strings: parts, attributes, iteration, concatenation, errors.
from string.templatelib import Template, Interpolation
import string.templatelib

name = "World"
width = 7
t = t"Hello {name}!"
print(t)
print(repr(t) == str(t), type(t).__name__, isinstance(t, Template))
print(t.strings, t.values, t.interpolations)
print(t.interpolations[0].expression, t.interpolations[0].conversion, repr(t.interpolations[0].format_spec))
print(string.templatelib.Template is Template)

print(t"{name!r:>{width}} {1 + 1=} {name!s}{{}}")
print(rt"\n{name}\t", t"", t"{name}{width}")
print([part if isinstance(part, str) else part.value for part in t"a{1}{2}b{3}"])
print(list(t""), list(Template("", Interpolation(4), "")))

print(t"a{1}b" + t"c{2}d")
print(t"" + t"", t"x" + t"y", t"{1}" + t"{2}")
for other in ("x", 1, None):
    try:
        t + other
    except TypeError:
        print("TypeError")

print(Template(), Template("a", "b"), Template(Interpolation(1, "x"), Interpolation(2, "y", "r", "d")))
print(Interpolation(value=1, format_spec="x", expression="e", conversion="s"))
for make in (
    lambda: Template(1),
    lambda: Template("a", 2.5),
    lambda: Template(a=1),
    lambda: Interpolation(),
    lambda: Interpolation(1, 2, 3, 4, 5),
):
    try:
        print(make())
    except TypeError:
        print("TypeError")
for name in ("strings", "interpolations", "values"):
    try:
        setattr(t, name, ())
    except AttributeError:
        print("AttributeError", name)
try:
    t.interpolations[0].value = 1
except AttributeError:
    print("AttributeError value")


def nested(x):
    return t"<{t'({x})'}>"


print(nested(3))
print(len(eval('t"' + "{name}" * 70 + '"').values))

for text in ('t"{}"', 't"{ }"', 't"}"', 't"{x"', 't"{x!z}"', 't"a" "b"', '"a" t"b"', 't"a" f"b"', 'bt"x"', 'ft"x"'):
    try:
        eval(text)
        print("accepted", text)
    except SyntaxError:
        print("SyntaxError", text)
