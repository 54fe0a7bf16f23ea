def show(text):
    try:
        print(text, "->", repr(eval(text)))
    except Exception as e:
        print(text, "->", type(e).__name__)


show("format(5, '.1')")
show("format(5, 'z')")
show("format(-0.0001, 'z.2f')")
show("format(-0.0, 'z')")
show("format(0.0, '.')")
show("format(5, ',n')")
show("format(5, '_x')")
show("format(5, ',x')")
show("format('a', ',')")
show("format('a', ' ')")
show("format('a', '#')")
show("format([], 'd')")
show("format(None, '5')")
show("format(1, '+c')")
show("format(3.14159265358979, '020_G')")
show("format(float('inf'), '012,')")
show("format(1, '{<5')")
show("format(5, '99999999999999999999')")
show("'{0[]}'.format(1)")
show("'{0.}'.format(1)")
show("'{0 }'.format(1)")
show("'{:{:{}}}'.format(1, 2, 3)")
show("'{0[0]x}'.format([1])")
show("'%5ld|%hx|%Lf' % (1, 255, 2.5)")
show("'%(a(b))s' % {'a(b)': 1}")
show("'a' % []")
show("b'%b %c %c' % (b'x', 65, b'y')")
show("b'%c' % 300")
show("'%x' % 1.5")

# Digits of any script, as they are in Python's numbers; after % they are not.
print([format(0, "\u0663"), format(1.5, ".\u0663f"), format(3, "0\u0664"), format(3, "\u0660\u0664"), "{\u0661}".format(1, 2)])
try:
    "%\u0663d" % 1
except ValueError as e:
    print(type(e))
