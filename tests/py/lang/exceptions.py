# pyrite: board oom
# try, except, else, finally: order, nesting, what leaves and what stays.
def show(f):
    try:
        print("->", f())
    except Exception as e:
        print("raised", type(e).__name__, e.args)


def order(fail):
    log = []
    try:
        log.append("try")
        if fail:
            raise ValueError("v")
    except ValueError as e:
        log.append("except %s" % e)
    else:
        log.append("else")
    finally:
        log.append("finally")
    return log


print(order(0), order(1))


def finally_wins():
    try:
        return 1
    finally:
        return 2


def finally_runs():
    log = []
    try:
        return log
    finally:
        log.append("late")


def in_loop():
    log = []
    for i in range(4):
        try:
            if i == 1:
                continue
            if i == 3:
                break
            log.append(i)
        finally:
            log.append("f%d" % i)
    return log


show(finally_wins)
show(finally_runs)
show(in_loop)


def replaced():
    try:
        raise KeyError("first")
    finally:
        raise ValueError("second")


def reraised():
    try:
        raise KeyError("k")
    except KeyError:
        raise


def nested():
    try:
        try:
            raise IndexError(1)
        except KeyError:
            print("never")
        finally:
            print("inner finally")
    except (TypeError, IndexError) as e:
        return e.args


def swallow():
    while True:
        try:
            raise ValueError
        finally:
            break
    return "swallowed"


show(replaced)
show(reraised)
show(nested)
show(swallow)
try:
    raise ValueError
except ValueError as e:
    print(e.args, str(e), repr(e))
try:
    e
except NameError:
    print("e is gone")
for kind in (ArithmeticError, LookupError, Exception, BaseException):
    try:
        {}["x"] if kind is LookupError else 1 // 0
    except kind as e:
        print(kind.__name__, "caught", type(e).__name__)


class Own(ValueError):
    def __str__(self):
        return "own text"


try:
    raise Own(1, 2)
except ValueError as e:
    print(e, repr(e), e.args, isinstance(e, Own))
for bad in (1, "text", object()):
    try:
        raise bad
    except TypeError:
        print("TypeError")
try:
    assert 1 == 1
    assert 1 == 2, "message"
except AssertionError as e:
    print("assert", e)
print(repr(Exception()), repr(Exception(1, "a")), str(Exception(1, "a")), str(Exception("one")))


def deep(n):
    if n == 0:
        raise RuntimeError("bottom")
    try:
        deep(n - 1)
    finally:
        if n % 5 == 0:
            print("level", n)


show(lambda: deep(10))
