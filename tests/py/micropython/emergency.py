# pyrite: oracle=pyrite modes=bytecode,native,stress
# Exceptions raised while the heap is locked.
import micropython

micropython.alloc_emergency_exception_buf(40)


def caught(function):
    micropython.heap_lock()
    try:
        function()
        e = None
    except Exception as raised:
        e = raised
    micropython.heap_unlock()
    return e


def undefined():
    nowhere


def made():
    raise ValueError(1, 2)


def too_many():
    raise ValueError(1, 2, 3, 4, 5, 6)


def zero():
    1 // 0


def key():
    {}  # needs memory
    raise KeyError


def long():
    this_is_a_name_that_is_too_long_for_the_room_there_is


def deeper():
    made()


class Own(Exception):
    pass


def own():
    raise Own("x")


for function in undefined, made, too_many, zero, key, long, deeper, own:
    print(function.__name__, repr(caught(function)))

# The one object turns into the next exception; other objects stay what they are.
first = caught(made)
print(repr(first))
kept = first.args
second = caught(zero)
print(first is second, repr(second))

# Without room there is the class alone.
micropython.alloc_emergency_exception_buf(0)
print(repr(caught(made)), repr(caught(undefined)))
micropython.alloc_emergency_exception_buf(100)
print(repr(caught(undefined)))

# An exception made before keeps what it has.
ready = ValueError("ready")


def again():
    raise ready


print(repr(caught(again)), caught(again) is ready)

# Locks nest.
micropython.heap_lock()
micropython.heap_lock()
print(micropython.heap_unlock(), micropython.heap_locked(), micropython.heap_unlock(), micropython.heap_locked())
