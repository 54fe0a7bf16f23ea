# pyrite: modes=bytecode,native oracle=pyrite
# Loops of machine code let others run.
import _thread, time, micropython

flag = False


@micropython.native
def native_wait():
    n = 0
    while not flag:
        n += 1
    return n > 0


@micropython.viper
def viper_wait() -> int:
    n: int = 0
    while not flag:
        n += 1
    return 1


def set_flag():
    global flag
    time.sleep(0.02)
    flag = True


for wait in (native_wait, viper_wait):
    flag = False
    _thread.start_new_thread(set_flag, ())
    print(wait())


# Scheduled functions run in loops of machine code, and in the first thread.
def called(arg):
    global flag
    flag = _thread.get_ident() == arg


def schedule():
    time.sleep(0.02)
    micropython.schedule(called, main)


main = _thread.get_ident()
for wait in (native_wait, viper_wait):
    flag = False
    _thread.start_new_thread(schedule, ())
    print(wait())
