# pyrite: board
# async and await at the level of the language, driven by hand.
class Wait:
    def __init__(self, value):
        self.value = value

    def __await__(self):
        got = yield self.value
        return got

    __iter__ = __await__


async def add(a, b):
    x = await Wait(a)
    y = await Wait(b)
    return x + y


async def main():
    total = await add(1, 2)
    print("total", total)
    async with Manager() as m:
        print("inside", m, await Wait("w"))
    async for i in Count(3):
        print("i", i)
        if i == 1:
            continue
    else:
        print("else")
    try:
        await fails()
    except ValueError as e:
        print("caught", e)
    return "result"


class Manager:
    async def __aenter__(self):
        await Wait("enter")
        return "managed"

    async def __aexit__(self, kind, value, trace):
        print("aexit", kind)
        await Wait("exit")


class Count:
    def __init__(self, n):
        self.n = n
        self.i = 0

    def __aiter__(self):
        return self

    async def __anext__(self):
        if self.i == self.n:
            raise StopAsyncIteration
        self.i += 1
        await Wait("next")
        return self.i


async def fails():
    await Wait("before")
    raise ValueError("async")


def drive(c):
    value = None
    while True:
        try:
            out = c.send(value)
            print("yielded", out)
            value = out if isinstance(out, int) else 0
        except StopIteration as e:
            return e.value


print(drive(main()))
c = add(1, 2)
c.send(None)
try:
    c.throw(KeyError("thrown"))
except KeyError as e:
    print("thrown", e.args)
c = add(3, 4)
c.send(None)
c.close()
