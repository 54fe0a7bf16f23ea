//! Ints, floats and complex numbers as programs see them.

use crate::Vm;
use crate::testing::{method, run, shown};
use crate::types::{complex, float, int};
use crate::value::BinaryOp::{self, *};
use crate::value::{Args, Obj};
use std::string::String;

fn num(vm: &mut Vm, text: &str) -> Obj {
    if let Some(imag) = text.strip_suffix('j') {
        return complex::new(vm, (0.0, imag.parse().unwrap())).unwrap();
    }
    if text.contains(['.', 'n']) || (text.contains('e') && !text.starts_with("0x")) {
        return float::new(vm, text.parse().unwrap()).unwrap();
    }
    int::from_text(vm, text, 0).unwrap()
}

fn op(vm: &mut Vm, left: &str, op: BinaryOp, right: &str) -> String {
    let (left, right) = (num(vm, left), num(vm, right));
    let answer = vm.binary(op, left, right);
    shown(vm, answer)
}

#[test]
fn operators_of_ints() {
    run(|vm| {
        let table = [
            ("4611686018427387903", Add, "1", "4611686018427387904"),
            ("-4611686018427387904", Subtract, "1", "-4611686018427387905"),
            ("9223372036854775807", Add, "1", "9223372036854775808"),
            ("4611686018427387904", Subtract, "1", "4611686018427387903"),
            (
                "123456789012345678901234567890",
                Multiply,
                "-987654321098765432109876543210",
                "-121932631137021795226185032733622923332237463801111263526900",
            ),
            ("-7", FloorDivide, "2", "-4"),
            ("-7", Modulo, "2", "1"),
            ("7", Modulo, "-2", "-1"),
            ("-100000000000000000000", FloorDivide, "7", "-14285714285714285715"),
            ("-100000000000000000000", Modulo, "7", "5"),
            ("100000000000000000000", Modulo, "-7", "-5"),
            ("-100000000000000000000", FloorDivide, "-10000000000", "10000000000"),
            ("5", FloorDivide, "0", "ZeroDivisionError: divide by zero"),
            ("100000000000000000000", Modulo, "0", "ZeroDivisionError: divide by zero"),
            ("1", Lshift, "100", "1267650600228229401496703205376"),
            ("-1267650600228229401496703205377", Rshift, "100", "-2"),
            ("1", Rshift, "100000000000000000000", "0"),
            ("1", Lshift, "100000000000000000000", "OverflowError: overflow converting long int to machine word"),
            ("1", Lshift, "-1", "ValueError: negative shift count"),
            ("0", Lshift, "100000000000000000000", "0"),
            ("2", Power, "100", "1267650600228229401496703205376"),
            ("-3", Power, "41", "-36472996377170786403"),
            ("2", Power, "-1", "0.5"),
            ("0", Power, "-1", "ZeroDivisionError: divide by zero"),
            ("-1", Power, "100000000000000000000", "1"),
            ("2", Power, "100000000000000000000", "MemoryError"),
            ("-1267650600228229401496703205376", And, "0xffffffffffffffffffff", "0"),
            ("-1", Xor, "1267650600228229401496703205376", "-1267650600228229401496703205377"),
            ("1", TrueDivide, "3", "0.3333333333333333"),
            ("100000000000000000000000000000000000000", TrueDivide, "3", "3.3333333333333333e+37"),
            ("1", Less, "100000000000000000000", "True"),
            ("9007199254740993", Equal, "9007199254740992.0", "False"),
            ("9007199254740993", More, "9007199254740992.0", "True"),
            ("100000000000000000000", Equal, "1e20", "True"),
            ("100000000000000000000", Less, "1.5", "False"),
            ("1", Less, "nan", "False"),
            ("1", Add, "0.5", "1.5"),
            ("1", Add, "2j", "(1+2j)"),
            ("1", NotEqual, "1.0", "False"),
        ];
        for (left, operator, right, expected) in table {
            assert_eq!(op(vm, left, operator, right), expected, "{left} {operator:?} {right}");
        }
    });
}

