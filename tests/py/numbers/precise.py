import math
import cmath


def show(text):
    try:
        print(text, "->", repr(eval(text)))
    except Exception as e:
        print(text, "->", type(e).__name__)


show('math.ulp(1)')
show('math.ulp(0)')
show('math.ulp(1.7976931348623157e308)')
show('math.nextafter(1, 2)')
show('math.nextafter(0.0, -1)')
show('math.remainder(7, 4)')
show('math.remainder(1, 0)')
show('math.fsum([.1] * 10)')
show('math.fsum([1e308, 1e308, -1e308])')
show('math.fsum([1e100, 1, -1e100])')
show("math.fsum([float('inf'), float('-inf')])")
show('math.dist([1, 2], [4, 6])')
show('math.dist([1], [2, 3])')
show('math.cosh(1000)')
show('math.exp(1000)')
show('math.pow(10, 400)')
show('math.pow(0, -1)')
show('math.gamma(0)')
show('math.gamma(200)')
show('math.lgamma(-1)')
show('math.log2(2**1100)')
show('math.ldexp(1, 2000)')
show('math.ldexp(1, -2**70)')
show('math.comb(5, -1)')
show('math.lcm(0, 5)')
show("cmath.isnan(complex('nanj'))")
show('cmath.isfinite(1j)')
