# pyrite: modes=bytecode,native oracle=pyrite
import _thread, sys, time, gc

print(sys.implementation._thread)
lock = _thread.allocate_lock()
print(type(lock) is _thread.LockType, lock.locked())
print(lock.acquire(), lock.locked(), lock.acquire(False), lock.acquire(True, 0.01), lock.acquire(timeout=0.01))
lock.release()
try:
    lock.release()
except _thread.error:
    print("not locked")
with lock:
    print(lock.locked())
print(lock.locked())

# Threads take turns in a busy loop, hold what they made, and give the lock from one to the next.
done = _thread.allocate_lock()
done.acquire()
totals = {}


def work(n, *, step):
    mine = [str(i) for i in range(200)]
    x = 0
    while x < 20000:
        x += step
        if x % 1000 == 0:
            mine = [s + "" for s in mine]
            gc.collect()
    with lock:
        totals[n] = (x, len(mine), mine[-1])
        if len(totals) == 4:
            done.release()


idents = [_thread.start_new_thread(work, (n,), {"step": 1}) for n in range(4)]
print(len(set(idents)), _thread.get_ident() not in idents)
done.acquire()
print(sorted(totals.items()))


# What a thread raises is its own; SystemExit is silent; recursion ends by the thread's own stack.
def fail():
    try:
        deep(0)
    except RuntimeError as e:
        print(e)
    try:
        raise KeyError(1)
    except KeyError:
        print(sys.exc_info()[0])
    done.release()
    _thread.exit()


def deep(n):
    return deep(n + 1) + 1


try:
    1 // 0
except ZeroDivisionError:
    _thread.start_new_thread(fail, ())
    done.acquire()
    print(sys.exc_info()[0])

# A generator goes from thread to thread.
gen = (i * i for i in range(6))


def take():
    seen.append(next(gen))
    done.release()


seen = []
for _ in range(6):
    _thread.start_new_thread(take, [])
    done.acquire()
print(seen)

for bad in (lambda: _thread.start_new_thread(take, 1), lambda: _thread.start_new_thread(take, (), 1)):
    try:
        bad()
    except TypeError as e:
        print("TypeError", e)
print(_thread.stack_size(100000), _thread.stack_size(), _thread.stack_size())


# interrupt_main raises in the first thread, also while that waits.
def interrupt():
    time.sleep(0.02)
    _thread.interrupt_main()


_thread.start_new_thread(interrupt, ())
try:
    lock.acquire()
    lock.acquire()
except KeyboardInterrupt:
    print("interrupted")
