# pyrite: board
# Built-in functions that have no case of their own.
print(abs(-1), all([1]), any([0]), bin(2), callable(print), chr(65), divmod(7, 2), len([1]), ord("A"), pow(2, 3), hash(1) == hash(1.0), id(None) == id(None))
print(isinstance(1, int), isinstance("", (int, str)), issubclass(int, object), type(1) is int, type("") == str, type(type) is type, type([]).__name__, type(None).__name__, type(lambda: 0).__name__)
print(getattr("abc", "upper")(), hasattr([], "append"), hasattr([], "nope"), getattr([], "nope", None), sorted([3, 1]), sum([1, 2]), min(1, 2), max(1, 2), round(2.4))
print("dir", "x" in dir(type("T", (), {"x": 1})), "append" in dir([]), eval("1 + 2"), bool([]), list(map(int, "123")), list(zip((1, 2), (3, 4))), repr("a"), str(1), tuple([1]))
print("a", "b", sep="-", end="!\n")
print(*[1, 2, 3], sep="")
print()
print("no newline", end="")
print("", 1, None, True, sep="|")
for bad in (lambda: print(1, foo=2), lambda: len(), lambda: len(5), lambda: ord("ab"), lambda: isinstance(1, 5), lambda: max(), lambda: max([]), lambda: sorted(5), lambda: getattr(1, "zz"), lambda: next(5), lambda: nope):
    try:
        bad()
        print("fine")
    except (TypeError, ValueError, AttributeError, NameError) as e:
        print(type(e).__name__)
class A:
    "doc"
    def f(self): return 1
print(A.f(A()), A.__name__, A().f.__name__ if hasattr(A().f, "__name__") else "f", isinstance(A(), A), object() != object(), NotImplemented, Ellipsis)
