# pyrite: oom modes=bytecode,native
# Much garbage of every kind, with something that must survive it.
class Node:
    def __init__(self, next, value):
        self.next = next
        self.value = value


def chain(n):
    node = None
    for i in range(n):
        node = Node(node, i)
    return node


keep = chain(50)
survivors = []
for i in range(300):
    junk = [i] * 50
    text = "text %d" % i * 5
    d = {j: text for j in range(10)}
    cyclic = []
    cyclic.append(cyclic)
    n = Node(None, 0)
    n.next = n
    if i % 50 == 0:
        survivors.append((junk, text, d, lambda i=i: i))
total = 0
while keep:
    total += keep.value
    keep = keep.next
print(total, len(survivors), [s[1][:6] for s in survivors], [s[3]() for s in survivors], all(s[0] == [s[3]()] * 50 for s in survivors))
big = bytearray(20000)
big[19999] = 7
parts = [bytes([i]) * 100 for i in range(100)]
print(big[19999], sum(p[50] for p in parts), len(b"".join(parts)))
s = ""
for i in range(200):
    s += chr(97 + i % 26)
print(len(s), s[:26], hash(s) == hash("".join(chr(97 + i % 26) for i in range(200))))
n = 1
for i in range(1, 120):
    n *= i
print(n % 10**9, len(str(n)))


def generator(n):
    local = [n] * 20
    for i in range(n):
        yield local[i % 20] + i


gens = [generator(10) for _ in range(20)]
print(sum(next(g) for g in gens for _ in range(3)))
