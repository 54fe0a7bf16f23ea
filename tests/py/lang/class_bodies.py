# pyrite: board oom
# Callable objects, bodies of classes, containers: what stands beside classes.py, small enough for a board.


class Callable:
    def __call__(self, *args, **kw):
        return args, kw


print(Callable()(1, a=2), callable(Callable()), callable(3), callable(len))


class Meta:
    x = [i * 2 for i in range(3)]

    for i in range(2):
        last = i
    if last:
        chosen = "yes"
    else:
        other = "no"


print(Meta.x, Meta.i, Meta.last, Meta.chosen, hasattr(Meta, "other"))


class Container:
    def __init__(self):
        self.d = {}

    def __setitem__(self, k, v):
        self.d[k] = v

    def __getitem__(self, k):
        return self.d[k]

    def __delitem__(self, k):
        del self.d[k]

    def __contains__(self, k):
        return k in self.d

    def __iter__(self):
        return iter(sorted(self.d))


c = Container()
c["b"] = 1
c["a"] = 2
c["b"] += 10
print(c["b"], "a" in c, "z" in c, "z" not in c, list(c))
del c["a"]
print(list(c))
