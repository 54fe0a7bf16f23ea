# Imported by imports.py.
print("running _helper")
VALUE = 7
_private = 8


def double(x):
    return x * 2


def read():
    return VALUE
