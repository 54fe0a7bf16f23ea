# pyrite: oracle=pyrite board=only
# machine: memory at addresses, interrupts, what the chip tells of itself.
import machine
from machine import mem8, mem16, mem32

print(mem8, mem16, mem32)
# The vector table: the stack's top, and the way in, which is Thumb code.
top = mem32[0]
print(top & 7, mem16[0] | mem16[2] << 16 == top, mem8[3] == top >> 24)
print(mem32[4] & 1)
# SysTick's reload value is a register of the core, and so is its control.
print(hex(mem32[0xE000E014]), mem32[0xE000E010] & 7)

# A word between stack and variables that is nobody's: the low end of the stack.
place = 0x20000000
old = mem32[place]
mem32[place] = 0x12345678
print(hex(mem32[place]), hex(mem8[place]), hex(mem16[place + 2]))
mem8[place] = -1
mem16[place + 2] = 0xABCD
print(hex(mem32[place]))
mem32[place] = old

for wrong in (lambda: mem32[1], lambda: mem16["x"], lambda: mem8[None]):
    try:
        wrong()
    except (ValueError, TypeError) as e:
        print(type(e).__name__, e)
try:
    mem32[place] = "x"
except TypeError as e:
    print(e)
try:
    del mem32[place]
except TypeError as e:
    print(e)

state = machine.disable_irq()
inner = machine.disable_irq()
machine.enable_irq(inner)
machine.enable_irq(state)
print(state, inner)
machine.enable_irq()
print(machine.freq() > 1000000, len(machine.unique_id()) > 0)
machine.idle()
try:
    machine.soft_reset()
except SystemExit as e:
    print("SystemExit", e.args)
