# Generic aliases of built-in types and unions of types.
print(list[int], dict[str, int], tuple[int, ...], set[str], frozenset[int], type[int], tuple[()])
print(int | str, int | None, None | int, int | str | int, list[int] | None, int | list[int | str])
a = dict[str, list[int]]
print(a.__origin__, a.__args__, a == dict[str, list[int]], a == dict[str, int], hash(a) == hash(dict[str, list[int]]))
print(list[int]((1, 2)), dict[str, int](x=1), list[int].append is list.append or 'bound')
print(int | str == str | int, int | str == int | float, (int | str).__args__)
print(isinstance(1, int | str), isinstance('', int | str), isinstance(None, int | None), isinstance(1.5, int | None))
print(issubclass(bool, int | str), isinstance([], (int | str, list)))
class L(list[int]): pass
print(L.__mro__[1], L([1]), L[str])
class P: pass
print(P | int, list[P])
class Q:
    x: list[int] = []
    y: 'P' | None if 0 else int | None = None
print(Q.__annotations__)
def f(x: list[int], y: int | None = None) -> dict[str, P]: pass
print(f.__annotations__)
for bad in (lambda: int | 3, lambda: 3 | int, lambda: P[int], lambda: int[str], lambda: list[int] & int):
    try: bad()
    except TypeError: print('TypeError')
