# The bounds of a counting loop are evaluated from left to right, also where the loop needs no range object.
def tell(value):
    print("tell", value)
    return value


def count():
    for i in range(tell(1), tell(4)):
        i += 5
    print(i)
    for i in range(tell(1) + 1, tell(4), 2):
        print(i)
    for i in range(tell(9), tell(4), -3):
        print(i)
    for i in range(tell(3)):
        pass
    else:
        print("else", i)


count()


def fails():
    for i in range([].start, 1 // 0):
        pass


try:
    fails()
except AttributeError as e:
    print("the start is first", e.__traceback__.tb_next.tb_lineno)

def huge():
    try:
        1 // 0
    except ZeroDivisionError:
        [1] * (1 << 62)


try:
    huge()
except MemoryError as e:
    print("places and context are kept:", e.__traceback__.tb_next.tb_lineno, type(e.__context__).__name__)
