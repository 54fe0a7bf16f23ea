# Functions of cmath at infinities, NaN and both zeros, and where an intermediate value is too large or too small.
import cmath

inf = float("inf")
nan = float("nan")


def text(x):
    return "nan" if x != x else "%.9g" % x


def show(name, *args):
    try:
        z = getattr(cmath, name)(*args)
    except Exception as e:
        print(name, args, type(e).__name__)
        return
    if isinstance(z, complex):
        z = (z.real, z.imag)
    print(name, args, [text(x) for x in (z if isinstance(z, tuple) else (z,))])


places = (-inf, -2.5, -0.0, 0.0, 1.5, inf, nan)
for name in ("sqrt", "exp", "cos", "sin", "log", "log10", "phase", "polar", "rect"):
    for a in places:
        for b in places:
            if name == "rect":
                show(name, a, b)
            else:
                show(name, complex(a, b))

for name in ("sqrt", "exp", "cos", "sin", "log", "polar"):
    for z in (1e308 + 1e308j, -1e308 + 1e-308j, 5e-324 + 5e-324j, 1e-320j, 709.9 + 1.57j, 2 - 709.9j, -710 + 4j, 710 + 0j):
        show(name, z)
    show(name, 0.6 + 0.8000000001j)
show("log", 1j, 2j)
show("log", 2j, "a")
show("log", 0, "a")
show("log", 2j, 1)
