//! Floats on boards: no word holds one, all are boxed. The same questions as on hosts, answered before code is made: what
//! is written behind a jump is dropped.

use ir::{Block, Builder, Inst, V};

/// What a word is compared with that may hold a float: nothing.
#[cfg(feature = "explain")]
pub const FLOAT_TAG: Option<i32> = None;

/// To `to` unless the word holds a float: always.
pub fn unless_float(b: &mut Builder, _: V, to: Block) {
    b.jump(to);
}

/// To `to` unless both words hold a float: always.
pub fn unless_floats(b: &mut Builder, _: [V; 2], to: Block) {
    b.jump(to);
}

/// The float in a word that holds one.
pub fn decode(b: &mut Builder, _: V) -> V {
    b.float()
}

/// The word of a float into `d`; to `other`, since it has none. Gives the float's bits.
pub fn encode(b: &mut Builder, float: V, _: V, bits: V, other: Block) {
    b.push(Inst::Bits { d: bits, a: float });
    b.jump(other);
}
