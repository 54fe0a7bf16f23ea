# The line that a traceback names, for expressions that stretch over several lines.
from _lines import run

none = None
zero = 0
items = [1, 2, 3]


class Bad:
    def __bool__(self):
        raise ValueError

    def __eq__(self, other):
        raise ValueError

    def __add__(self, other):
        raise ValueError

    def __call__(self, *args, **kw):
        raise ValueError

    def __getitem__(self, index):
        raise ValueError

    def __getattr__(self, name):
        raise ValueError

    def __format__(self, spec):
        raise ValueError

    def __repr__(self):
        raise ValueError

    def __iter__(self):
        raise ValueError

    def __hash__(self):
        raise ValueError

    def __contains__(self, item):
        raise ValueError

    def __neg__(self):
        raise ValueError


bad = Bad()


def fail(*args, **kw):
    raise ValueError


def same(x=None, *args, **kw):
    return x


def binary_first():
    return (1 /
            zero +
            2)


def binary_second():
    return (1 +
            2 /
            zero)


def binary_operand_left():
    return (fail() +
            1)


def binary_operand_right():
    return (1 +
            fail())


def binary_deep():
    x = (1 +
         2 +
         none +
         3)
    return x


def binary_long():
    return (items[0]
            + items[1]
            + items[2]
            + none
            + 1)


def unary():
    return (
        -
        none)


def compare_simple():
    return (1 <
            none)


def compare_chain_first():
    return (none <
            1 <
            2)


def compare_chain_second():
    return (1 <
            2 <
            none)


def compare_in():
    return (1
            in
            none)


def call_plain():
    fail(
        1,
        2,
    )


def call_argument():
    same(
        1,
        fail(),
        2,
    )


def call_argument_last():
    same(
        1,
        2,
        1 / zero)


def call_keyword():
    same(
        x=
        1 / zero,
    )


def call_star():
    same(
        *
        none)


def call_double_star():
    same(
        1,
        **
        none)


def call_none():
    none(
        1)


def call_nested():
    same(same(
        same(
            fail(
                1))))


def method_missing():
    return (items
            .nothing
            )


def method_call():
    return (bad
            .method
            (1))


def method_chain():
    return (same(items)
            .copy()
            .copy()
            .nothing()
            .copy())


def method_raises():
    return ("abc"
            .upper()
            .index(
                "x"
            ))


def attribute_chain():
    return (items.
            copy.
            nothing)


def subscript():
    return items[
        7
    ]


def subscript_index():
    return items[
        fail()
    ]


def subscript_chain():
    return (items
            [0]
            [1]
            [2])


def slice_():
    return items[
        1:
        "a":
        2
    ]


def boolean_and():
    return (1 and
            fail() and
            2)


def boolean_or():
    return (0 or
            none or
            fail())


def boolean_not():
    return (
        not
        bad)


def conditional_test():
    return (1
            if bad
            else 2)


def conditional_then():
    return (fail()
            if items
            else 2)


def conditional_else():
    return (1
            if none
            else fail())


def list_display():
    return [
        1,
        2 / zero,
        3,
    ]


def tuple_display():
    return (
        1,
        items[9],
        3,
    )


def dict_value():
    return {
        1: 2,
        3: fail(),
    }


def dict_key():
    return {
        1: 2,
        items: 3,
    }


def set_display():
    return {
        1,
        items,
        3,
    }


def starred_display():
    return [
        1,
        *none,
        3,
    ]


def dict_star():
    return {
        1: 2,
        **none,
    }


def list_comprehension():
    return [
        1 / x
        for x in [1, 0]
    ]


def list_comprehension_if():
    return [
        x
        for x in items
        if 1 / (x - 2)
    ]


def list_comprehension_second():
    return [
        x + y
        for x in items
        for y in fail()
    ]


def dict_comprehension():
    return {
        x:
        1 / (x - 2)
        for x in items
    }


def set_comprehension():
    return {
        1 / (x - 2)
        for x in items
    }


def generator_expression():
    return list(
        1 / (x - 2)
        for x in items
    )


def generator_expression_iter():
    return list(
        x
        for x in
        none
    )


def lambda_body():
    f = lambda x: (
        1 /
        x)
    return f(
        0)


def lambda_in_call():
    return same(lambda: (
        fail()))(
    )


def lambda_default():
    return lambda x=fail(): \
        x


def fstring_field():
    return f"a{1}b{fail()}c"


def fstring_lines():
    return (f"a{1}"
            f"b{none.x}"
            f"c")


def fstring_triple():
    return f"""
    {1}
    {
        1 / zero
    }
    """


def fstring_format():
    return (
        f"a"
        f"{bad}")


def percent():
    return ("%d"
            %
            "x")


def walrus():
    return (x :=
            fail())


def yield_raises():
    def gen():
        x = yield (
            1)
        return (x +
                1)
    g = gen()
    next(g)
    g.send(
        "a")


def generator_resume():
    def gen():
        yield 1
        yield 2
        fail()
    for x in gen():
        same(x)


def generator_throw():
    def gen():
        yield 1
        yield 2
    g = gen()
    next(g)
    g.throw(
        ValueError())


def yield_from():
    def inner():
        yield 1
        1 / zero

    def outer():
        yield 0
        yield from (
            inner())
    return list(
        outer())


def yield_from_none():
    def outer():
        yield from (
            none)
    return list(outer())


def inplace():
    x = 1
    x += (
        "a")


def inplace_attribute():
    items.nothing += \
        1


def inplace_subscript():
    items[
        9] += 1


def assign_subscript():
    items[
        9
    ] = \
        1


def assign_attribute():
    items.x = (
        1)


def assign_attribute_value():
    items.x = (
        fail())


def unpack_short():
    a, b = (
        items)


def unpack_target():
    (a,
     items.x) = \
        1, 2


def unpack_none():
    a, b = \
        none


def chained_assign():
    a = items.x = \
        1


def annotated():
    x: int = (
        fail())


def delete_subscript():
    del (
        items[9])


def delete_name():
    x = 1
    del x
    del x


run([value for name, value in list(globals().items()) if type(value) is type(run) and name not in ("run", "fail", "same")])
