//! errno: numbers of system errors.

use crate::Vm;
use crate::q;
use crate::qstr::Qstr;
use crate::types::dict;
use crate::value::{Entry, Obj, Res, Rom, row};

/// The names.
pub static TABLE: &[Entry] = &[
    row(q!("__name__"), Rom::Word(Obj::name(q!("errno")))),
    row(q!("errorcode"), Rom::Make(errorcode)),
    number(0),
    number(1),
    number(2),
    number(3),
    number(4),
    number(5),
    number(6),
    number(7),
    number(8),
    number(9),
    number(10),
    number(11),
    number(12),
    number(13),
    number(14),
    number(15),
    number(16),
    number(17),
    number(18),
    number(19),
    number(20),
    number(21),
];

/// The row of entry `at` of `NUMBERS`.
const fn number(at: usize) -> Entry {
    let (value, name) = NUMBERS[at];
    row(name, Rom::Word(Obj::small_wrapping(value)))
}

/// Numbers and their names.
pub const NUMBERS: [(isize, Qstr); 22] = [
    (1, q!("EPERM")),
    (2, q!("ENOENT")),
    (5, q!("EIO")),
    (9, q!("EBADF")),
    (11, q!("EAGAIN")),
    (12, q!("ENOMEM")),
    (13, q!("EACCES")),
    (17, q!("EEXIST")),
    (19, q!("ENODEV")),
    (21, q!("EISDIR")),
    (22, q!("EINVAL")),
    (95, q!("EOPNOTSUPP")),
    (98, q!("EADDRINUSE")),
    (103, q!("ECONNABORTED")),
    (104, q!("ECONNRESET")),
    (105, q!("ENOBUFS")),
    (107, q!("ENOTCONN")),
    (110, q!("ETIMEDOUT")),
    (111, q!("ECONNREFUSED")),
    (113, q!("EHOSTUNREACH")),
    (114, q!("EALREADY")),
    (115, q!("EINPROGRESS")),
];

/// The name of an error number that programs know, as `OSError` prints it.
pub fn name_of(number: isize) -> Option<&'static str> {
    NUMBERS.iter().find(|(other, _)| *other == number).map(|(_, name)| crate::qstr::static_text(*name))
}

fn errorcode(vm: &mut Vm) -> Res {
    let codes = dict::new(vm)?;
    if let Some(map) = dict::map(codes) {
        for (number, name) in NUMBERS {
            map.set(vm, Obj::small_wrapping(number), Obj::name(name))?;
        }
    }
    Ok(codes)
}
