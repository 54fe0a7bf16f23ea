# pyrite: oracle=pyrite
# Items whose special methods change the container they are called from: no crash, no hang, and containers stay whole.
from array import array
from collections import deque, OrderedDict, defaultdict, namedtuple


class Hostile:
    """Changes `target` by `harm` at the first few of its special methods."""

    def __init__(self, target, harm):
        self.target = target
        self.harm = harm
        self.left = 3

    def strike(self):
        if self.left > 0:
            self.left -= 1
            self.harm(self.target)

    def __eq__(self, other):
        self.strike()
        return False

    def __hash__(self):
        self.strike()
        return 1

    def __lt__(self, other):
        self.strike()
        return True

    def __index__(self):
        self.strike()
        return 1

    def __len__(self):
        self.strike()
        return 3

    def __iter__(self):
        self.strike()
        return iter([1, 2, 3])

    def __repr__(self):
        self.strike()
        return "H"


def clear(target):
    target.clear()


def grow(target):
    for _ in range(20):
        target.append(7)


def shrink(target):
    while len(target) > 1:
        target.pop()


def grow_dict(target):
    for key in range(100, 130):
        target[key] = key


def shrink_dict(target):
    while len(target) > 1:
        target.popitem()


def grow_set(target):
    for key in range(100, 130):
        target.add(key)


def shrink_set(target):
    while len(target) > 1:
        target.pop()


def attempt(make, harms, calls):
    for harm in harms:
        for call in calls:
            target = make()
            hostile = Hostile(target, harm)
            try:
                call(target, hostile)
            except (TypeError, ValueError, IndexError, KeyError, RuntimeError, OverflowError, AttributeError):
                pass
            # The container can still be used.
            len(target), list(target), repr(target)


def set_slice(a, h):
    a[h:] = [1, 2]


def del_slice(a, h):
    del a[h:]


def set_item(a, h):
    a[h] = 5


def del_item(a, h):
    del a[h]


def set_to(a, h):
    a[1] = h


def iadd(a, h):
    a += h


def imul(a, h):
    a *= h


def sort_key(a, h):
    a.append(h)
    a.sort(key=lambda item: h)


def sort_items(a, h):
    a.extend([h, 1, h, 2])
    a.sort()


def with_item(method):
    def call(a, h):
        a.append(h)
        method(a, h)

    return call


list_calls = [
    lambda a, h: a.index(h),
    lambda a, h: a.count(h),
    lambda a, h: a.remove(h),
    lambda a, h: h in a,
    lambda a, h: a.insert(h, 1),
    lambda a, h: a.pop(h),
    lambda a, h: a[h],
    lambda a, h: a[h:],
    lambda a, h: a[::h],
    lambda a, h: a.extend(h),
    lambda a, h: a * h,
    lambda a, h: a.index(1, h),
    lambda a, h: (a + [h]) == (a + [h, 1]),
    with_item(lambda a, h: a == [1, 2, 3, 4]),
    with_item(lambda a, h: a < [1, 2, 3, 4]),
    with_item(lambda a, h: repr(a)),
    with_item(lambda a, h: max(a)),
    with_item(lambda a, h: sorted(a)),
    with_item(lambda a, h: list(map(hash, a))),
    with_item(lambda a, h: set(a)),
    with_item(lambda a, h: dict.fromkeys(a)),
    with_item(lambda a, h: tuple(map(repr, a))),
    with_item(lambda a, h: sum(a, 0)),
    set_slice,
    del_slice,
    set_item,
    del_item,
    set_to,
    iadd,
    imul,
]
attempt(lambda: [1, 2, 3], [clear, grow, shrink], list_calls + [sort_key, sort_items])
print("list")
attempt(lambda: deque([1, 2, 3]), [clear, grow, shrink], list_calls + [lambda a, h: a.rotate(h)])
attempt(lambda: deque([1, 2, 3], 4), [clear, grow, shrink], list_calls)
print("deque")

