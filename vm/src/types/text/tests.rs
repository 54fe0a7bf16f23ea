//! Tests of the methods through a machine.

use std::vec::Vec;

use crate::Vm;
use crate::q;
use crate::testing::{call, method, run, shown};
use crate::types::{bytearray, bytes, list, str, tuple};
use crate::value::{Args, Obj, Res};

/// An argument in a table of cases.
#[derive(Clone, Copy)]
enum A {
    S(&'static str),
    B(&'static [u8]),
    Y(&'static [u8]),
    I(isize),
    N,
    T(&'static [A]),
}
use A::{B, I, N, S, T, Y};

fn obj(vm: &mut Vm, a: A) -> Obj {
    let made: Res = match a {
        S(text) => str::new(vm, text),
        B(bytes) => bytes::new(vm, bytes),
        Y(bytes) => bytearray::new(vm, bytes),
        I(value) => Ok(Obj::small_wrapping(value)),
        N => Ok(Obj::NONE),
        T(items) => {
            let items: Vec<Obj> = items.iter().map(|item| obj(vm, *item)).collect();
            tuple::new(vm, &items)
        }
    };
    made.expect("memory")
}

/// A list's items, as the list type may not print itself yet.
fn flat(vm: &mut Vm, result: Res) -> std::string::String {
    let items: Option<Vec<Obj>> = match result {
        Ok(obj) => match crate::value::Gc::<list::List>::exact(obj) {
            Some(list) => Some(list.items.slice().to_vec()),
            None => tuple::items(obj).map(|items| items.to_vec()),
        },
        Err(_) => None,
    };
    match items {
        Some(items) => items.iter().map(|item| crate::testing::repr(vm, *item)).collect::<Vec<_>>().join(" "),
        None => shown(vm, result),
    }
}

fn check(cases: &[(A, &str, &[A], &str)]) {
    run(|vm| {
        for (this, name, args, expect) in cases {
            let this = obj(vm, *this);
            let args: Vec<Obj> = args.iter().map(|arg| obj(vm, *arg)).collect();
            let result = call(vm, this, name, Args::pos(&args));
            assert_eq!(flat(vm, result), *expect, "{name}");
        }
    });
}

#[test]
fn searching() {
    check(&[
        (S("abcabc"), "find", &[S("c")], "2"),
        (S("abcabc"), "find", &[S("c"), I(3)], "5"),
        (S("abcabc"), "rfind", &[S("c"), I(0), I(-1)], "2"),
        (S("é€😀x"), "find", &[S("x")], "3"),
        (S("é€😀x"), "index", &[S("€"), I(1), N], "1"),
        (S("abc"), "find", &[S(""), I(4)], "-1"),
        (S("abc"), "find", &[S(""), I(3)], "3"),
        (S("abc"), "index", &[S("z")], "ValueError: substring not found"),
        (S("abc"), "find", &[I(1)], "TypeError: can't convert 'int' object to str implicitly"),
        (B(b"abc"), "find", &[S("a")], "TypeError: can't convert 'str' object to bytes implicitly"),
        (B(b"abc"), "find", &[I(98)], "1"),
        (B(b"abc"), "find", &[Y(b"bc")], "1"),
        (S("aaaa"), "count", &[S("aa")], "2"),
        (S("é€"), "count", &[S("")], "3"),
        (S("abc"), "startswith", &[S("b"), I(1)], "True"),
        (S("abc"), "startswith", &[T(&[S("x"), S("ab")])], "True"),
        (S("abc"), "endswith", &[S("abcd")], "False"),
        (S("a,b,c"), "partition", &[S(",")], "'a' ',' 'b,c'"),
        (S("a,b,c"), "rpartition", &[S(",")], "'a,b' ',' 'c'"),
        (S("abc"), "rpartition", &[S("-")], "'' '' 'abc'"),
        (S("abc"), "partition", &[S("")], "ValueError: empty separator"),
        (S("abcabc"), "removeprefix", &[S("abc")], "'abc'"),
        (Y(b"abc"), "removesuffix", &[B(b"c")], "bytearray(b'ab')"),
    ]);
}

#[test]
fn splitting_and_joining() {
    check(&[
        (S("  a b   c "), "split", &[], "'a' 'b' 'c'"),
        (S("  a b   c "), "split", &[N, I(1)], "'a' 'b   c '"),
        (S(" a"), "split", &[N, I(0)], "'a'"),
        (S("a,b,,c"), "split", &[S(",")], "'a' 'b' '' 'c'"),
        (S("a,b,,c"), "split", &[S(","), I(2)], "'a' 'b' ',c'"),
        (S("a,b,c"), "rsplit", &[S(","), I(1)], "'a,b' 'c'"),
        (S(" a b  c "), "rsplit", &[N, I(1)], "' a b' 'c'"),
        (S(" a "), "rsplit", &[], "'a'"),
        (S(""), "split", &[S(",")], "''"),
        (S(""), "split", &[], ""),
        (B(b"a b"), "split", &[B(b" ")], "b'a' b'b'"),
        (S("abc"), "split", &[S("")], "ValueError: empty separator"),
        (S("a\nb\r\nc\rd"), "splitlines", &[], "'a' 'b' 'c' 'd'"),
        (S("a\n\nb\n"), "splitlines", &[I(1)], "'a\\n' '\\n' 'b\\n'"),
        (S("-é"), "join", &[T(&[S("a"), S("€"), S("c")])], "'a-é€-éc'"),
        (S("-"), "join", &[S("abc")], "'a-b-c'"),
        (S("-"), "join", &[T(&[])], "''"),
        (B(b"-"), "join", &[T(&[B(b"a"), Y(b"b")])], "b'a-b'"),
        (
            S("-"),
            "join",
            &[T(&[I(1)])],
            "TypeError: join expects a list of str/bytes objects consistent with self object",
        ),
    ]);
}

#[test]
fn replacing_and_padding() {
    check(&[
        (S("abcabc"), "replace", &[S("b"), S("€€")], "'a€€ca€€c'"),
        (S("abcabc"), "replace", &[S("b"), S(""), I(1)], "'acabc'"),
        (S("aé"), "replace", &[S(""), S("-")], "'-a-é-'"),
        (S("ab"), "replace", &[S(""), S("-"), I(2)], "'-a-b'"),
        (B(b"abc"), "replace", &[B(b"c"), B(b"d")], "b'abd'"),
        (S("abc"), "replace", &[S("abc"), S("")], "''"),
        (S("aé"), "center", &[I(5)], "'  aé '"),
        (S("ab"), "ljust", &[I(4), S("é")], "'abéé'"),
        (S("ab"), "rjust", &[I(4)], "'  ab'"),
        (S("-42"), "zfill", &[I(5)], "'-0042'"),
        (B(b"7"), "zfill", &[I(3)], "b'007'"),
        (S("a\tb"), "expandtabs", &[I(4)], "'a   b'"),
        (S("  ab "), "strip", &[], "'ab'"),
        (S("xxabxy"), "rstrip", &[S("yx")], "'xxab'"),
        (S("éabé"), "strip", &[S("é")], "'ab'"),
        (S("\u{1}a"), "lstrip", &[], "'\\x01a'"),
        (B(b"  a"), "lstrip", &[], "b'a'"),
        (S("   "), "strip", &[], "''"),
    ]);
}

#[test]
fn case_and_predicates() {
    check(&[
        (S("Straße É"), "upper", &[], "'STRASSE É'"),
        (S("ÀB"), "lower", &[], "'àb'"),
        (B(b"aB\xe9"), "upper", &[], "b'AB\\xe9'"),
        (S("hello wORLD"), "title", &[], "'Hello World'"),
        (S("hELLO é"), "capitalize", &[], "'Hello é'"),
        (S("aB"), "swapcase", &[], "'Ab'"),
        (S("Straße"), "casefold", &[], "'strasse'"),
        (S("123"), "isdigit", &[], "True"),
        (S(""), "isdigit", &[], "False"),
        (S("abcé"), "isalpha", &[], "True"),
        (B(b"abc1"), "isalnum", &[], "True"),
        (S("A1"), "isupper", &[], "True"),
        (S("1"), "islower", &[], "False"),
        (S(" \t"), "isspace", &[], "True"),
        (S("_a1"), "isidentifier", &[], "True"),
        (S("1a"), "isidentifier", &[], "False"),
        (S("Hello World"), "istitle", &[], "True"),
    ]);
}

#[test]
fn encoding() {
    check(&[
        (S("é€"), "encode", &[], "b'\\xc3\\xa9\\xe2\\x82\\xac'"),
        (S("é€"), "encode", &[S("latin-1"), S("replace")], "b'\\xe9?'"),
        (S("é"), "encode", &[S("ascii")], "UnicodeError"),
        (S("é"), "encode", &[S("ascii"), S("backslashreplace")], "b'\\\\xe9'"),
        (S("é"), "encode", &[S("foo")], "LookupError: unknown encoding: foo"),
        (B(b"a\xffb"), "decode", &[], "UnicodeError"),
        (B(b"a\xffb"), "decode", &[S("utf-8"), S("replace")], "'a\u{fffd}b'"),
        (B(b"a\xffb"), "decode", &[S("utf-8"), S("ignore")], "'ab'"),
        (B(b"a\xff"), "decode", &[S("latin-1")], "'aÿ'"),
        (Y(b"ab"), "decode", &[], "'ab'"),
        (B(b"\x01\xab\xff"), "hex", &[], "'01abff'"),
        (B(b"\x01\xab\xff"), "hex", &[S(":")], "'01:ab:ff'"),
        (B(b""), "fromhex", &[S("01 aB")], "b'\\x01\\xab'"),
        (Y(b""), "fromhex", &[S("01")], "bytearray(b'\\x01')"),
        (B(b""), "fromhex", &[S("abc")], "ValueError: non-hex digit"),
    ]);
}

#[test]
fn bytearrays_change() {
    run(|vm| {
        let array = obj(vm, Y(b"abc"));
        for (name, args, answer) in [
            ("append", [I(100)].as_slice(), "None"),
            ("extend", &[B(b"ef")], "None"),
            ("extend", &[S("gh")], "None"),
            ("insert", &[I(0), I(64)], "None"),
            ("pop", &[], "104"),
            ("pop", &[I(0)], "64"),
            ("remove", &[I(98)], "None"),
            ("append", &[I(256)], "OverflowError: integer out of range"),
        ] {
            let args: Vec<Obj> = args.iter().map(|arg| obj(vm, *arg)).collect();
            assert_eq!(method(vm, array, name, &args), answer);
        }
        assert_eq!(crate::testing::repr(vm, array), "bytearray(b'acdefg')");
        assert!(bytearray::set(array, Obj::small_wrapping(-1), Obj::small_wrapping(0)));
        assert!(!bytearray::set(array, Obj::small_wrapping(6), Obj::small_wrapping(0)));
        assert_eq!(bytearray::get(array, Obj::small_wrapping(5)), Some(Obj::small_wrapping(0)));
        let sum = vm.binary(crate::value::BinaryOp::Add, array, Obj::name(q!("a")));
        assert_eq!(shown(vm, sum), "bytearray(b'acdef\\x00a')");
    });
}

#[test]
fn slices() {
    run(|vm| {
        let cases: &[(A, [A; 3], &str)] = &[
            (S("abcdef"), [I(1), I(4), N], "'bcd'"),
            (S("abcdef"), [N, N, I(-1)], "'fedcba'"),
            (S("aé€😀b"), [I(1), I(-1), N], "'é€😀'"),
            (S("aé€😀b"), [N, N, I(-2)], "'b€a'"),
            (B(b"abcdef"), [N, N, I(2)], "b'ace'"),
            (Y(b"abc"), [I(5), N, N], "bytearray(b'')"),
        ];
        for (this, parts, expect) in cases {
            let this = obj(vm, *this);
            let [start, stop, step] = parts.map(|part| obj(vm, part));
            let slice = crate::types::slice::new(vm, start, stop, step).expect("memory");
            let result = vm.get_item(this, slice);
            assert_eq!(shown(vm, result), *expect);
        }
        let array = obj(vm, Y(b"abcdef"));
        let assign: &[([A; 3], Option<A>, &str)] = &[
            ([I(0), I(2), N], Some(B(b"xyz")), "bytearray(b'xyzcdef')"),
            ([I(1), I(6), N], Some(B(b"-")), "bytearray(b'x-f')"),
            ([N, N, I(2)], Some(B(b"12")), "bytearray(b'1-2')"),
            ([I(1), N, N], None, "bytearray(b'1')"),
        ];
        for (parts, value, expect) in assign {
            let [start, stop, step] = parts.map(|part| obj(vm, part));
            let slice = crate::types::slice::new(vm, start, stop, step).expect("memory");
            let value = value.map_or(Obj::NULL, |value| obj(vm, value));
            vm.set_item(array, slice, value).expect("assigned");
            assert_eq!(crate::testing::repr(vm, array), *expect);
        }
    });
}
