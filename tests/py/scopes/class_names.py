# What a class binds is its own: methods see the variable of the function around it, or the global.
x = "global"


def bound(i, x):
    class K:
        def get(self):
            return i, x

        x = i

    return K.x, K().get()


print(bound(1, 2))


def read_first(x):
    class K:
        seen = [x]
        x = 7
        seen.append(x)

        def get(self):
            return x

        del x
        seen.append(x)

    return K.seen, K().get()


print(read_first(3))


def nested(x, y):
    class Outer:
        x = y

        class Inner:
            y = x

            def get(self):
                return x, y

            x = 5

        def get(self):
            return x, y

    return Outer.x, Outer.Inner.x, Outer.Inner.y, Outer().get(), Outer.Inner().get()


print(nested(1, 2))


def declared(x):
    class K:
        global x
        kept = x

        def get(self):
            return x

    return K.kept, K().get()


print(declared("argument"))


def changed(x):
    class K:
        x = "class"

        def put(self, value):
            nonlocal x
            x = value

        def items(self):
            return [x for _ in range(2)], (lambda: x)()

    K().put("new")
    return x, K.x, K().items()


print(changed(0))


def loops():
    class K:
        for n in range(2):
            pass
        table = [n for _ in range(2)]

        def get(self):
            return n

    n = 9
    return K.n, K.table, K().get()


try:
    print(loops())
except NameError as e:
    print("NameError")
