# pyrite: oracle=pyrite
# Fields and products that no heap can hold are refused before any work.
import math


def shortage(f):
    try:
        f()
    except (MemoryError, ValueError) as e:
        print(type(e).__name__)


shortage(lambda: math.factorial(10**18))
shortage(lambda: math.comb(10**18, 10**9))
shortage(lambda: "{:01000000000000000,d}".format(5))
shortage(lambda: "{:1000000000000000}".format(5))
shortage(lambda: "{:\xe9>1000000000000000}".format(5))
shortage(lambda: "%1000000000000000d" % 5)
shortage(lambda: "%.1000000000000000f" % 5)
for width in range(1, 14):
    print("{:0{},d}".format(1234, width), "{:0{}_x}".format(123456, width), "{:+0{},d}".format(1234, width))
print(math.factorial(25), math.comb(50, 25))
