# What a module of a package lacks is told, not that the package lacks the module.
try:
    from _package import needy
except ImportError as e:
    print(type(e).__name__, e.name)
try:
    from _package import no_such_module
except ImportError as e:
    print(type(e).__name__)
try:
    import _package.no_such_module
except ImportError as e:
    print(type(e).__name__, e.name)
try:
    import _no_such.thing
except ImportError as e:
    print(type(e).__name__, e.name)
