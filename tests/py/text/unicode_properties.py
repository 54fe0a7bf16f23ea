def show(text):
    try:
        print(text, "->", repr(eval(text)))
    except Exception as e:
        print(text, "->", type(e).__name__)


show("[c for c in 'a\\u00aa\\u00b2\\u00bd\\u0663\\u2160\\u4e00\\u0301\\u24d0' if c.isalpha()]")
show("[(c.isdecimal(), c.isdigit(), c.isnumeric()) for c in '1\\u00b2\\u00bd\\u0663\\u2160\\u4e00']")
show("'\\u01c5'.istitle(), '\\u01c5'.isupper(), '\\u01c6\\u01c5'.islower()")
show("'\\u01c6x \\ufb01 \\u00df \\u1f80 \\u10d0'.title()")
show("'\\u00dfa'.capitalize()")
show("'\\u00df\\u1e9e\\ufb01\\u03c2\\u0130\\u13a0\\uab70'.casefold()")
show("'A\\u03a3 \\u03a3 A\\u03a3B A\\u03a3\\u0301'.lower()")
show("'A\\u03a3\\u00df'.swapcase()")
show("'\\u00e9\\u2118\\u0301'.isidentifier(), '\\u0301a'.isidentifier()")
show("'\\u200b\\u00a0\\ue000\\u0378\\u2028'")
show("'\\U000e0001\\U0001f600'")
show("'a\\u00a0b\\u2003c\\x1cd'.split()")
show("'a\\u00a0b\\u2003c\\x1cd '.rsplit(None, 2)")
show("'\\u3000a\\x1f'.strip()")
show("'a\\x0bb\\x0cc\\x1cd\\x85e\\u2028f\\r\\ng'.splitlines(True)")
show("b'a\\x0bb\\x1cc\\rd'.splitlines()")
show("'abc'.center(8), 'ab'.center(7), 'abc'.center(6, '*')")
show("'\\u00e9\\U0001f600'.encode('ascii', 'xmlcharrefreplace')")
show("'\\u00e9'.encode('ascii', 'nope')")
show("b'\\xff'.decode('utf-8', 'nope')")
show("'abc'.translate('xyz')")
show("str.maketrans({'ab': 1})")
