# Imported by import_error.py.
def f():
    raise ValueError("while importing")


f()
