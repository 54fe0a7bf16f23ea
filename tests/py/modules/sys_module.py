# sys: what programs look at, whatever runs them.
import sys

print(type(sys.version).__name__, isinstance(sys.version_info, tuple), sys.version_info[0] >= 3, len(sys.implementation) > 1 if isinstance(sys.implementation, tuple) else True)
print(type(sys.argv).__name__, len(sys.argv), type(sys.path).__name__, type(sys.modules).__name__, sys.byteorder, sys.maxsize > 2**30, sys.platform)
print("to stdout", file=sys.stdout)
sys.stdout.write("written\n")
try:
    sys.exit(3)
except SystemExit as e:
    print("SystemExit", e.args, isinstance(e, Exception))
try:
    raise SystemExit
except BaseException as e:
    print(type(e).__name__, e.args)
try:
    1 // 0
except ZeroDivisionError as e:
    out = e
print(out.args[0] != "", hasattr(sys, "exit"), callable(sys.exit))
