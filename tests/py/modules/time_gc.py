# pyrite: oracle=micropython board
# time and gc and micropython: shapes, not values.
import gc
import micropython
import time

start = time.ticks_us()
for i in range(100):
    pass
took = time.ticks_diff(time.ticks_us(), start)
print(0 <= took < 5000000, time.ticks_diff(5, 10), time.ticks_diff(time.ticks_add(time.ticks_ms(), 100), time.ticks_ms()) > 90)
time.sleep_ms(2)
time.sleep_us(10)
time.sleep(0.001)
print(isinstance(time.time(), (int, float)), len(time.localtime()) >= 8, time.time_ns() > 0, isinstance(time.ticks_cpu(), int))
print(gc.isenabled(), gc.disable(), gc.isenabled(), gc.enable(), gc.isenabled(), isinstance(gc.collect(), int), gc.mem_free() > 0, gc.mem_alloc() > 0)
print(micropython.const(5), micropython.opt_level(), isinstance(micropython.stack_use(), int))
before = gc.mem_alloc()
l = [bytearray(100) for i in range(100)]
print(gc.mem_alloc() > before)
l = None
gc.collect()
micropython.heap_lock()
try:
    [0] * 10
    print("allocated")
except MemoryError:
    print("MemoryError")
micropython.heap_unlock()
X = micropython.const(7)
_Y = micropython.const(8)
print(X, _Y, X + _Y)
