# pyrite: oracle=pyrite
# How exceptions are shown: chains, groups, notes, recursion. As CPython shows them, without source lines.
import sys
def show(e):
    sys.print_exception(e)
def f(n):
    if n: f(n-1)
    else: raise ValueError("deep")
try: f(10)
except ValueError as e: show(e)
try: f(3)
except ValueError as e: show(e)
try: f(4)
except ValueError as e: show(e)
def chain():
    try:
        try:
            1/0
        except ZeroDivisionError as e:
            raise KeyError("k") from e
    except KeyError:
        raise ExceptionGroup("top", [ValueError("a\nb"), ExceptionGroup("sub", [TypeError(1), OSError(2,"x")]), KeyError(3)])
try: chain()
except ExceptionGroup as e:
    e.add_note("note one\nline two")
    e.exceptions[0].add_note("inner note")
    show(e)
show(ExceptionGroup("not raised", [ValueError(1)]))
show(ExceptionGroup("wide", [ValueError(i) for i in range(18)]))
show(ExceptionGroup("wide", [ValueError(i) for i in range(16)]))
e = ValueError("x")
for i in range(12): e = ExceptionGroup("n%d" % i, [e])
show(e)
class B(Exception):
    def __str__(self): raise TypeError
show(B())
class N(Exception): pass
show(N())
try:
    try: raise ExceptionGroup("first", [ValueError(1)])
    except* ValueError: raise KeyError("second")
except* KeyError as e: show(e)
try:
    try: raise ValueError(1)
    except ValueError as e: raise TypeError(2) from None
except TypeError as e: show(e)
a = ValueError("a"); b = ValueError("b"); a.__context__ = b; b.__context__ = a
show(a)
try:
    try: raise ExceptionGroup("g", [ValueError(1), TypeError(2)])
    except* ValueError: raise KeyError("v")
    except* TypeError: raise IndexError("t")
except ExceptionGroup as e: show(e)
