# pyrite: oracle=pyrite
# micropython.schedule, of functions and of Ctrl-C.
import micropython
from time import sleep_ms

order = []
for n in range(4):
    micropython.schedule(order.append, n)
sleep_ms(0)
print(order)


def fails(n):
    raise ValueError(n)


micropython.schedule(order.append, "after")
sleep_ms(0)
print(order[-1])

for count in range(1, 3):
    for _ in range(0):
        pass
    for _ in [None] * 0:
        pass
    try:
        [micropython.schedule(micropython.kbd_intr, None), micropython.schedule(micropython.kbd_intr, None)]
        sleep_ms(0)
        print("not interrupted")
    except KeyboardInterrupt:
        print("interrupted", count)
for _ in range(50):
    sleep_ms(0)


# Not while a scheduled function runs.
def inner(_):
    micropython.schedule(micropython.kbd_intr, None)
    for _ in range(50):
        sleep_ms(0)
    print("inner is done")


try:
    micropython.schedule(inner, None)
    sleep_ms(0)
    sleep_ms(0)
    print("not interrupted")
except KeyboardInterrupt:
    print("interrupted")
