# pyrite: board
# Formatted string literals.
name, n, x = "World", 42, 3.14159
print(f"Hello {name}!", f"{n}", f"{n:5d}|{n:<5}|{n:^5}|{n:>5}|{n:05d}", f"{x:.2f} {x:8.3f}|{x:<8.1f}|{x:e}")
print(f"{n:x} {n:X} {n:o} {n:b} {n:#x} {n:#b} {n:+d} {n:,} {1234567:,}")
print(f"{name!r} {name!s} {name:>10} {name:.3} {name:*^11}")
print(f"{{}} {{{n}}} {n}{n} {'nested'} {name + '!'} {n * 2 + 1} {[1, 2][0]} {({'a': 1})['a']}")
width, prec = 10, 3
print(f"{x:{width}.{prec}f}|{name:>{width}}|{n:0{width}d}")
print(f"{n=} {name=} {n + 1=}")
{n}
print(f"{(lambda v: v * 2)(4)} {n if n > 5 else 0} {n > 5} {None} {[i for i in range(3)]}")
print("%s %d %5.1f %x %r %%" % ("a", 1, 2.5, 255, "q"), "%(k)s %(n)03d" % {"k": "v", "n": 7}, "%-5s|%5s|%c" % ("a", "b", "c"))
print("{} {} {}".format(1, "a", [2]), "{1} {0} {1}".format("a", "b"), "{k} {v:>4}".format(k=1, v=2), "{0[1]} {1.real}".format([5, 6], 3) if False else "")
print("{:5}|{:<5}|{:>5}|{:^5}|{:05}|{:+}|{: }".format(1, 2, 3, 4, 5, 6, 7), "{:s}|{:10s}|{!r:>6}".format("a", "b", "c"))
print("{:.3f} {:.3e} {:g} {:g} {:g} {:%}".format(1.5, 12345.678, 1e10, 0.0001, 100.0, 0.25))
for bad in ("{", "}", "{0} {}", "{:d}"):
    try:
        print(bad.format("x", "y"))
    except (ValueError, IndexError):
        print("error", bad)
