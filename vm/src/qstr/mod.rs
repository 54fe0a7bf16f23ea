//! Interned names: a `Qstr` is a number that stands for one text, equal numbers for equal texts.

mod hash;
mod names;
mod pool;

pub use hash::hash;
pub use names::{find_static, static_text};
pub use pool::Pool;

/// The number of an interned text. 0 is never given out.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[repr(transparent)]
pub struct Qstr(pub u32);

impl Qstr {
    /// "No name"; upstream's `MP_QSTRnull`.
    pub const NULL: Qstr = Qstr(0);
}

/// The number of a static name, found while compiling: `q!("append")`.
///
/// `build.rs` gathers the names by looking for this macro, so the argument must be a plain literal.
#[macro_export]
macro_rules! q {
    ($name:literal) => {
        const { $crate::qstr::find_static($name).unwrap() }
    };
}
