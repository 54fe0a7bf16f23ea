# pyrite: oracle=micropython
# Numbers of modules in const().
import math, errno
from micropython import const

two_pi = const(2.0 * math.pi)
_HALF = const(-math.pi / 2)
pair = const((math.e, errno.EIO))
gone = const(errno.ENOENT | 64)
print(two_pi == 2 * math.pi, _HALF == -math.pi / 2, gone)
print(pair == (math.e, errno.EIO))
for wrong in ("x = const(math.sin)", "x = const(maths.pi)", "x = const(errno.EXX)", "x = const(two_pi.pi)"):
    try:
        exec(wrong)
        print("no error", wrong)
    except SyntaxError:
        print("SyntaxError")
