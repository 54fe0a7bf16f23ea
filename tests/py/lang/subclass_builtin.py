# pyrite: board
# Subclasses of built-in types keep the behaviour of their base and add to it.
class Stack(list):
    def push(self, x):
        self.append(x)
        return self

    def __len__(self):
        return 100 + super().__len__()

    def top(self):
        return self[-1]


s = Stack([1, 2])
print(s.push(3).push(4).top(), len(s), s[0:2], list(s), isinstance(s, list), 3 in s)


class Default(dict):
    def __missing_item(self, k):
        return "missing " + k

    def __getitem__(self, k):
        return super().__getitem__(k) if k in self else "missing " + k


d = Default(a=1)
d["b"] = 2
print(d["a"], d["b"], d["zz"], len(d), sorted(d), sorted(d.items()), d.get("q"))


class Text(str):
    def shout(self):
        return self.upper() + "!"


t = Text("hey")
print(t.shout(), t + "x", len(t), t == "hey", t[1:], isinstance(t, str))


class Number(int):
    def double(self):
        return self * 2


print(Number(4).double(), Number(4) + 1, Number(7) == 7, isinstance(Number(1), int))
