# pyrite: oracle=pyrite exit=1
class Problem(Exception):
    def __str__(self):
        return "own text"


def generator():
    yield 1
    raise Problem(1, 2)


print(next(iter([1])))
for x in generator():
    print(x)
