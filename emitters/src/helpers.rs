//! The machine's helper table as the IR knows it: signatures by number.

use core::ops::Deref;
use ir::{Class, HelperSig, V};
use vm::run::helpers::{Helper, ROWS, TABLE};
use vm::run::poll::KEEPS;

/// Signatures of all helpers, in the table's order.
pub static SIGS: &[HelperSig] = &MADE;

/// The IR's name of a helper.
pub fn number(helper: Helper) -> ir::Helper {
    ir::Helper::new(helper as usize).unwrap_or(ir::Helper::FIRST)
}

/// Address of the table, for code that runs in this process.
pub fn table() -> i64 {
    TABLE.as_ptr() as usize as i64
}

/// Most words that a helper takes.
const MOST: usize = 8;

const WORDS: &[Class] = &[Class::Word; MOST];

/// What a helper is called with.
#[derive(Clone, Copy)]
pub struct Args {
    words: [V; MOST],
    len: usize,
}

impl Args {
    /// The machine and what else there is.
    pub fn new(vm: V, rest: &[V]) -> Args {
        let mut args = Args { words: [vm; MOST], len: 1 };
        for (place, &v) in args.words.iter_mut().skip(1).zip(rest) {
            *place = v;
            args.len += 1;
        }
        args
    }
}

impl Deref for Args {
    type Target = [V];

    fn deref(&self) -> &[V] {
        self.words.get(..self.len).unwrap_or(&[])
    }
}

const MADE: [HelperSig; ROWS.len()] = {
    let mut made = [HelperSig { name: "", params: WORDS, ret: Some(Class::Word), keeps: false }; ROWS.len()];
    let mut at = 0;
    while at < ROWS.len() {
        let (name, count) = ROWS[at];
        let quiet = at == Helper::Poll as usize;
        let ret = if quiet { None } else { Some(Class::Word) };
        made[at] = HelperSig { name, params: WORDS.split_at(count).0, ret, keeps: quiet && KEEPS };
        at += 1;
    }
    made
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_and_numbers_agree() {
        assert_eq!(SIGS[Helper::LoadConst as usize].name, "load_const");
        assert_eq!(SIGS[Helper::Binary as usize].params.len(), 4);
        assert_eq!(SIGS.len(), TABLE.len());
    }
}
