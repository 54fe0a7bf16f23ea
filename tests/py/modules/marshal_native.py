# pyrite: oracle=pyrite modes=bytecode
# What is decorated to be machine code is not marshalled, also inside of what could be.
import marshal


def outer():
    @micropython.native
    def inner():
        return 1

    return inner


@micropython.native
def fast():
    return 2


for function in outer, fast:
    try:
        print(marshal.dumps(function.__code__))
    except ValueError as e:
        print(e)
