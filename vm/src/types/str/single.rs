//! Texts of one character: interned ones for ASCII, so that indexing and iterating need no memory.

use crate::Vm;
use crate::q;
use crate::qstr::{Qstr, find_static};
use crate::value::{Obj, Res};

/// The str of at most one byte.
#[inline]
pub fn new(vm: &mut Vm, bytes: &[u8]) -> Res {
    match bytes {
        [] => Ok(Obj::name(q!(""))),
        [byte, ..] => match NAMES.get(usize::from(*byte)) {
            Some(&name) if name != Qstr::NULL => Ok(Obj::name(name)),
            Some(_) | None => Ok(super::alloc(vm, 1, 1, &[bytes])?.obj()),
        },
    }
}

/// Static names of ASCII characters; those without one (some control characters) are null.
static NAMES: [Qstr; 128] = {
    let mut names = [Qstr::NULL; 128];
    let mut at = 0;
    while at < names.len() {
        let text = [at as u8];
        if let Ok(text) = core::str::from_utf8(&text)
            && let Some(name) = find_static(text)
        {
            names[at] = name;
        }
        at += 1;
    }
    names
};

/// Has the build script see these names.
const _: &[Qstr] = &[
    q!(" "),
    q!("!"),
    q!("#"),
    q!("$"),
    q!("%"),
    q!("&"),
    q!("'"),
    q!("("),
    q!(")"),
    q!("*"),
    q!("+"),
    q!(","),
    q!("-"),
    q!("."),
    q!("/"),
    q!("0"),
    q!("1"),
    q!("2"),
    q!("3"),
    q!("4"),
    q!("5"),
    q!("6"),
    q!("7"),
    q!("8"),
    q!("9"),
    q!(":"),
    q!(";"),
    q!("<"),
    q!("="),
    q!(">"),
    q!("?"),
    q!("@"),
    q!("A"),
    q!("B"),
    q!("C"),
    q!("D"),
    q!("E"),
    q!("F"),
    q!("G"),
    q!("H"),
    q!("I"),
    q!("J"),
    q!("K"),
    q!("L"),
    q!("M"),
    q!("N"),
    q!("O"),
    q!("P"),
    q!("Q"),
    q!("R"),
    q!("S"),
    q!("T"),
    q!("U"),
    q!("V"),
    q!("W"),
    q!("X"),
    q!("Y"),
    q!("Z"),
    q!("["),
    q!("]"),
    q!("^"),
    q!("_"),
    q!("`"),
    q!("a"),
    q!("b"),
    q!("c"),
    q!("d"),
    q!("e"),
    q!("f"),
    q!("g"),
    q!("h"),
    q!("i"),
    q!("j"),
    q!("k"),
    q!("l"),
    q!("m"),
    q!("n"),
    q!("o"),
    q!("p"),
    q!("q"),
    q!("r"),
    q!("s"),
    q!("t"),
    q!("u"),
    q!("v"),
    q!("w"),
    q!("x"),
    q!("y"),
    q!("z"),
    q!("{"),
    q!("|"),
    q!("}"),
    q!("~"),
    q!("\n"),
];
