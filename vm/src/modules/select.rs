//! select: waiting for streams.

use crate::q;
use crate::types::poll;
use crate::value::{Entry, Obj, Rom, fun0, kw, row};

/// The names.
pub static TABLE: &[Entry] = &[
    row(q!("__name__"), Rom::Word(Obj::name(q!("select")))),
    row(q!("poll"), fun0(poll::new)),
    row(q!("select"), kw(0, poll::select)),
    row(q!("POLLIN"), Rom::Word(Obj::small_wrapping(poll::IN))),
    row(q!("POLLOUT"), Rom::Word(Obj::small_wrapping(poll::OUT))),
    row(q!("POLLERR"), Rom::Word(Obj::small_wrapping(poll::ERR))),
    row(q!("POLLHUP"), Rom::Word(Obj::small_wrapping(poll::HUP))),
];
