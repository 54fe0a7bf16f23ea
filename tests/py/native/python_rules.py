# pyrite: board
# What native code must do as bytecode does it: unbound names, bare raise, chaining, deletion.
try:
    import micropython
except ImportError:

    class micropython:
        @staticmethod
        def native(f):
            return f


@micropython.native
def unbound(k):
    if k:
        v = 1
    try:
        return v
    except NameError:
        return "unbound"


@micropython.native
def deleted():
    v = 1
    del v
    try:
        return v
    except NameError:
        return "deleted"


@micropython.native
def again():
    try:
        raise ValueError("once")
    except ValueError:
        try:
            raise
        except ValueError as e:
            return "again", e.args


@micropython.native
def chained():
    try:
        raise KeyError("a") from ValueError("b")
    except KeyError as e:
        return e.args


@micropython.native
def nothing_to_raise():
    try:
        raise
    except RuntimeError:
        return "RuntimeError"


@micropython.native
def captured():
    v = 5

    def f():
        return v

    a = f()
    del v
    try:
        f()
    except NameError:
        return a, "gone"


@micropython.native
def finally_in_loop():
    for i in range(3):
        try:
            try:
                return i
            finally:
                if i < 2:
                    continue
        finally:
            print("outer", i)


print(unbound(0), unbound(1), deleted(), again(), chained(), nothing_to_raise(), captured(), finally_in_loop())


@micropython.native
async def coroutine(a):
    return a + 1


c = coroutine(4)
try:
    c.send(None)
except StopIteration as e:
    print(e.value)
