//! The limb: the widest word the machine multiplies well.

/// One digit of a big integer in base `2^BITS`.
#[cfg(target_pointer_width = "64")]
pub type Limb = u64;
/// Two limbs side by side.
#[cfg(target_pointer_width = "64")]
pub type Wide = u128;
/// The limb as a `u64`, whatever its width.
#[cfg(target_pointer_width = "64")]
pub fn to_u64(limb: Limb) -> u64 {
    limb
}

/// One digit of a big integer in base `2^BITS`.
#[cfg(not(target_pointer_width = "64"))]
pub type Limb = u32;
/// Two limbs side by side.
#[cfg(not(target_pointer_width = "64"))]
pub type Wide = u64;
/// The limb as a `u64`, whatever its width.
#[cfg(not(target_pointer_width = "64"))]
pub fn to_u64(limb: Limb) -> u64 {
    u64::from(limb)
}
