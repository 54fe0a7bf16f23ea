# Which names of encodings are asked for, and when; odd arguments of formats and conversions.
from collections import deque


class Index:
    def __index__(self):
        return 65


class Both(Index):
    def __iter__(self):
        return iter([1, 2])


def show(text):
    try:
        print(text, "->", ascii(eval(text)))
    except Exception as e:
        print(text, "->", type(e).__name__)


show("b''.decode('nope')")
show("b''.decode('')")
show("str(b'', 'nope')")
show("str(b'', '\\0')")
show("b''.decode('utf-8', 'nope')")
show("b'a'.decode('nope')")
show("b'a'.decode('utf-8', 'nope')")
show("''.encode('nope')")
show("''.encode('')")
show("'x'.encode('\\0')")
show("'x'.encode('utf-8', '\\0')")
show("b'x'.decode('a\\0b')")
show("bytes('', 'nope')")
show("bytes('x', '\\0')")
show("b''.decode(5)")
show("b''.decode('utf-8', 5)")
show("'%c' % Index()")
show("b'%c' % Index()")
show("'%c' % 2.5")
show("b'%c' % 2.5")
show("eval(b'\\xb4')")
show("'%c' % True")
show("'%.*f' % (2**40, 1.0)")
show("'%.*f' % (-2**40, 1.0)")
show("'%.*f' % (-2, 1.0)")
show("'{:>1.7320508075688772}'.format('abc')")
show("'{:.73205080756887720000000000}'.format('abc')")
show("'{:.7320508075688772}'.format(1.5)")
show("'' % [1]")
show("'' % {1: 2}")
show("'' % range(3)")
show("'' % deque([1])")
show("'%s' % deque([1])")
show("int.from_bytes(Index(), 'big')")
show("int.from_bytes(Both(), 'big')")
show("int.from_bytes(7, 'big')")
show("eval('\\u0662')")
show("eval('\\u2163')")
show("eval('1\\u0662')")
show("int(b'\\xd9\\xa3')")
show("int('\\u0663')")
show("int(bytearray(b'12'))")
show("int(b'\\xd9\\xa3', 16)")
show("float(b'\\xd9\\xa3')")
show("float('\\u0663.5')")
show("'%(k).*d' % {'k': 3}")
show("'%(k)*d' % {'k': 3}")
show("'%(k).*d' % {'k': 2**40}")
show("'%(k)5d' % {'k': 3}")
show("'\\x1c\\x1f'.isspace()")
show("b'\\x1c'.isspace()")
