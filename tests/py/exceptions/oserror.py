# Classes of system errors, and attributes of built-in exceptions.
for number in (1, 2, 3, 4, 10, 11, 13, 17, 20, 21, 32, 103, 104, 108, 110, 111, 114, 115, 5, 9999):
    e = OSError(number, "text")
    print(number, type(e).__name__, e.errno, e.strerror, e.filename, e.args)
e = OSError(2, "No such file", "name.txt")
print(type(e).__name__, e, e.args, e.filename, e.strerror)
print(repr(OSError()), repr(OSError("a")), repr(OSError(1, 2, 3, 4, 5, 6)), OSError("a"))
print(type(FileNotFoundError(1, "x")).__name__, type(ConnectionError(104, "x")).__name__)


class Mine(OSError):
    pass


print(type(Mine(2, "x")).__name__, Mine(2, "x").errno)
for c in (ConnectionResetError, BrokenPipeError, ConnectionAbortedError, ConnectionRefusedError):
    print(c.__name__, issubclass(c, ConnectionError), issubclass(c, OSError))
for c in (TimeoutError, BlockingIOError, InterruptedError, IsADirectoryError, NotADirectoryError, FileExistsError):
    print(c.__name__, c.__mro__[1].__name__)
for c in (ChildProcessError, ProcessLookupError, PermissionError, FileNotFoundError):
    print(c.__name__, c.__mro__[1].__name__)
try:
    open("/no/such/file")
except FileNotFoundError as e:
    print("FileNotFoundError", e.errno)
try:
    raise OSError(13, "no")
except PermissionError as e:
    print("PermissionError", e.errno)

e = ImportError("m", name="n", path="p")
print(e, e.name, e.path, e.msg, e.args, repr(e))
e = ModuleNotFoundError("m")
print(e.name, e.path, isinstance(e, ImportError))
e = NameError("m", name="n")
print(e.name, e.args)
e = AttributeError("m", name="n", obj=5)
print(e.name, e.obj, AttributeError().name)
for f in (lambda: ValueError(x=1), lambda: ImportError(x=1), lambda: NameError("a", obj=1)):
    try:
        f()
    except TypeError:
        print("TypeError")
print(SystemExit().code, SystemExit(3).code, SystemExit(1, 2).code, StopIteration(7).value, StopIteration().value)
e = UnicodeDecodeError("utf-8", b"abc", 1, 2, "bad")
print(e.encoding, e.object, e.start, e.end, e.reason, isinstance(e, UnicodeError), isinstance(e, ValueError))
e = ValueError(1)
e.args = [2, 3]
print(e.args, e)
e.extra = 5
print(e.extra, e.__dict__)
print(KeyError("a"), repr(KeyError("a")), KeyError("a", "b"))
for w in (DeprecationWarning, UserWarning, RuntimeWarning, SyntaxWarning, FutureWarning, ImportWarning, ResourceWarning):
    print(w.__name__, issubclass(w, Warning), issubclass(w, Exception))
for c in (UnboundLocalError, RecursionError, BufferError, ReferenceError, SystemError, FloatingPointError, TabError):
    print(c.__name__, c.__mro__[1].__name__)
e = ValueError("v")
e.add_note("one")
e.add_note("two")
print(e.__notes__)
try:
    e.add_note(1)
except TypeError:
    print("TypeError")
try:
    undefined
except NameError as e:
    print(e.name)
try:
    [].undefined
except AttributeError as e:
    print(e.name, e.obj)
