# Generators and coroutines, driven by hand.
def numbers(n):
    for i in range(n):
        got = yield i
        if got:
            print("got", got)
    return "end"


def chain(*parts):
    for part in parts:
        result = yield from part
        print("part gave", result)


print(list(chain(numbers(2), numbers(3))))
g = numbers(3)
print(next(g), g.send("hello"), g.send(None))
try:
    next(g)
except StopIteration as stop:
    print("stop", stop.value)


def guarded():
    try:
        while True:
            try:
                yield 1
            except ValueError as error:
                print("inside", error)
                yield 2
    finally:
        print("closed")


g = guarded()
print(next(g), g.throw(ValueError("v")), next(g))
g.close()
print(sum(x * x for x in range(10) if x & 1), sorted({k: v for k, v in zip("abc", range(3))}), sorted({x % 3 for x in range(9)}))
print([(x, y) for x in range(3) for y in range(x)], list(x + y for x in "ab" for y in "cd"))


class Wait:
    def __init__(self, what):
        self.what = what

    def __await__(self):
        got = yield self.what
        return got

    __iter__ = __await__


class Counter:
    def __init__(self, n):
        self.n = n

    def __aiter__(self):
        return self

    async def __anext__(self):
        if not self.n:
            raise StopAsyncIteration
        self.n -= 1
        return await Wait(self.n)


class Scope:
    async def __aenter__(self):
        print("aenter")
        return await Wait("entering")

    async def __aexit__(self, kind, value, trace):
        print("aexit", kind.__name__ if kind else None)
        await Wait("leaving")
        return kind is KeyError


async def jumps():
    for i in range(4):
        async with Scope():
            if i == 0:
                continue
            if i == 2:
                break
            try:
                async with Scope():
                    while True:
                        async with Scope():
                            break
            finally:
                print("finally", i)
        print("behind", i)
    async with Scope():
        for i in (1, 2):
            async with Scope():
                return i


async def main():
    print(await jumps())
    print("awaited", await Wait("first"))
    async for item in Counter(3):
        if item == 20:
            break
        print("item", item)
    else:
        print("else")
    async with Scope() as value:
        print("inside", value)
        raise KeyError
    async with Scope():
        return "result"


def run(coroutine):
    value = None
    try:
        while True:
            asked = coroutine.send(value)
            print("asked", asked)
            value = 7 if isinstance(asked, str) else asked * 10 + 10
    except StopIteration as stop:
        return stop.value


print(run(main()))
