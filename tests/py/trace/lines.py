# What sys.settrace tells, line by line.
import sys


def tracer(frame, event, arg):
    code = frame.f_code
    if event == "exception":
        arg = (arg[0].__name__, type(arg[1]).__name__)
    print(event, code.co_name, frame.f_lineno - code.co_firstlineno, arg)
    return tracer


def trace(function, *args):
    sys.settrace(tracer)
    try:
        function(*args)
    except Exception as e:
        sys.settrace(None)
        print("raised", type(e).__name__)
    sys.settrace(None)
    print()


def plain(a, b):
    c = a + b
    if c > 2:
        c = 0
    else:
        c = 1
    return c


def calls(n):
    if n == 0:
        return plain(1, 2)
    return calls(n - 1)


def for_loop():
    total = 0
    for i in range(3):
        total += i
    return total


def while_loop():
    i = 0
    while i < 3:
        i += 1
        if i == 2:
            continue
    return i


def generate():
    yield 1
    x = yield 2
    return x


def generators():
    for x in generate():
        pass
    g = generate()
    next(g)
    g.send(None)
    g.close()


def fails():
    x = 1
    return x // 0


def catches():
    try:
        fails()
    except ZeroDivisionError as e:
        x = str(e)
    finally:
        y = 1
    return y


def passes_on():
    fails()


trace(plain, 1, 2)
trace(plain, 0, 0)
trace(calls, 2)
trace(for_loop)
trace(while_loop)
trace(generators)
trace(catches)
trace(passes_on)
print(sys.gettrace())
