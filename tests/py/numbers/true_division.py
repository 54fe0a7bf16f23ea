# int / int is rounded once, whatever its size and sign.
def show(a, b):
    try:
        print(repr(a / b))
    except Exception as e:
        print(type(e).__name__)


for b in (2**53 + 1, 2**53, 2**64, 2**64 - 1, 3 * 2**60 + 1, 10**30, 7):
    for a in (0, 1, 3, 2**53 + 1, 10**25, 2**64 + 2**11, 2**64 + 2**11 + 1):
        show(a, b)
        show(-a, b)
        show(a, -b)
        show(-a, -b)
# Results with fewer bits than usual.
for n in range(1020, 1078):
    show(2**60 + 1, 2**n * 2**60)
    show(-(3**30), 2**n * 2**30)
    show(6004799503160661, 2**n * 2**52)
show(1, 2**1074)
show(1, 2**1075)
show(3, 2**1076)
show(-1, 2**1075)
show(2**1024, 1)
show(2**1024, 2)
show(2**2000, 2**1000 + 1)
show(-(2**2000), 3)
show(2**1024 - 1, 1)
show(0, -(2**2000))
show(0, 2**2000)
show(1, 2**5000)
show(1, -(2**5000))
