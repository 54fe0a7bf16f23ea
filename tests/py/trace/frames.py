# pyrite: modes=bytecode,stress
# Frame and code objects.
import sys


def inner(a, *rest, key=1):
    local = a * 2
    frame = sys._getframe()
    return frame


def outer():
    x = 1
    frame = inner(3, 4)
    here = sys._getframe()
    print(frame.f_code.co_name, sorted(k for k in frame.f_locals if k != "frame"), frame.f_locals["local"])
    print(frame.f_globals is globals(), here.f_back.f_code.co_name)
    print(here.f_lineno - here.f_code.co_firstlineno)
    print(sys._getframe(1).f_code.co_name, sys._getframe(0).f_code.co_name)
    return here


here = outer()
code = inner.__code__
print(code.co_name, code.co_argcount, code.co_kwonlyargcount, code.co_varnames, code.co_firstlineno)
print(code.co_filename[-9:], here.f_code is outer.__code__, here.f_trace)
try:
    sys._getframe(1000)
except ValueError as e:
    print(e)


def cells():
    a = 1
    b = 2

    def f():
        return a

    return sys._getframe().f_locals


print(sorted((k, v) for k, v in cells().items() if k != "f"))


# A trace function that raises is dropped, and what it raised goes to the program.
def bad(frame, event, arg):
    raise ValueError("bad")


def f():
    return 1


sys.settrace(bad)
try:
    f()
except ValueError as e:
    print("raised", e)
print(sys.gettrace())

# f_trace of a frame that runs already; a local function that goes away.
events = []


def local(frame, event, arg):
    events.append((event, frame.f_lineno - first))
    return local


def start():
    global first
    frame = sys._getframe(1)
    first = frame.f_code.co_firstlineno
    frame.f_trace = local
    sys.settrace(lambda frame, event, arg: None)


def traced():
    x = 1
    start()
    y = 2
    f()
    sys.settrace(None)
    return x + y


traced()
print(events)
