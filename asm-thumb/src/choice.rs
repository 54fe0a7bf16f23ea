//! Rows found by name while Rust compiles, so that the back end's names cost nothing on a board.

use crate::table::{Row, TABLE};

/// Some rows, in the order in which they should be tried.
pub(crate) struct Choice {
    at: [u16; 12],
    len: usize,
}

impl Choice {
    /// The rows of these names; with a text, only those whose operands are written so. There must be some.
    pub const fn of(names: &[(&str, Option<&str>)]) -> Choice {
        let mut choice = Choice { at: [0; 12], len: 0 };
        let mut name = 0;
        while name < names.len() {
            let mut row = 0;
            while row < TABLE.len() {
                let fits = match names[name].1 {
                    Some(text) => same(TABLE[row].form.text, text),
                    None => true,
                };
                if fits && same(TABLE[row].name, names[name].0) {
                    choice.at[choice.len] = row as u16;
                    choice.len += 1;
                }
                row += 1;
            }
            name += 1;
        }
        assert!(choice.len > 0);
        choice
    }

    /// The rows.
    pub fn rows(&self) -> impl Iterator<Item = &'static Row> {
        self.at.iter().take(self.len).filter_map(|&at| TABLE.get(usize::from(at)))
    }
}

const fn same(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let mut at = 0;
    while at < a.len() && at < b.len() && a[at] == b[at] {
        at += 1;
    }
    at == a.len() && at == b.len()
}
