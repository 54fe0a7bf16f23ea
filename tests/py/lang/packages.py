# Packages: submodules, relative imports, a module that imports the package it is being imported by.
import sys

import _pack.other
import _pack.inner.leaf as q
from _pack import *
from _pack.inner import leaf, Z

print(q.Z, q.__name__, q.me.__name__, q is leaf, X, "_hidden" in globals())
print(inner.Y, inner.W, _pack.inner is inner, other.W, Z)
for text in "import _pack.nope", "from _pack import nope", "from . import x", "import nowhere.at_all":
    try:
        exec(text)
    except ImportError:
        print("ImportError")
print(sorted(name for name in sys.modules if name.startswith("_pack")))

# The globals of a function are those of its module, whoever calls it.
import _globals

WHO = "main"


def who():
    return _globals.who(), globals()["WHO"], list(_globals.each())


print(_globals.who(), who(), list(_globals.each()))
