# Imported by imports.py.
def load():
    import _broken

    return _broken
