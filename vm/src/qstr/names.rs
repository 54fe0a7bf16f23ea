//! Static names: those fixed by the `.mpy` format first, then every name the crate's sources mention.

include!(concat!(env!("OUT_DIR"), "/names.rs"));

use super::Qstr;
use super::hash::hash;

/// The number of `name` if it is a static name.
pub const fn find_static(name: &str) -> Option<Qstr> {
    let bytes = name.as_bytes();
    let mut slot = hash(bytes) as usize & (INDEX.len() - 1);
    loop {
        let number = INDEX[slot];
        if number == 0 {
            return None;
        }
        if same(NAMES[number as usize - 1].as_bytes(), bytes) {
            return Some(Qstr(number as u32));
        }
        slot = (slot + 1) & (INDEX.len() - 1);
    }
}

/// As `find_static`, for who knows the hash.
pub(super) fn find_hashed(name: &str, hash: u32) -> Option<Qstr> {
    let mut slot = hash as usize & (INDEX.len() - 1);
    loop {
        let number = INDEX[slot];
        let at = usize::from(number).checked_sub(1)?;
        if HASHES[at] == hash && NAMES[at] == name {
            return Some(Qstr(number.into()));
        }
        slot = (slot + 1) & (INDEX.len() - 1);
    }
}

/// The text of a static name; empty for others.
pub fn static_text(name: Qstr) -> &'static str {
    NAMES.get((name.0 as usize).wrapping_sub(1)).copied().unwrap_or("")
}

const fn same(a: &[u8], b: &[u8]) -> bool {
    if a.len() != b.len() {
        return false;
    }
    let mut at = 0;
    while at < a.len() {
        if a[at] != b[at] {
            return false;
        }
        at += 1;
    }
    true
}
