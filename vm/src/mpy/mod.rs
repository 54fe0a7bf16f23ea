//! `.mpy` files, format 6.3.

pub mod check;
#[cfg(feature = "diagnostics")]
pub mod explain;
pub mod read;
pub mod write;

/// Format version in the header.
const VERSION: u8 = 6;
/// The version of the tables that machine code uses.
const SUB_VERSION: u8 = 3;

/// Kinds of constants.
mod tag {
    pub const NONE: u8 = 1;
    pub const FALSE: u8 = 2;
    pub const TRUE: u8 = 3;
    pub const ELLIPSIS: u8 = 4;
    pub const STR: u8 = 5;
    pub const BYTES: u8 = 6;
    pub const INT: u8 = 7;
    pub const FLOAT: u8 = 8;
    pub const COMPLEX: u8 = 9;
    pub const TUPLE: u8 = 10;
}

/// Names up to this number are written as the number.
const LAST_STATIC: u32 = count_lines(include_bytes!("../qstr/mpy_static.txt"));

/// The text of a name that is written as its number.
pub fn static_name(number: usize) -> Option<&'static str> {
    let number = u32::try_from(number).ok().filter(|number| (1..=LAST_STATIC).contains(number))?;
    Some(crate::qstr::static_text(crate::qstr::Qstr(number)))
}

const fn count_lines(text: &[u8]) -> u32 {
    let (mut at, mut lines) = (0, 0);
    while at < text.len() {
        if text[at] == b'\n' || at + 1 == text.len() {
            lines += 1;
        }
        at += 1;
    }
    lines
}
