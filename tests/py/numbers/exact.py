def show(text):
    try:
        print(text, "->", repr(eval(text)))
    except Exception as e:
        print(text, "->", type(e).__name__)


show('2**53 + 1 == 2.0**53')
show('[2**53 + 1 > x for x in (2.0**53, 2.0**53 + 2)]')
show('(lambda a, b: (a == b, a > b, a < b, b < a))(2**53 + 1, 2.0**53)')
show('(lambda a, b: (a == b, a > b, a < b, b != a))(2**62 - 1, 2.0**62)')
show('float(2**1024)')
show('2**1024 * 1.0')
show('2**1024 / 1')
show('2**1024 / 2**1023')
show('2.0**1024')
show('round(1.7e308, -308)')
show('round(9.9e307, -308)')
show('round(1.5, 2**70)')
show('round(-1.5, -2**70)')
show('round(123456.789, -2)')
show('(0.0).as_integer_ratio()')
show("float.fromhex('0x1p9999999999999999999999')")
show("float.fromhex('0x0p9999999999999999999999')")