buffer_calls = [
    lambda a, h: a.insert(h, 1),
    lambda a, h: a.insert(0, h),
    lambda a, h: a.append(h),
    lambda a, h: a.extend(h),
    lambda a, h: a.extend([1, h, 2]),
    lambda a, h: a.pop(h),
    lambda a, h: a.remove(h),
    lambda a, h: a.index(h),
    lambda a, h: a.count(h),
    lambda a, h: h in a,
    lambda a, h: a[h],
    lambda a, h: a[h:],
    lambda a, h: a[::h],
    lambda a, h: a * h,
    lambda a, h: memoryview(a)[h],
    lambda a, h: memoryview(a)[h:].tolist(),
    set_slice,
    del_slice,
    set_item,
    del_item,
    set_to,
    iadd,
    imul,
]


def set_view(a, h):
    view = memoryview(a)
    view[1] = h
    view[h] = 1
    view[h:] = bytes(2)


def set_many(a, h):
    a[0:2] = [h, h, h]


def shrink_buffer(target):
    del target[1:]


def clear_buffer(target):
    del target[:]


attempt(lambda: bytearray(b"abc"), [clear, grow, shrink], buffer_calls + [set_view, set_many])
print("bytearray")
attempt(lambda: array("h", [1, 2, 3]), [clear_buffer, grow, shrink_buffer], buffer_calls + [set_view])
print("array")


def or_in_place(a, h):
    a |= {h: 1}


def hostile_key(a, h):
    a[h] = 1
    h.left = 3
    a[h]


dict_calls = [
    lambda a, h: a.get(h),
    lambda a, h: a.pop(h, None),
    lambda a, h: a.setdefault(h, 1),
    lambda a, h: a.update({h: 1}),
    lambda a, h: a.update([(h, 1), (1, h)]),
    lambda a, h: a.update(h),
    lambda a, h: h in a,
    lambda a, h: h in a.keys(),
    lambda a, h: h in a.values(),
    lambda a, h: (1, h) in a.items(),
    lambda a, h: a.keys() & [h, 1],
    lambda a, h: a.keys() | [h, 1],
    lambda a, h: a == {1: h, 2: h, 3: h},
    lambda a, h: {1: h, 2: h, 3: h} == a,
    lambda a, h: a | {h: 1},
    lambda a, h: dict(a, x=h) == dict(a, x=1),
    set_item,
    del_item,
    set_to,
    or_in_place,
    hostile_key,
]
for make in (lambda: {1: 1, 2: 2, 3: 3}, lambda: OrderedDict({1: 1, 2: 2, 3: 3}), lambda: defaultdict(list, {1: 1, 2: 2})):
    attempt(make, [clear, grow_dict, shrink_dict], dict_calls)
print("dict")


def set_operators(a, h):
    a |= {h}
    h.left = 3
    a &= {h, 1, 2}
    h.left = 3
    a ^= {h, 1}
    h.left = 3
    a -= {h}


set_calls = [
    lambda a, h: a.add(h),
    lambda a, h: a.discard(h),
    lambda a, h: a.remove(h),
    lambda a, h: h in a,
    lambda a, h: a.update([h, 5]),
    lambda a, h: a.union([h]),
    lambda a, h: a.intersection([h, 1]),
    lambda a, h: a.difference([h, 1]),
    lambda a, h: a.symmetric_difference([h, 1]),
    lambda a, h: a.intersection_update([h, 1]),
    lambda a, h: a.difference_update([h, 1]),
    lambda a, h: a.symmetric_difference_update([h, 1]),
    lambda a, h: a.issubset([h, 1]),
    lambda a, h: a.issuperset([h, 1]),
    lambda a, h: a.isdisjoint([h, 9]),
    lambda a, h: a == {h, 1, 2},
    lambda a, h: a <= {h, 1, 2, 3},
    set_operators,
]
attempt(lambda: {1, 2, 3}, [clear, grow_set, shrink_set], set_calls)
print("set")

# Finalisers that change what lets them go.
bin = []


class Dying:
    def __init__(self, target):
        self.target = target

    def __del__(self):
        self.target.append(1)


for _ in range(3):
    bin.append(Dying(bin))
    bin[:] = []
    del bin[:]
    bin.clear()
print(type(bin))

# Iterators over what changes meanwhile.
items = [1, 2, 3]
for item in items:
    if len(items) < 50:
        items.append(item)
print(len(items))
for item in items:
    items.pop()
print(len(items) < 50)
it = iter(items)
del items[:]
print(list(it), list(reversed(items)))
Point = namedtuple("Point", "x y")
print(Point([1], 2)._replace(x=Point(1, 2)))
