//! The hash of text and bytes, shared by the build script, the name pool and `str` objects.

/// Hashes `bytes` four at a time; never 0, so that 0 can mean "not computed".
pub const fn hash(bytes: &[u8]) -> u32 {
    let mut sum: u32 = bytes.len() as u32;
    let mut at = 0;
    while at + 4 <= bytes.len() {
        sum = mix(sum, u32::from_le_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]]));
        at += 4;
    }
    let mut tail = 0;
    while at < bytes.len() {
        tail = tail << 8 | bytes[at] as u32;
        at += 1;
    }
    sum = mix(sum, tail);
    sum ^= sum >> 15;
    if sum == 0 { 1 } else { sum }
}

const fn mix(sum: u32, word: u32) -> u32 {
    (sum.rotate_left(5) ^ word).wrapping_mul(0x9E37_79B1)
}
