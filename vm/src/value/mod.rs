//! Values: the object word, type objects, and the operations that every type answers.

mod args;
mod attr;
mod buffer;
mod builtin;
mod handle;
mod hash;
mod map;
mod obj;
mod ops;
mod print;
mod raise;
mod text;
mod ty;
mod vec;
#[cfg(target_pointer_width = "32")]
#[path = "obj32.rs"]
mod word;
#[cfg(target_pointer_width = "64")]
#[path = "obj64.rs"]
mod word;

pub use args::Args;
pub use attr::Method;
pub use buffer::Buffer;
pub use builtin::{Builtin, NO_LIMIT, Params, Sig, fun0, fun1, fun2, fun3, kw, named, var};
pub(crate) use handle::Boxed;
pub use handle::{Gc, IterPlace, Object};
pub use map::{Map, MapEntry};
pub use obj::{Constant, INT, Obj, SMALL_MAX, SMALL_MIN};
pub use print::{PrintKind, Sink, Stderr, Stdout, put};
pub use raise::{Raise, Res};
pub use ty::{BinaryOp, Entry, Flags, Rom, Type, TypeRef, UnaryOp, row};
pub use vec::{GcVec, Item};
#[cfg(target_pointer_width = "64")]
pub use word::{EXPONENT_BASE, FLOAT};
pub use word::{FLOAT_IN_WORD, NAME, NAME_MASK, POINTER_MASK};
