# pyrite: oracle=pyrite oom board
# with, finally, raise again, raise from, and what is being handled, in viper functions.
import micropython, sys
@micropython.viper
def with_(cm, n: int) -> int:
    with cm as x:
        n += int(x)
        if n > 10: return n
    return -n
class CM:
    def __enter__(self): print("in"); return 5
    def __exit__(self, *a): print("out", a[0]); return True
print(with_(CM(), 1), with_(CM(), 9))
@micropython.viper
def fin(n: int) -> int:
    t = 0
    for i in range(n):
        try:
            if i == 2: continue
            if i == 5: break
            t += i
        finally:
            t += 100
    else:
        t += 1000
    return t
print(fin(3), fin(8))
@micropython.viper
def reraise(n: int):
    try:
        if n: raise ValueError("v")
        [][0]
    except ValueError:
        raise
    except IndexError as e:
        raise TypeError("t") from e
for i in range(2):
    try: reraise(i)
    except Exception as e: print(repr(e), repr(e.__cause__), repr(e.__context__))
@micropython.viper
def info():
    try:
        raise ValueError("v")
    except ValueError as e:
        print(sys.exc_info()[0], repr(e))
        try:
            1 // int(0)
        except ZeroDivisionError:
            print(sys.exc_info()[0])
        print(sys.exc_info()[0])
    print(sys.exc_info()[0])
info()
@micropython.viper
def ctx():
    try:
        raise ValueError("v")
    except ValueError:
        raise KeyError("k")
try: ctx()
except KeyError as e: print(repr(e.__context__))
print(sys.exc_info())
