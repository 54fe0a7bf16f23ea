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
