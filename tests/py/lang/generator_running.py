# A generator that resumes itself while it runs.
def f():
    yield 1
    yield from g
g = f()
print(next(g))
try:
    next(g)
except ValueError:
    print("ValueError")
print(list(g))
def h():
    yield 1
    yield 2
    yield next(i)
i = h()
print(next(i), next(i))
try:
    next(i)
except ValueError:
    print("ValueError")
