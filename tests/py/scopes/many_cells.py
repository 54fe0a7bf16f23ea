# More variables of a function that inner functions use than a byte of its head tells.
def outer(a0, a1, a2, a3, a4, a5, a6, a7, a8, a9):
    b0, b1, b2, b3, b4, b5, b6, b7, b8, b9 = range(10)

    def inner():
        return [a0, a1, a2, a3, a4, a5, a6, a7, a8, a9], [b0, b1, b2, b3, b4, b5, b6, b7, b8, b9]

    return inner


print(outer(*range(20, 30))())
