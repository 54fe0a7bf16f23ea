# The line that a traceback names, for statements.
from _lines import run

none = None
zero = 0
items = [1, 2, 3]


def fail(*args, **kw):
    raise ValueError


def same(x=None, *args, **kw):
    return x


class Manager:
    def __init__(self, enter=same, leave=same):
        self.enter = enter
        self.leave = leave

    def __enter__(self):
        return self.enter()

    def __exit__(self, a, b, c):
        return self.leave()


class Iter:
    def __init__(self, n):
        self.n = n

    def __iter__(self):
        return self

    def __next__(self):
        self.n -= 1
        if self.n < 0:
            raise ValueError
        return self.n


def plain():
    same()
    fail()
    same()


def after_blank():

    # A comment.

    fail()


def semicolons():
    same(); fail(); same()


def if_test():
    if fail():
        same()


def if_second():
    if none:
        same()
    elif fail():
        same()
    else:
        same()


def if_body():
    if items:
        same()
        fail()
    else:
        same()


def if_else():
    if none:
        same()
    else:
        fail()


def if_lines():
    if (items and
            none or
            fail()):
        same()


def while_test():
    while 1 / zero:
        same()


def while_test_later():
    n = 2
    while 1 / n:
        n -= 1
        same()


def while_test_lines():
    n = 2
    while (n and
           1 / n or
           1 / n):
        n -= 1


def while_else():
    while none:
        same()
    else:
        fail()


def for_iter():
    for x in none:
        same()


def for_iter_lines():
    for x in (
            none):
        same()


def for_next():
    for x in Iter(2):
        same()
        same()


def for_next_lines():
    for x in same(
            Iter(2)):
        same()
        same()


def for_target():
    for a, b in [(1, 2), 3]:
        same()
        same()


def for_body():
    for x in items:
        same()
        1 / (x - 2)


def for_else():
    for x in items:
        same()
    else:
        fail()


def for_range():
    for x in range(
            none):
        same()


def for_range_body():
    for x in range(3):
        same()
        1 / (x - 1)
        same()


def for_continue():
    for x in items:
        if x == 1:
            continue
        fail()


def break_then():
    for x in items:
        break
    fail()


def try_reraise():
    try:
        fail()
    except ValueError:
        same()
        raise


def try_other():
    try:
        fail()
    except ValueError as e:
        same()
        1 / zero


def try_no_match():
    try:
        fail()
    except TypeError:
        same()
    except KeyError:
        same()


def try_match_raises():
    try:
        fail()
    except none:
        same()


def try_match_name():
    try:
        fail()
    except (
            Unknown):
        same()


def try_finally():
    try:
        fail()
    finally:
        same()
        same()


def try_finally_raises():
    try:
        same()
    finally:
        same()
        1 / zero


def try_else():
    try:
        same()
    except ValueError:
        same()
    else:
        fail()
    finally:
        same()


def try_nested():
    try:
        try:
            fail()
        finally:
            same()
    except TypeError:
        same()


def try_return_finally():
    try:
        return 1
    finally:
        same()
        fail()


def try_return_value():
    try:
        return fail(
        )
    finally:
        same()


def raise_from():
    try:
        fail()
    except ValueError as e:
        raise TypeError(
            "x") from (
                none)


def raise_lines():
    raise (
        ValueError(
            "x"
        ))


def raise_call():
    raise fail(
        1)


def raise_wrong():
    raise (
        none)


def assert_plain():
    assert none


def assert_lines():
    assert (items and
            none)


def assert_message():
    assert none, (
        "text")


def assert_message_raises():
    assert none, (
        fail())


def assert_test_raises():
    assert (
        fail()), "x"


def with_enter():
    with Manager(fail):
        same()


def with_exit():
    with Manager(same, fail):
        same()
        same()


def with_exit_lines():
    with Manager(
            same,
            fail) as m:
        same()
        same()


def with_body():
    with Manager():
        same()
        fail()
        same()


def with_body_exit():
    with Manager(same, fail):
        same()
        1 / zero


def with_return():
    with Manager(same, fail):
        same()
        return 1


def with_expression():
    with \
            none:
        same()


def with_target():
    with Manager() as \
            items.x:
        same()


def with_two():
    with Manager(), \
            Manager(fail):
        same()


def with_two_exit():
    with Manager(same, fail), \
            Manager():
        same()


def with_parens():
    with (
        Manager(),
        Manager(fail),
    ):
        same()


def return_value():
    same()
    return 1 / zero


def return_lines():
    return (
        1 /
        zero
    )


def nested_def():
    def inner():
        fail()
    inner()


def def_default():
    def inner(a=1,
              b=fail()):
        same()


def def_keyword_default():
    def inner(a=1,
              *,
              b=1 / zero):
        same()


def decorator():
    @fail
    def inner():
        same()


def decorator_lines():
    @same
    @fail
    @same
    def inner():
        same()


def decorator_argument():
    @same(
        fail())
    def inner():
        same()


def decorator_result():
    def none_of(f):
        return None

    @none_of
    @same
    def inner():
        same()
    inner()


def class_body():
    class A:
        x = 1
        y = fail()


def class_base():
    class A(
            fail()):
        x = 1


def class_base_wrong():
    class A(
            1):
        x = 1


def class_decorator():
    @same
    @fail
    class A:
        x = 1


def class_method():
    class A:
        def method(self):
            same()
            fail()

    A().method()


def class_init():
    class A:
        def __init__(self):
            same()
            fail()

    A(
    )


def class_arguments():
    class A:
        def __init__(self):
            same()

    A(
        1)


def import_missing():
    same()
    import nothing_of_that_name


def import_from_missing():
    same()
    from sys import \
        nothing_of_that_name


def name_missing():
    same(
        1,
        nothing)


def local_unbound():
    same(
        x)
    x = 1


def global_statement():
    global something
    something = \
        fail()


def wrong_count():
    def inner(a, b):
        same()

    inner(
        1)


def recursion():
    def inner(n):
        if n:
            inner(
                n - 1)
        else:
            fail()

    inner(3)


def closure():
    x = 0

    def inner():
        return (
            1 /
            x)

    return inner()


def comprehension_function():
    return [same(
        fail(x))
        for x in items]


def sorted_key():
    sorted(
        items,
        key=lambda x:
            1 / zero)


def property_getter():
    class A:
        @property
        def value(self):
            same()
            return fail()

    same(
        A().value)


def star_target():
    a, *b, c = (
        1,)


def string_lines():
    same("""
    """, fail())


def after_string_lines():
    x = """

    """
    fail()


def backslash():
    x = 1 + \
        fail()


def long_jump():
    same(
    )



















































































    fail()


run([value for name, value in list(globals().items()) if type(value) is type(run) and name not in ("run", "fail", "same")])
