# Characters that no name has are told of, with their number where they cannot be seen.
for text in ("\U0010ffff", "a\u200bb", "\ufffe", "\u0378", "\xa0", "\xad", "a\ue000", "\u2028", "\u20ac", "\u201cx\u201d", "x\xb2",
             "\xb2", "\u2460", "a\u2460", "\xbd", "\u0662", "\U0001f600", "\u037a", "a\u2118", "x\u00b7", "\xb7x", "e\u0301", "\u0301e", "\u4e2d",
             "\u16ee", "_\u203f", "\u203f"):
    try:
        eval(text)
    except SyntaxError as e:
        print(ascii(text), ascii(e.msg), e.offset)
    except NameError:
        print(ascii(text), "NameError")
