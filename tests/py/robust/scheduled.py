# pyrite: oracle=micropython board
# Scheduled functions run at the next jump backwards, whatever the form of the loop.
import micropython


def note(item):
    seen.append(item)
    if item == "again":
        micropython.schedule(note, "later")


def until(what):
    micropython.schedule(note, what)
    n = 0
    while what not in seen and n < 10:
        n += 1
    return what in seen


seen = []
print(until("call"))

micropython.schedule(note, "count")
n = 0
while n < 3:
    n += 1
print(seen)

micropython.schedule(note, "again")
for _ in range(5):
    pass
print(seen)

micropython.schedule(note, "pass")
while "pass" not in seen:
    pass
micropython.schedule(note, "not")
while not "not" in seen:
    pass
print(seen)
