# Hot spots: eight small kernels, each written plainly and again with a decorator that asks for machine code.
#
#     pyrite examples/hotspots.py [--quick] [--json] [--only NAME]
#
# plain   what the interpreter does with ordinary Python
# native  @micropython.native: the same text, the same meaning, compiled to machine code when `def` runs
# viper   @micropython.viper: annotations give machine types (int is a word, ptr8 points at bytes), for the
#         kernels that are about integers and buffers; viper as MicroPython has it knows no floats
#
# All forms of a kernel must give the same result, or the program says so and exits with status 1. It runs on
# Pyrite and, unchanged, on MicroPython; on CPython the decorators do nothing, so all forms take the same time.

import gc
import sys
import time
from array import array

try:
    import micropython
except ImportError:  # CPython: decorators that leave the function as it is

    class micropython:
        @staticmethod
        def native(function):
            return function

        viper = native

    ptr8 = ptr32 = bytearray  # only ever used as annotations


# ---- fib: calls, and nothing else -----------------------------------------------------------------------------


def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


@micropython.native
def fib_native(n):
    return n if n < 2 else fib_native(n - 1) + fib_native(n - 2)


# A call through a global name gives viper an object; int() takes the machine word out of it.
@micropython.viper
def fib_viper(n: int) -> int:
    if n < 2:
        return n
    return int(fib_viper(n - 1)) + int(fib_viper(n - 2))


# ---- loops: two nested ranges over small integers -------------------------------------------------------------


def loops(n):
    total = 0
    for i in range(n):
        for j in range(1000):
            total = (total + (i ^ j)) & 0xFFFFFFF
    return total


@micropython.native
def loops_native(n):
    total = 0
    for i in range(n):
        for j in range(1000):
            total = (total + (i ^ j)) & 0xFFFFFFF
    return total


@micropython.viper
def loops_viper(n: int) -> int:
    total = 0
    for i in range(n):
        for j in range(1000):
            total = (total + (i ^ j)) & 0xFFFFFFF
    return total


# ---- sieve: Eratosthenes in a bytearray; a byte stays 0 while its number may be prime ---------------------------


def sieve(composite, n):
    count = 0
    for i in range(2, n):
        if not composite[i]:
            count += 1
            j = i * i
            while j < n:
                composite[j] = 1
                j += i
    return count


@micropython.native
def sieve_native(composite, n):
    count = 0
    for i in range(2, n):
        if not composite[i]:
            count += 1
            j = i * i
            while j < n:
                composite[j] = 1
                j += i
    return count


@micropython.viper
def sieve_viper(composite: ptr8, n: int) -> int:
    count = 0
    for i in range(2, n):
        if not composite[i]:
            count += 1
            j = i * i
            while j < n:
                composite[j] = 1
                j += i
    return count


def sieve_input(n):
    return bytearray(n), n


# ---- checksums: CRC-32 by table and Adler-32, in one pass over a buffer ------------------------------------------


def checksums(data, n, table):
    crc = 0xFFFFFFFF
    a = 1
    b = 0
    for i in range(n):
        byte = data[i]
        crc = table[(crc ^ byte) & 0xFF] ^ (crc >> 8)
        a = (a + byte) % 65521
        b = (b + a) % 65521
    return (crc ^ 0xFFFFFFFF) ^ (b << 16 | a)


@micropython.native
def checksums_native(data, n, table):
    crc = 0xFFFFFFFF
    a = 1
    b = 0
    for i in range(n):
        byte = data[i]
        crc = table[(crc ^ byte) & 0xFF] ^ (crc >> 8)
        a = (a + byte) % 65521
        b = (b + a) % 65521
    return (crc ^ 0xFFFFFFFF) ^ (b << 16 | a)


@micropython.viper
def checksums_viper(data: ptr8, n: int, table: ptr32) -> int:
    crc = 0xFFFFFFFF
    a = 1
    b = 0
    for i in range(n):
        byte = data[i]
        crc = table[(crc ^ byte) & 0xFF] ^ (crc >> 8)
        a = (a + byte) % 65521
        b = (b + a) % 65521
    return (crc ^ 0xFFFFFFFF) ^ (b << 16 | a)


def checksums_input(n):
    table = array("I", [0] * 256)
    for i in range(256):
        row = i
        for _ in range(8):
            row = (row >> 1) ^ (0xEDB88320 if row & 1 else 0)
        table[i] = row
    return bytes(i * 7 & 0xFF for i in range(n)), n, table


# ---- mandelbrot: floats in local variables -----------------------------------------------------------------------


def mandelbrot(size):
    inside = 0
    for row in range(size):
        y0 = 2.0 * row / size - 1.0
        for column in range(size):
            x0 = 3.0 * column / size - 2.0
            x = y = 0.0
            steps = 0
            while steps < 50 and x * x + y * y <= 4.0:
                x, y = x * x - y * y + x0, 2.0 * x * y + y0
                steps += 1
            inside += steps == 50
    return inside


