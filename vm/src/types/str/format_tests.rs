//! Tests of str.format, format() and the percent sign.

use std::vec::Vec;

use crate::Vm;
use crate::testing::{call, run, shown};
use crate::types::{bytes, dict, float, str, tuple};
use crate::value::{Args, BinaryOp, Obj};

#[derive(Clone, Copy)]
enum A {
    S(&'static str),
    I(isize),
    F(f64),
    B(bool),
    Y(&'static [u8]),
    N,
}
use A::{B, F, I, N, S, Y};

fn obj(vm: &mut Vm, a: A) -> Obj {
    match a {
        S(text) => str::new(vm, text).expect("memory"),
        I(value) => Obj::small_wrapping(value),
        F(value) => float::new(vm, value).expect("memory"),
        B(value) => Obj::bool(value),
        Y(value) => bytes::new(vm, value).expect("memory"),
        N => Obj::NONE,
    }
}

#[test]
fn format() {
    let cases: &[(&str, &[A], &str)] = &[
        ("{}-{}", &[S("é"), I(-5)], "'é--5'"),
        ("{{{}}}", &[B(true)], "'{True}'"),
        ("{1}{0}{1}", &[S("a"), S("b")], "'bab'"),
        ("{!r} {!s:>4}|", &[S("a"), S("b")], "\"'a'    b|\""),
        ("{:5}|{:<5}|{:^5}|{:>5}|", &[S("é"), I(1), I(2), S("x")], "'é    |1    |  2  |    x|'"),
        ("{:*^7}", &[S("ab")], "'**ab***'"),
        ("{:é>3}", &[I(1)], "'éé1'"),
        (
            "{:+d} {: d} {:05d} {:x} {:#X} {:#b} {:o}",
            &[I(1), I(2), I(-3), I(255), I(255), I(5), I(8)],
            "'+1  2 -0003 ff 0XFF 0b101 10'",
        ),
        ("{:,} {:_x} {:010,}", &[I(1234567), I(0x12345), I(1234)], "'1,234,567 1_2345 00,001,234'"),
        (
            "{:.2f} {:10.3e}| {:g} {:%}",
            &[F(2.345), F(12345.678), F(0.0001), F(0.5)],
            "'2.35  1.235e+04| 0.0001 50.000000%'",
        ),
        ("{:6} {:.3} {:+}", &[F(1.5), F(3.14259), F(2.0)], "'   1.5 3.14 +2.0'"),
        ("{:f}", &[I(3)], "'3.000000'"),
        ("{:c}", &[I(0x20ac)], "'€'"),
        ("{:{}}|{:.{}}", &[I(1), I(4), S("abcdef"), I(2)], "'   1|ab'"),
        ("{:.3}", &[S("aéi€o")], "'aéi'"),
        ("{", &[I(1)], "ValueError: unmatched '{' in format"),
        ("}", &[], "ValueError: single '}' encountered in format string"),
        ("{!", &[], "ValueError: end of format while looking for conversion specifier"),
        ("{!x}", &[I(1)], "ValueError: unknown conversion specifier x"),
        ("{:zz}", &[I(1)], "ValueError: unknown format code 'z' for object of type 'int'"),
        ("{:s}", &[I(1)], "ValueError: unknown format code 's' for object of type 'int'"),
        ("{:d}", &[S("a")], "ValueError: unknown format code 'd' for object of type 'str'"),
        ("{:+s}", &[S("a")], "ValueError: sign not allowed in string format specifier"),
        ("{:=5}", &[S("a")], "ValueError: '=' alignment not allowed in string format specifier"),
        ("{a}", &[I(1)], "KeyError: 'a'"),
        ("{}{}", &[I(1)], "IndexError: tuple index out of range"),
        ("{}{1}", &[I(1)], "ValueError: can't switch from automatic field numbering to manual field specification"),
        ("{0}{}", &[I(1)], "ValueError: can't switch from manual field specification to automatic field numbering"),
        ("{:10}", &[N], "TypeError: unsupported format string passed to NoneType.__format__"),
        ("{:c}", &[I(-1)], "OverflowError: char not in range(0x110000)"),
    ];
    run(|vm| {
        for (template, args, expect) in cases {
            let this = obj(vm, S(template));
            let args: Vec<Obj> = args.iter().map(|arg| obj(vm, *arg)).collect();
            let result = call(vm, this, "format", Args::pos(&args));
            assert_eq!(shown(vm, result), *expect, "{template}");
        }
    });
}

#[test]
fn percent() {
    let cases: &[(A, &[A], &str)] = &[
        (S("%s %r %%"), &[S("a"), S("b")], "\"a 'b' %\""),
        (S("%d %5d|%-5d|%05d|%+d|% d"), &[I(1), I(2), I(3), I(-4), I(5), I(6)], "'1     2|3    |-0004|+5| 6'"),
        (S("%x %X %#x %o %#o"), &[I(255), I(255), I(255), I(8), I(8)], "'ff FF 0xff 10 0o10'"),
        (S("%.2f %e %G %8.3f|"), &[F(1.005), F(1.0), F(1e20), I(2)], "'1.00 1.000000e+00 1E+20    2.000|'"),
        (S("%c%c %5s|%-5s|%.2s"), &[I(65), S("é"), S("ab"), S("cd"), S("efg")], "'Aé    ab|cd   |ef'"),
        (S("%*d %.*f %.3d"), &[I(4), I(7), I(1), F(2.55), I(5)], "'   7 2.5 005'"),
        (S("%d"), &[F(1.7)], "'1'"),
        (S("%d"), &[S("a")], "TypeError: can't convert str to int"),
        (S("%f"), &[S("a")], "TypeError: can't convert str to float"),
        (S("%c"), &[S("ab")], "TypeError: %c needs int or char"),
        (S("%c"), &[F(1.0)], "TypeError: integer needed"),
        (S("%"), &[I(1)], "ValueError: incomplete format"),
        (S("%(a"), &[I(1)], "TypeError: format needs a dict"),
        (S("%d %d"), &[I(1)], "TypeError: format string needs more arguments"),
        (S("%d"), &[I(1), I(2)], "TypeError: format string didn't convert all arguments"),
        (S("%y"), &[I(1)], "ValueError: unsupported format character 'y' (0x79) at index 1"),
        (Y(b"%s %s"), &[Y(b"a"), S("x")], "b'a x'"),
    ];
    run(|vm| {
        for (template, args, expect) in cases {
            let this = obj(vm, *template);
            let args: Vec<Obj> = args.iter().map(|arg| obj(vm, *arg)).collect();
            let args = tuple::new(vm, &args).expect("memory");
            let result = vm.binary(BinaryOp::Modulo, this, args);
            assert_eq!(shown(vm, result), *expect);
        }
        let map = dict::new(vm).expect("memory");
        let (key, value) = (obj(vm, S("key")), I(3));
        let value = obj(vm, value);
        dict::map(map).expect("a dict").set(vm, key, value).expect("memory");
        let this = obj(vm, S("%(key)03d %(key)s"));
        let result = vm.binary(BinaryOp::Modulo, this, map);
        assert_eq!(shown(vm, result), "'003 3'");
    });
}