#[test]
fn operators_of_floats() {
    run(|vm| {
        let table = [
            ("7.5", FloorDivide, "-2.0", "-4.0"),
            ("7.5", Modulo, "-2.0", "-0.5"),
            ("-0.0", Modulo, "3", "0.0"),
            ("1.0", TrueDivide, "0", "ZeroDivisionError: divide by zero"),
            ("2.0", Power, "0.5", "1.4142135623730951"),
            ("0.0", Power, "-1.0", "ZeroDivisionError: divide by zero"),
            ("1.5", Less, "100000000000000000000", "True"),
            ("1e20", Equal, "100000000000000000000", "True"),
            ("1e300", Multiply, "1e300", "inf"),
            ("nan", Equal, "nan", "False"),
            ("2.5", Subtract, "1", "1.5"),
            ("1.0", Lshift, "1", "TypeError: unsupported types for __lshift__: 'float', 'int'"),
            ("2j", Multiply, "2j", "(-4+0j)"),
            ("2j", Equal, "2", "False"),
            ("2j", TrueDivide, "0", "ZeroDivisionError: complex divide by zero"),
        ];
        for (left, operator, right, expected) in table {
            assert_eq!(op(vm, left, operator, right), expected, "{left} {operator:?} {right}");
        }
    });
}

#[test]
fn equal_numbers_hash_alike() {
    run(|vm| {
        for (int, float) in [
            ("5", "5.0"),
            ("-3", "-3.0"),
            ("2305843009213693952", "2305843009213693952.0"),
            ("100000000000000000000", "1e20"),
        ] {
            let (a, b) = (num(vm, int), num(vm, float));
            assert_eq!(vm.hash(a), vm.hash(b), "{int}");
        }
    });
}

#[test]
fn making_and_methods() {
    run(|vm| {
        let make = int::TYPE.make.unwrap();
        let ty = crate::value::TypeRef::of(&int::TYPE);
        let made = |vm: &mut Vm, args: &[Obj]| {
            let answer = make(vm, ty, Args::pos(args));
            shown(vm, answer)
        };
        let text = crate::types::str::new(vm, " -ff ").unwrap();
        assert_eq!(made(vm, &[text, Obj::small_wrapping(16)]), "-255");
        assert_eq!(made(vm, &[text]), "ValueError: invalid syntax for integer with base 10: ' -ff '");
        assert_eq!(made(vm, &[text, Obj::small_wrapping(37)]), "ValueError: int() arg 2 must be >= 2 and <= 36");
        assert_eq!(made(vm, &[Obj::NONE]), "TypeError: can't convert NoneType to int");
        let big = num(vm, "1e20");
        assert_eq!(made(vm, &[big]), "100000000000000000000");
        let big = num(vm, "-0x1_0000_0000_0000_0000");
        assert_eq!(method(vm, big, "bit_length", &[]), "65");
        assert_eq!(method(vm, big, "bit_count", &[]), "1");
        let data = method(vm, big, "to_bytes", &[Obj::small_wrapping(9)]);
        assert_eq!(data, "OverflowError: can't convert negative int to unsigned");
        let three = Obj::small_wrapping(300);
        assert_eq!(
            method(vm, three, "to_bytes", &[Obj::small_wrapping(1)]),
            "OverflowError: value would overflow a 1 byte buffer"
        );
        assert_eq!(
            method(vm, three, "to_bytes", &[Obj::small_wrapping(3), Obj::name(crate::q!("little"))]),
            r"b',\x01\x00'"
        );
        let half = num(vm, "-0.5");
        assert_eq!(method(vm, half, "as_integer_ratio", &[]), "(-1, 2)");
        assert_eq!(method(vm, half, "hex", &[]), "'-0x1.0000000000000p-1'");
        let (a, b, c) = (num(vm, "3"), num(vm, "-1"), num(vm, "7"));
        let inverse = int::power_mod(vm, a, b, c);
        assert_eq!(shown(vm, inverse), "5");
    });
}
