# A function called directly from another module's sees its own globals.
import _other

WHO = "here"


def ask():
    return _other.whose(), _other.passes(globals), globals()["WHO"]


for _ in range(3):
    print(ask())
