//! Tests of arrays and memoryviews through a machine.

use std::vec::Vec;

use crate::Vm;
use crate::testing::{method, raised, repr, run, shown};
use crate::types::{bytearray, str, tuple};
use crate::value::{Args, BinaryOp, Obj, TypeRef};

fn int(value: isize) -> Obj {
    Obj::small_wrapping(value)
}

fn array(vm: &mut Vm, code: &str, items: &[isize]) -> Obj {
    let items: Vec<Obj> = items.iter().map(|item| int(*item)).collect();
    let (code, items) = (str::new(vm, code).expect("memory"), tuple::new(vm, &items).expect("memory"));
    super::make(vm, TypeRef::of(&super::TYPE), Args::pos(&[code, items])).expect("an array")
}

#[test]
fn items_of_all_types() {
    run(|vm| {
        for code in ["b", "h", "i", "l", "q"] {
            let a = array(vm, code, &[1, -2]);
            assert_eq!(repr(vm, a), std::format!("array('{code}', [1, -2])"));
        }
        for code in ["B", "H", "I", "L", "Q"] {
            let a = array(vm, code, &[1, 200]);
            assert_eq!(repr(vm, a), std::format!("array('{code}', [1, 200])"));
            let raise = vm.set_item(a, int(0), int(-1)).expect_err("a negative item");
            assert_eq!(raised(vm, raise), "OverflowError: integer out of range");
        }
        let d = array(vm, "d", &[1, 2]);
        assert_eq!(repr(vm, d), "array('d', [1.0, 2.0])");
        let i = array(vm, "i", &[1, 2]);
        let same = vm.binary(BinaryOp::Equal, d, i);
        assert_eq!(shown(vm, same), "True");
        let sum = vm.binary(BinaryOp::Add, i, i);
        assert_eq!(shown(vm, sum), "array('i', [1, 2, 1, 2])");
        let wrong = vm.get_item(i, int(9));
        assert_eq!(shown(vm, wrong), "IndexError: array index out of range");
        assert_eq!(super::get(i, int(-1)), Some(int(2)));
    });
}

#[test]
fn methods_change_arrays() {
    run(|vm| {
        let a = array(vm, "h", &[1, 2, 3]);
        for (name, args, answer) in [
            ("append", [int(4)].as_slice(), "None"),
            ("insert", &[int(0), int(9)], "None"),
            ("pop", &[int(1)], "1"),
            ("reverse", &[], "None"),
            ("index", &[int(3)], "1"),
            ("count", &[int(2)], "1"),
            ("remove", &[int(2)], "None"),
        ] {
            assert_eq!(method(vm, a, name, args), answer, "{name}");
        }
        assert_eq!(repr(vm, a), "array('h', [4, 3, 9])");
    });
}

#[test]
fn views() {
    run(|vm| {
        let owner = bytearray::new(vm, b"abcdef").expect("memory");
        let make = crate::types::memoryview::TYPE.make.expect("a type that can be called");
        let view = make(vm, TypeRef::of(&crate::types::memoryview::TYPE), Args::pos(&[owner])).expect("a view");
        let slice = crate::types::slice::new(vm, int(1), int(4), Obj::NONE).expect("memory");
        let part = vm.get_item(view, slice).expect("a piece");
        vm.set_item(part, int(0), int(66)).expect("set");
        assert_eq!(repr(vm, owner), "bytearray(b'aBcdef')");
        assert_eq!(method(vm, part, "tobytes", &[]), "b'Bcd'");
        let format = Obj::name(crate::q!("H"));
        let wide = crate::testing::call(vm, view, "cast", Args::pos(&[format])).expect("a view");
        let item = vm.get_item(wide, int(0));
        assert_eq!(shown(vm, item), "16993");
    });
}
