# pyrite: board
# Importing files beside the script, once, with every form of the statement.
import sys

import _helper
import _helper as other
from _helper import VALUE, double as twice
from _helper import *

print(_helper is other, VALUE, twice(4), double(5), _helper.__name__, "_helper" in sys.modules)
_helper.VALUE = 100
print(other.VALUE, VALUE, _helper.read())
print("hidden_by_underscore" in globals(), "_private" in globals())
for name in ("no_such_module", "_helper.missing"):
    try:
        __import__(name)
    except ImportError:
        print("ImportError", name)
try:
    from _helper import nothing
except ImportError:
    print("ImportError nothing")
import _broken_maker

try:
    _broken_maker.load()
except ZeroDivisionError:
    print("error while importing", "_broken" in sys.modules)


def local():
    from _helper import VALUE as inside

    return inside


print(local())
m = __import__("_helper")
print(m.double(3))
