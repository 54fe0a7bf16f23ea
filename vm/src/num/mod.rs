//! The numeric core: limb slices, small ints, float text, hashes. No allocation, no heap, no errors but plain data.

pub mod float;
pub mod hash;
pub mod int;
pub mod limb;
pub mod mpn;
pub mod random;
pub mod real;

#[cfg(test)]
#[expect(clippy::duplicate_mod, unused_imports, reason = "the same sources a second time, with the limbs of a board")]
#[allow(dead_code, reason = "what only the machine itself uses of them")]
mod narrow;
