# pyrite: oracle=pyrite
# Frozen modules: `.frozen` on sys.path, packages, relative imports, what their files are called.
import sys

import abc
import mip
import mip._json

print(".frozen" in sys.path, abc.__file__, mip.__file__, mip.__path__, mip._json.__name__, mip._json.__file__)
print(mip._json is sys.modules["mip._json"], mip.sha256(b"abc")[:16])
try:
    from mip import nothing
except ImportError as error:
    print(error)
try:
    open(".frozen/abc.py")
except OSError as error:
    print(error.errno)

# Without the place there are none.
place = sys.path[:]
sys.path[:] = [""]
del sys.modules["abc"]
try:
    import abc
except ImportError as error:
    print(error)
sys.path[:] = place
import abc

print(abc.ABC.__name__)
