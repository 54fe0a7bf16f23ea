//! Built-in modules: one per file, listed in `ALL`.

#[cfg(feature = "threads")]
pub mod _thread;
pub mod array;
pub mod builtins;
pub mod cmath;
pub mod collections;
pub mod errno;
pub mod frozen;
pub mod future;
pub mod gc;
pub mod heapq;
pub mod intrinsics;
pub mod io;
#[cfg(feature = "machine")]
pub mod machine;
#[cfg(feature = "diagnostics")]
pub mod marshal;
pub mod math;
pub mod micropython;
pub mod os;
pub mod random;
pub mod select;
pub mod string;
pub mod struct_;
pub mod sys;
#[cfg(test)]
mod tests;
pub mod time;
#[cfg(feature = "diagnostics")]
pub mod traceback;
pub mod vfs;
pub mod weakref;

use crate::q;
use crate::qstr::Qstr;
use crate::syntax::fold::{Known, Num};
use crate::value::Entry;

/// Every built-in module with its table, by name.
pub static ALL: &[(Qstr, &[Entry])] = &[
    #[cfg(feature = "threads")]
    (q!("_thread"), _thread::TABLE),
    (q!("__future__"), future::TABLE),
    (q!("array"), array::TABLE),
    (q!("builtins"), builtins::TABLE),
    (q!("cmath"), cmath::TABLE),
    (q!("collections"), collections::TABLE),
    (q!("errno"), errno::TABLE),
    (q!("gc"), gc::TABLE),
    (q!("heapq"), heapq::TABLE),
    (q!("io"), io::TABLE),
    #[cfg(feature = "machine")]
    (q!("machine"), machine::TABLE),
    #[cfg(feature = "diagnostics")]
    (q!("marshal"), marshal::TABLE),
    (q!("math"), math::TABLE),
    (q!("micropython"), micropython::TABLE),
    (q!("os"), os::TABLE),
    (q!("os.path"), os::path::TABLE),
    (q!("random"), random::TABLE),
    (q!("select"), select::TABLE),
    (q!("string"), string::TABLE),
    (q!("string.templatelib"), string::TEMPLATELIB),
    (q!("struct"), struct_::TABLE),
    (q!("sys"), sys::TABLE),
    (q!("time"), time::TABLE),
    #[cfg(feature = "diagnostics")]
    (q!("traceback"), traceback::TABLE),
    (q!("vfs"), vfs::TABLE),
    (q!("weakref"), weakref::TABLE),
];

/// Numbers of modules that a program may make constants of.
pub static KNOWN: &[Known] = &KNOWN_NUMBERS;

const KNOWN_NUMBERS: [Known; errno::NUMBERS.len() + math::NUMBERS.len()] = {
    let mut all = [Known { module: Qstr::NULL, name: Qstr::NULL, value: Num::Int(0) }; _];
    let mut at = 0;
    while at < errno::NUMBERS.len() {
        let (value, name) = errno::NUMBERS[at];
        all[at] = Known { module: q!("errno"), name, value: Num::Int(value as i128) };
        at += 1;
    }
    while at < all.len() {
        let (name, value) = math::NUMBERS[at - errno::NUMBERS.len()];
        all[at] = Known { module: q!("math"), name, value: Num::Float(value) };
        at += 1;
    }
    all
};

/// The table of a built-in module.
pub fn find(name: Qstr) -> Option<&'static [Entry]> {
    ALL.iter().find(|(other, _)| *other == name).map(|(_, table)| *table)
}
