# except*
import sys


def show(e):
    if isinstance(e, BaseExceptionGroup):
        return "%s(%r, [%s])" % (type(e).__name__, e.message, ", ".join(show(x) for x in e.exceptions))
    return repr(e)


def run(f, *args):
    try:
        print("result", f(*args))
    except BaseException as e:
        print("raised", show(e), "context", show(e.__context__), "cause", show(e.__cause__))


def simple(e):
    r = []
    try:
        if e is not None:
            raise e
        r.append("body")
    except* ValueError as v:
        r.append(("V", show(v), sys.exc_info()[1] is v))
    except* (TypeError, KeyError) as t:
        r.append(("TK", show(t)))
    else:
        r.append("else")
    finally:
        r.append("finally")
        print(r)
    return len(r)


run(simple, None)
run(simple, ValueError(1))
run(simple, KeyError(1))
run(simple, OSError(1))
run(simple, ExceptionGroup("g", [ValueError(1)]))
run(simple, ExceptionGroup("g", [ValueError(1), TypeError(2), ValueError(3)]))
run(simple, ExceptionGroup("g", [ValueError(1), OSError(2)]))
run(simple, ExceptionGroup("g", [OSError(1), ExceptionGroup("h", [ValueError(2), OSError(3), KeyError(4)])]))
run(simple, KeyboardInterrupt())
run(simple, BaseExceptionGroup("b", [KeyboardInterrupt(), ValueError(1)]))


def raises(e, what):
    try:
        raise e
    except* ValueError as v:
        if what == "again":
            raise
        if what == "same":
            raise v
        if what == "new":
            raise KeyError("new")
        if what == "from":
            raise KeyError("new") from v
    except* TypeError:
        if what in ("new", "from"):
            raise IndexError("second")


for what in ("nothing", "again", "new", "from"):
    print(what)
    run(raises, ExceptionGroup("g", [ValueError(1)]), what)
    run(raises, ExceptionGroup("g", [ValueError(1), TypeError(2)]), what)
    run(raises, ExceptionGroup("g", [ValueError(1), OSError(2)]), what)
    run(raises, ExceptionGroup("g", [ValueError(1), TypeError(2), ExceptionGroup("h", [OSError(2), ValueError(3)])]), what)
    run(raises, ValueError("naked"), what)


def bad(kind):
    try:
        raise ValueError(1)
    except* kind:
        print("caught")


run(bad, ExceptionGroup)
run(bad, (ValueError, BaseExceptionGroup))
run(bad, 5)
run(bad, ValueError)


def name_is_gone():
    try:
        raise ValueError(1)
    except* ValueError as e:
        pass
    try:
        e
    except NameError:
        return "gone"


run(name_is_gone)


def loops():
    out = []
    for i in range(4):
        try:
            if i % 2:
                raise ExceptionGroup("g", [ValueError(i)])
            out.append(i)
        except* ValueError as e:
            for x in e.exceptions:
                while True:
                    break
                if x.args[0] > 5:
                    continue
                out.append(show(x))
    return out


run(loops)


def nested():
    try:
        try:
            raise ExceptionGroup("g", [ValueError(1), TypeError(2)])
        except* ValueError as e:
            print("inner", show(e))
    except* TypeError as e:
        print("outer", show(e), show(e.__context__))
    return sys.exc_info()[0]


run(nested)


def gen():
    try:
        yield 1
    except* ValueError as e:
        yield show(e)
    yield 3


g = gen()
print(next(g), g.throw(ValueError("thrown")), next(g))

for body in ("return", "break", "continue"):
    for where in ("    ", "    if 1:\n     "):
        try:
            exec("def f():\n for i in []:\n  try: pass\n  except* ValueError:\n" + where + body)
            print("compiled")
        except SyntaxError:
            print("SyntaxError", body)
for source in (
    "try: pass\nexcept* A: pass\nexcept B: pass",
    "try: pass\nexcept A: pass\nexcept* B: pass",
    "try: pass\nexcept*: pass",
):
    try:
        exec(source)
        print("compiled")
    except SyntaxError:
        print("SyntaxError")
exec("def f():\n try: pass\n except* ValueError:\n  def g(): return 1\n  for i in []: break")