@micropython.native
def mandelbrot_native(size):
    inside = 0
    for row in range(size):
        y0 = 2.0 * row / size - 1.0
        for column in range(size):
            x0 = 3.0 * column / size - 2.0
            x = y = 0.0
            steps = 0
            while steps < 50 and x * x + y * y <= 4.0:
                x, y = x * x - y * y + x0, 2.0 * x * y + y0
                steps += 1
            inside += steps == 50
    return inside


# ---- nbody: objects, attributes and methods ----------------------------------------------------------------------


class Body:
    def __init__(self, mass, x, y, z, vx, vy, vz):
        self.mass = mass
        self.x = x
        self.y = y
        self.z = z
        self.vx = vx
        self.vy = vy
        self.vz = vz

    def move(self, dt):
        self.x += dt * self.vx
        self.y += dt * self.vy
        self.z += dt * self.vz


class NativeBody(Body):
    @micropython.native
    def move(self, dt):
        self.x += dt * self.vx
        self.y += dt * self.vy
        self.z += dt * self.vz


def nbody(steps, bodies, dt):
    for _ in range(steps):
        for i in range(len(bodies)):
            a = bodies[i]
            for j in range(i + 1, len(bodies)):
                b = bodies[j]
                dx = a.x - b.x
                dy = a.y - b.y
                dz = a.z - b.z
                pull = dt / (dx * dx + dy * dy + dz * dz) ** 1.5
                a.vx -= dx * b.mass * pull
                a.vy -= dy * b.mass * pull
                a.vz -= dz * b.mass * pull
                b.vx += dx * a.mass * pull
                b.vy += dy * a.mass * pull
                b.vz += dz * a.mass * pull
        for body in bodies:
            body.move(dt)
    return bodies[0].x + bodies[1].y


@micropython.native
def nbody_native(steps, bodies, dt):
    for _ in range(steps):
        for i in range(len(bodies)):
            a = bodies[i]
            for j in range(i + 1, len(bodies)):
                b = bodies[j]
                dx = a.x - b.x
                dy = a.y - b.y
                dz = a.z - b.z
                pull = dt / (dx * dx + dy * dy + dz * dz) ** 1.5
                a.vx -= dx * b.mass * pull
                a.vy -= dy * b.mass * pull
                a.vz -= dz * b.mass * pull
                b.vx += dx * a.mass * pull
                b.vy += dy * a.mass * pull
                b.vz += dz * a.mass * pull
        for body in bodies:
            body.move(dt)
    return bodies[0].x + bodies[1].y


