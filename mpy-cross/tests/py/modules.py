# Imports: a module and a package beside this one, parts of them, under other names.
import _shelf
import _box.inner
import _box.inner as inner
from _shelf import books, count as how_many
from _box import lid
from _box.inner import *

print(_shelf.__name__, _box.inner.__name__, inner is _box.inner, how_many(books), lid(), content)
_shelf.books.append("four")
print(books, _shelf.total())


def late():
    from _box.deep import depth

    return depth


print(late())
try:
    import _nothing_here
except ImportError:
    print("ImportError")
