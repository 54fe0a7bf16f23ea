# What is refused before anything runs, and what is not.
CASES = """
[y := i for i in (z := [1])]
[i for i in [j := 1]]
[i for i in [1] for k in (j := [1])]
[i+1 for i in (lambda: (j := 1))()]
[i := 0 for i in [1]]
[[(k := j) for i in [1]] for j in [1]]
[x := i for i in [1]]
class A: [x := 1 for _ in [1]]
__debug__ = 1
__debug__ += 1
__debug__: int
(__debug__ := 1)
x.__debug__ = 1
x.__debug__
del __debug__
def __debug__(): pass
class __debug__: pass
def f(__debug__): pass
lambda __debug__: 1
f(__debug__=1)
import __debug__
import x as __debug__
from x import __debug__
from x import __debug__ as y
for __debug__ in []: pass
with a as __debug__: pass
[0 for __debug__ in x]
x = __debug__
del ()
() = x
[] = x
del []
for () in x: pass
with a as (): pass
from __future__ import annotations
from __future__ import nope
from __future__ import annotations, nope
x = 1; from __future__ import annotations
'doc'; from __future__ import annotations
'doc'; 'more'; from __future__ import annotations
from __future__ import division; from __future__ import annotations
import x; from __future__ import annotations
if x: from __future__ import annotations
def f(): from __future__ import annotations
"""
for case in CASES.strip().split("\n"):
    try:
        compile(case, "case", "exec")
        print("ok         ", case)
    except SyntaxError:
        print("SyntaxError", case)

() = []
() = ()
[] = {}
del (), []
for () in [(), []]:
    print("empty")
try:
    () = [1]
except ValueError:
    print("ValueError")
