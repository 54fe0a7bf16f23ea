WHO = "module"


def who():
    return globals()["WHO"]


def each():
    yield globals()["WHO"]
