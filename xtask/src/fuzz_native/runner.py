# Runs many generated programs: `runner.py PRELUDE PROGRAMS [raised]`. Each program has its own globals, with the
# prelude's names in them. A line with its number goes before what a program prints, so that the last number tells what
# ended the process. With `raised`, the texts of all exceptions are printed behind it, also of those that are handled.


import gc
import sys

if hasattr(sys, "unraisablehook"):
    sys.unraisablehook = lambda e: None


def text(file, size):
    return str(file.read(size), "utf-8")


def watch(frame, event, arg):
    if event == "exception":
        print("raised:", arg[1])
    return watch


def run(prelude, program):
    globals = dict(prelude)
    globals["__name__"] = "builtins"
    try:
        exec(compile(program, "program", "exec"), globals)
    except BaseException as e:
        # Two compilers need not refuse alike; what a program raises outside of `call` is told without places.
        name = prelude["kind"](e)
        print("uncaught:", name, e if name.startswith("Viper") else "")


with open(sys.argv[1]) as file:
    # Programs count their lines from 1; those of the prelude are far behind.
    code = compile("\n" * 100000 + file.read(), "prelude", "exec")
# CPython puts the module before the name of a class, except of this module.
prelude = {"__name__": "builtins"}
exec(code, prelude)
with open(sys.argv[2], "rb") as file:
    while True:
        head = file.readline().split()
        if not head:
            break
        # What the last program left behind ends here, and does not tell anything to the next.
        gc.collect()
        print("\x01", int(head[0]), flush=True)
        if sys.argv[3:] == ["raised"]:
            sys.settrace(watch)
        run(prelude, text(file, int(head[1])))
