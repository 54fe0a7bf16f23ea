//! Tests of str through a machine.

use crate::Vm;
use crate::testing::{repr, run, shown, text};
use crate::value::{BinaryOp, Obj};

fn s(vm: &mut Vm, text: &str) -> Obj {
    super::new(vm, text).expect("memory")
}

fn int(value: isize) -> Obj {
    Obj::small_wrapping(value)
}

#[test]
fn quotes_and_escapes() {
    run(|vm| {
        for (given, expect) in [
            ("abc", "'abc'"),
            ("it's", "\"it's\""),
            ("'\"", "'\\'\"'"),
            ("a\n\t\r\\\x00\x7f", "'a\\n\\t\\r\\\\\\x00\\x7f'"),
            ("é€😀\u{80}", "'é€😀\\x80'"),
            ("", "''"),
        ] {
            let obj = s(vm, given);
            assert_eq!(repr(vm, obj), expect);
            assert_eq!(text(vm, obj), given);
        }
    });
}

#[test]
fn operators() {
    run(|vm| {
        let (ab, e, long) = (s(vm, "ab"), s(vm, "é€"), s(vm, "a rather long text that is not interned"));
        let mut check = |op, left, right, expect: &str| {
            let answer = vm.binary(op, left, right);
            assert_eq!(shown(vm, answer), expect);
        };
        check(BinaryOp::Add, ab, e, "'abé€'");
        check(BinaryOp::Multiply, e, int(3), "'é€é€é€'");
        check(BinaryOp::Multiply, int(2), ab, "'abab'");
        check(BinaryOp::Multiply, ab, int(-2), "''");
        check(BinaryOp::Less, ab, e, "True");
        check(BinaryOp::MoreEqual, ab, long, "True");
        check(BinaryOp::In, ab, long, "False");
        check(BinaryOp::Equal, ab, Obj::name(crate::q!("a")), "False");
        check(BinaryOp::In, int(1), long, "TypeError: can't convert 'int' object to str implicitly");
        check(BinaryOp::Add, ab, int(1), "TypeError: unsupported types for __add__: 'str', 'int'");
    });
}

#[test]
fn interned_and_other_texts_agree() {
    run(|vm| {
        let name = Obj::name(crate::q!("append"));
        let (left, right) = (s(vm, "app"), s(vm, "end"));
        let built = vm.binary(BinaryOp::Add, left, right).expect("memory");
        assert!(built != name);
        assert_eq!(vm.hash(built), vm.hash(name));
        assert_eq!(vm.equal(built, name), Ok(true));
    });
}

#[test]
fn items_and_iteration() {
    run(|vm| {
        let (ascii, wide) = (s(vm, "hello"), s(vm, "aé€😀b"));
        for (obj, index, expect) in [
            (ascii, int(1), "'e'"),
            (ascii, int(-1), "'o'"),
            (wide, int(1), "'é'"),
            (wide, int(-2), "'😀'"),
            (wide, int(5), "IndexError: string index out of range"),
            (ascii, Obj::NONE, "TypeError: string indices must be integers, not NoneType"),
        ] {
            let answer = vm.get_item(obj, index);
            assert_eq!(shown(vm, answer), expect);
        }
        let mut seen = std::string::String::new();
        let iter = vm.iter(wide).expect("memory");
        while let Some(item) = vm.next(iter).expect("a character").non_null() {
            seen += &text(vm, item);
        }
        assert_eq!(seen, "aé€😀b");
        assert_eq!(vm.len(wide), Ok(int(5)));
    });
}
