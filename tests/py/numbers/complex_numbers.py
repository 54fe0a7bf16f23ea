def show(text):
    try:
        print(text, "->", repr(eval(text)))
    except Exception as e:
        print(text, "->", type(e).__name__)


show('complex(0.0, -0.0)')
show('complex(1, -1j)')
show('-1j')
show('-0.0 - 0j')
show('(1+2j)**3')
show('(1+2j)**-2')
show('(1j)**0')
show('0j**-1')
show('(1e200+0j)**2')
show('abs(complex(1e308, 1e308))')
show("format(1+2j, '.2f')")
show("format(1+2j, '')")
show("format(-1.5j, '>12')")
show("format(1e20+1j, ',')")
show("format(2+3j, '#')")
show("format(1j, '05')")
show("format(1j, '=9')")
show("format(1j, '%')")
show("'{:+.1e}'.format(1-2j)")
show('(1j) // 2')
# Ints that no float can be.
show('1j * 2**1024')
show('2**1024 + 1j')
show('1j == 2**1024')
show('2**1024 != 1j')
show('complex(2**1023) == 2**1023')
show('complex(2.0**53) == 2**53 + 1')
show('2**53 == complex(2.0**53, 0.0)')
show('1j << 2**1024')
show('1.0 << 2**1024')
show('2**1024 >> 1.0')
show('divmod(2**1024, 1.0)')
show('divmod(0.0, 2**1024)')
show('pow(1j, 2, 3)')
show('pow(2, 1j, 3)')
show('pow(2, 3, 1j)')
show('pow(2.0, 1j, 3)')
show('pow(1j, "a", 3)')
show('complex(2**1024, "")')
show('complex(2**1024, [])')
show('complex([], 2**1024)')


class Index:
    def __index__(self):
        return 3


class Float:
    def __float__(self):
        return 2.5


class Complex:
    def __complex__(self):
        return -0j


show('complex(Index(), -0.0)')
show('complex(Float(), -0.0)')
show('complex(Complex(), -0.0)')
show('complex(-0.0, Index())')

show('pow(0, -3, mod=True)')
show('pow(5, -1, True)')
show('pow(2, -1, 7)')
show('__import__("math").acosh(-22878.0)')
show('__import__("math").acosh(0.5)')
show('__import__("math").acosh(1)')
