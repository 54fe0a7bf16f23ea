# pyrite: oracle=pyrite
# `__template__`, which t-strings call: parts that are too few make no interpolation.
print(__template__(()))
print(__template__(("a", "b"), 1, "x", None, ""))
print(__template__(("a", "b"), (1, "x", "r", ">3")))
print(__template__((), None, None), __template__((), 1, 2, 3, 4, 5))
print(list(__template__((), 1, 2, 3, 4)), list(__template__(("a",), ())))
for args in ((), (1,), ((), None)):
    try:
        __template__(*args)
    except TypeError as error:
        print(error)
