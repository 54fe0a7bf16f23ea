# Imported by globals.py.
WHO = "other"


def whose():
    return globals()["WHO"]


def passes(function):
    return function()["WHO"]
