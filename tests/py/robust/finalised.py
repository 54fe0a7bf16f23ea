# pyrite: oracle=micropython modes=bytecode,native board
# Dead objects are finalised soon after a collection that nobody asked for, and what waits is served in short loops.
class Noisy:
    def __del__(self):
        found.append(1)


found = []
rounds = 0
while not found and rounds < 200000:
    Noisy()
    [0] * 100
    rounds += 1
print(len(found) > 0)
