//! The limb code once more with 32-bit limbs, so that a 64-bit host tests what boards run.

pub mod limb {
    pub type Limb = u32;
    pub type Wide = u64;
    pub fn to_u64(limb: Limb) -> u64 {
        u64::from(limb)
    }
}
#[path = "float/mod.rs"]
pub mod float;
#[path = "hash.rs"]
pub mod hash;
pub use super::int;
#[path = "mpn/mod.rs"]
pub mod mpn;
