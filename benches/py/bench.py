# What every benchmark imports: command line, clock, and the line that is printed.
#
#     python3 benches/py/fib.py [plain|viper] [N] [M]
#
# prints `time norm result`: the time in microseconds, an amount of work such that work divided by time is a speed
# that may be compared between scales, and a result that every form and every interpreter must agree on. N scales
# the time and M the memory; 1000 and 1000 are meant for hosts, 100 and 100 for boards. Native code is a switch of the
# interpreter (-X emit=native), so that the same text is measured; viper is a function of its own.

import sys
import time

try:
    import micropython
except ImportError:  # not MicroPython: decorators that do nothing

    class micropython:
        @staticmethod
        def native(function):
            return function

        viper = native


# Names that viper functions have in their annotations, which other Pythons look up.
uint = int
ptr8 = ptr16 = ptr32 = ptrf = bytearray


def run(work, plain, viper=None):
    """`work(n, m)` gives the amount of work and the arguments; then the chosen form is timed on them."""
    args = sys.argv[1:]
    form = args[0] if args else "plain"
    n = int(args[1]) if len(args) > 1 else 1000
    m = int(args[2]) if len(args) > 2 else 1000
    function = {"plain": plain, "viper": viper}[form]
    norm, arguments = work(n, m)
    if hasattr(time, "ticks_us"):
        start = time.ticks_us()
        result = function(*arguments)
        taken = time.ticks_diff(time.ticks_us(), start)
    else:
        start = time.perf_counter()
        result = function(*arguments)
        taken = int((time.perf_counter() - start) * 1000000)
    print(taken, norm, result)
