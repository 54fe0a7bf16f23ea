# Runs functions that raise and prints the lines of their tracebacks, as "function:line" from the outermost in.
import sys
import io


def places(e):
    found = []
    if not hasattr(sys, "print_exception"):
        at = e.__traceback__
        while at:
            found.append((at.tb_frame.f_code.co_name, str(at.tb_lineno)))
            at = at.tb_next
    else:
        out = io.StringIO()
        sys.print_exception(e, out)
        text = out.getvalue()
        if "\nThe above" in text:
            text = text[text.rindex("\nThe above"):]
        if "\nDuring" in text:
            text = text[text.rindex("\nDuring"):]
        for line in text.split("\n"):
            if line.startswith('  File "') and ", in " in line:
                number, name = line.split('", line ')[1].split(", in ")
                found.append((name, number))
    return " ".join([name + ":" + number for name, number in found if name not in ("show", "run")])


def show(name, function):
    try:
        function()
        print(name, "nothing raised")
    except Exception as e:
        print(name, places(e))


def run(cases):
    for function in cases:
        show(function.__name__, function)
