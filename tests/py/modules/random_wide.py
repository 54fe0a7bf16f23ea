# pyrite: oracle=pyrite
# Ranges wider than 32 bits are covered, which MicroPython cuts off; floats have all their digits.
import random

random.seed(9)
print(any(random.randrange(1 << 40) >= 1 << 32 for _ in range(50)))
print(all(-(1 << 50) <= random.randint(-(1 << 50), 1 << 50) <= 1 << 50 for _ in range(50)))
print(all(0.0 <= random.random() < 1.0 for _ in range(50)), len({random.random() for _ in range(50)}))