def solar_system(steps, cls):
    # A sun and four planets: mass, place and speed in round figures (au, years; the sun's mass is 4 pi^2).
    sun = cls(39.478, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
    jupiter = cls(0.03769, 4.841, -1.160, -0.103, 0.606, 2.813, -0.025)
    saturn = cls(0.01129, 8.343, 4.125, -0.403, -1.011, 1.826, 0.008)
    uranus = cls(0.00172, 12.894, -15.111, -0.223, 1.083, 0.869, -0.011)
    neptune = cls(0.00203, 15.380, -25.919, 0.179, 0.979, 0.594, -0.035)
    return steps, [sun, jupiter, saturn, uranus, neptune], 0.01


def nbody_input(steps):
    return solar_system(steps, Body)


def nbody_native_input(steps):
    return solar_system(steps, NativeBody)


# ---- words: splitting text and counting in a dict ----------------------------------------------------------------


def words(lines, passes):
    counts = {}
    for _ in range(passes):
        for line in lines:
            for word in line.split():
                word = word.strip(".,").lower()
                counts[word] = counts.get(word, 0) + 1
    best = max(counts.values())
    return len(counts), best, sorted(word for word in counts if counts[word] == best)


@micropython.native
def words_native(lines, passes):
    counts = {}
    for _ in range(passes):
        for line in lines:
            for word in line.split():
                word = word.strip(".,").lower()
                counts[word] = counts.get(word, 0) + 1
    best = max(counts.values())
    return len(counts), best, sorted(word for word in counts if counts[word] == best)


def words_input(passes):
    syllables = ("Ka", "to", "mi", "Re", "na", "lo", "su", "vi")
    seed = 1
    lines = []
    for _ in range(500):
        line = []
        for _ in range(8):
            seed = (seed * 1103 + 12345) % 65536
            line.append(syllables[seed & 7] + syllables[seed >> 4 & 7] + syllables[seed >> 8 & 7])
        lines.append(" ".join(line[:4]) + ", " + " ".join(line[4:]) + ".")
    return lines, passes


# ---- pipeline: generators that feed each other -------------------------------------------------------------------


def count_to(n):
    for i in range(n):
        yield i


def squares(numbers):
    for x in numbers:
        yield x * x


def keep_odd(numbers):
    for x in numbers:
        if x & 1:
            yield x


def pipeline(n):
    total = 0
    for x in keep_odd(squares(count_to(n))):
        total = (total + x) % 1000003
    return total


@micropython.native
def count_to_native(n):
    for i in range(n):
        yield i


@micropython.native
def squares_native(numbers):
    for x in numbers:
        yield x * x


@micropython.native
def keep_odd_native(numbers):
    for x in numbers:
        if x & 1:
            yield x


@micropython.native
def pipeline_native(n):
    total = 0
    for x in keep_odd_native(squares_native(count_to_native(n))):
        total = (total + x) % 1000003
    return total


# ---- the list of all this ----------------------------------------------------------------------------------------


def only_n(n):
    return (n,)


# name, full size, quick size, input maker, forms in the order of FORMS (a pair brings its own input maker)
KERNELS = (
    ("fib", 30, 16, only_n, (fib, fib_native, fib_viper)),
    ("loops", 5000, 10, only_n, (loops, loops_native, loops_viper)),
    ("sieve", 600000, 5000, sieve_input, (sieve, sieve_native, sieve_viper)),
    ("checksums", 300000, 3000, checksums_input, (checksums, checksums_native, checksums_viper)),
    ("mandelbrot", 160, 12, only_n, (mandelbrot, mandelbrot_native)),
    ("nbody", 12000, 60, nbody_input, (nbody, (nbody_native, nbody_native_input))),
    ("words", 20, 1, words_input, (words, words_native)),
    ("pipeline", 500000, 2000, only_n, (pipeline, pipeline_native)),
)
FORMS = ("plain", "native", "viper")
BAR_WIDTH = 32
EIGHTHS = " ▏▎▍▌▋▊▉"

if hasattr(time, "ticks_us"):

    def time_us(function, args):
        start = time.ticks_us()
        result = function(*args)
        return time.ticks_diff(time.ticks_us(), start), result

else:

    def time_us(function, args):
        start = time.perf_counter()
        result = function(*args)
        return int((time.perf_counter() - start) * 1000000), result


def measure(function, make_input, size, rounds):
    """The best time of some rounds in microseconds, and the result. Each round gets fresh input."""
    best = None
    for _ in range(rounds):
        args = make_input(size)
        gc.collect()
        taken, result = time_us(function, args)
        if best is None or taken < best:
            best = taken
    return max(best, 1), result


def bar(share):
    """`share` (0 to 1) of BAR_WIDTH, to an eighth of a character."""
    eighths = max(1, int(share * BAR_WIDTH * 8 + 0.5))
    full = min(eighths // 8, BAR_WIDTH)
    return ("█" * full + EIGHTHS[eighths % 8] * (full < BAR_WIDTH)).rstrip()


def geometric_mean(values):
    product = 1.0
    for value in values:
        product *= value
    return product ** (1 / len(values))


def run_kernel(kernel, quick):
    """One row per form: (name, form, time in us, speed-up over plain, result)."""
    name, full_size, quick_size, make_input, functions = kernel
    rows = []
    for form, function in zip(FORMS, functions):
        form_input = make_input
        if isinstance(function, tuple):
            function, form_input = function
        taken, result = measure(function, form_input, quick_size if quick else full_size, 1 if quick else 3)
        plain_time = rows[0][2] if rows else taken
        rows.append((name, form, taken, plain_time / taken, result))
    return rows


def print_rows(rows):
    for name, form, taken, speed_up, result in rows:
        title = name if form == "plain" else ""
        print(f"{title:<12}{form:<8}{taken / 1000:>10.2f}{speed_up:>9.2f}x  {bar(1 / speed_up)}")
        if result != rows[0][4]:
            print(f"{'':<12}gives {result!r} and not {rows[0][4]!r}")


def print_summary(table):
    print()
    for form in FORMS[1:]:
        speed_ups = [row[3] for row in table if row[1] == form]
        if speed_ups:
            print(f"{form} over plain, geometric mean of {len(speed_ups)}: {geometric_mean(speed_ups):.2f}x")


def print_json(table):
    lines = []
    for name, form, taken, speed_up, _ in table:
        lines.append(f'  {{"kernel": "{name}", "form": "{form}", "us": {taken}, "speed_up": {speed_up:.3f}}}')
    print("[\n" + ",\n".join(lines) + "\n]")


def main(args):
    names = [kernel[0] for kernel in KERNELS]
    only = None
    if "--only" in args:
        at = args.index("--only")
        only = args[at + 1] if at + 1 < len(args) else ""
        if only not in names:
            print("--only takes one of:", " ".join(names))
            return 2
    as_json = "--json" in args
    if not as_json:
        print(f"{'kernel':<12}{'form':<8}{'time ms':>10}{'speed-up':>10}  time, plain = full width")
    table = []
    wrong = 0
    for kernel in KERNELS:
        if only is None or kernel[0] == only:
            rows = run_kernel(kernel, "--quick" in args)
            wrong += sum(row[4] != rows[0][4] for row in rows)
            table.extend(rows)
            if not as_json:
                print_rows(rows)
    if as_json:
        print_json(table)
    else:
        print_summary(table)
        print(f"{wrong} results differ" if wrong else "all forms agree")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
