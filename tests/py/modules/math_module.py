# pyrite: board
# The math module.
import math

for name in ("sqrt", "exp", "log", "sin", "cos", "tan", "asin", "acos", "atan", "floor", "ceil", "trunc", "fabs", "degrees", "radians", "expm1", "log2", "log10", "sinh", "cosh", "tanh", "erf", "gamma"):
    f = getattr(math, name)
    print(name, "%.10g" % f(0.5), "%.10g" % f(1))
print("%.10g %.10g" % (math.pi, math.e), math.pow(2, 10), math.fmod(7, 3), math.fmod(-7, 3), math.copysign(3, -0.0), math.ldexp(0.5, 4), math.frexp(8), math.modf(2.5), "%.8f" % math.atan2(1, -1))
print(math.isnan(float("nan")), math.isinf(float("-inf")), math.isfinite(1e300), math.floor(-2.5), math.ceil(-2.5), math.trunc(-2.7), math.floor(1e20), math.inf, math.nan, math.isclose(1, 1 + 1e-12), math.factorial(20))
for f in (lambda: math.sqrt(-1), lambda: math.log(0), lambda: math.acos(2), lambda: math.floor(float("inf")), lambda: math.sqrt("x"), lambda: math.fmod(1, 0)):
    try:
        print(f())
    except (ValueError, TypeError, OverflowError) as e:
        print(type(e).__name__)
print("%.12g" % math.log(8, 2), math.sqrt(2**60), "%.10g" % math.sqrt(2**100))
