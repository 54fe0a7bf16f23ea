# After this import annotations are text.
from __future__ import annotations
def f(a: int, b: Undefined = 1) -> list[int]: pass
class C:
    x: Undefined = 1
    def m(self, o: C) -> C: pass
y: Undefined = 2
print(f.__annotations__, C.__annotations__, C.m.__annotations__, __annotations__)
