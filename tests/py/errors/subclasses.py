# pyrite: board
# The classes below NameError, RuntimeError and ImportError that the machine itself raises.


def name(call, *args):
    try:
        return call(*args)
    except Exception as e:
        return type(e).__name__, isinstance(e, (NameError, RuntimeError, ImportError))


def unbound():
    print(later)
    later = 1


def deleted(x):
    del x
    return x


def delete_twice(x):
    del x
    del x


def in_cell():
    def inner():
        return own

    print(own)
    own = inner


def down():
    return down()


class Down:
    def __repr__(self):
        return repr(self)


print(name(unbound))
print(name(deleted, 1))
print(name(delete_twice, 1))
print(name(in_cell))
print(name(lambda: no_such_name))
print(name(down))
print(name(repr, Down()))


def missing():
    import no_such_module


def missing_inside():
    import no_such_package.module


def missing_name():
    from sys import no_such_name


print(name(missing))
print(name(missing_inside))
print(name(missing_name))
print(name(__import__, "no.such"))
