# The module traceback.
import traceback
import io


def f():
    raise ValueError("text")


print(traceback.format_exc())
try:
    f()
except ValueError as e:
    text = traceback.format_exc()
    out = io.StringIO()
    traceback.print_exc(file=out)
    print(out.getvalue() == text, "".join(traceback.format_exception(e)) == text)
    print("".join(traceback.format_exception(type(e), e, e.__traceback__)) == text)
    print(text.split("\n")[0], text.split("\n")[-2])
    print([(place[1], place[2]) for place in traceback.extract_tb(e.__traceback__)])
    print([(place[1], place[2]) for place in traceback.extract_tb(e.__traceback__, 1)])
    print(len(traceback.format_tb(e.__traceback__)), traceback.format_tb(None))
    e.add_note("a note")
    print(traceback.format_exception_only(e), traceback.format_exception_only(None))
    print(traceback.format_exception_only(KeyError, KeyError("k")))
try:
    try:
        f()
    except ValueError as e:
        raise KeyError("k") from e
except KeyError as e:
    text = "".join(traceback.format_exception(e))
    print("direct cause" in text, text.count("Traceback"))
