# pyrite: board oom
# Loops, with break, continue and else in every place they can be.
for n in range(5):
    if n == 3:
        break
else:
    print("never")
for n in range(3):
    if n == 1:
        continue
    print(n)
else:
    print("done")
while True:
    n -= 1
    if n < -3:
        break
else:
    print("never")
while n:
    n += 1
else:
    print("while else", n)
for a in range(3):
    for b in range(3):
        if b == 2:
            break
        if a == 1:
            continue
        print(a, b)
    else:
        print("never")
for i in range(10, 0, -3):
    print(i, end=" ")
print()
for i in range(3):
    i = 100
print(i)
total = 0
for i in range(2**4, 2**6, 7):
    total += i
print(total, i)
for x in []:
    print("never")
else:
    print("empty")


def find(rows, wanted):
    for y, row in enumerate(rows):
        for x, cell in enumerate(row):
            if cell == wanted:
                return y, x
    return None


print(find([[1, 2], [3, 4]], 3), find([[1, 2]], 9))
x = 5 if total else 6
y = (1 if x > 5 else 2) if x else 3
print(x, y, 0 or "a", 0 and "a", 1 and "b", "" or 0 or [], not (1 and 0))
if 0:
    print("no")
elif []:
    print("no")
elif "":
    print("no")
else:
    print("else")
for i, (a, (b, c)) in [(0, (1, (2, 3))), (4, (5, (6, 7)))]:
    print(i, a, b, c)
