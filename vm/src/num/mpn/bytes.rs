//! Numbers as bytes: `int.to_bytes`, `int.from_bytes`, struct and array items.

use super::bits::{Complement, negate};
use super::{Limb, Signed, SignedLen, bit_len, trim};

const STEP: usize = size_of::<Limb>();

/// Which end of the bytes comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// Least significant byte first.
    Little,
    /// Most significant byte first.
    Big,
}

/// Writes all of `out` with `a` in two's complement, cut or sign-extended, and says how much of `a` that holds.
pub fn to_bytes(out: &mut [u8], a: Signed<'_>, order: Order) -> Fit {
    let bits = bit_len(a.limbs);
    let room = out.len().saturating_mul(8);
    let mut limbs = Complement::new(a);
    for chunk in out.chunks_mut(STEP) {
        chunk.copy_from_slice(&limbs.next().to_le_bytes()[..chunk.len()]);
    }
    if order == Order::Big {
        out.reverse();
    }
    // In no bytes Python takes zero, and minus one.
    let lowest = a.negative && bits == room && super::popcount(a.limbs) == 1;
    Fit {
        signed: bits < room || lowest || bits == 0 || (room == 0 && bits == 1 && a.negative),
        unsigned: bits <= room && !(a.negative && bits > 0),
    }
}

/// Whether the bytes written by [`to_bytes`] hold the whole number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fit {
    /// Read as a signed number they give it back.
    pub signed: bool,
    /// Read as an unsigned number they give it back.
    pub unsigned: bool,
}

/// Limbs that [`from_bytes`] needs for this many bytes.
pub fn from_bytes_len(n_bytes: usize) -> usize {
    n_bytes.div_ceil(STEP)
}

/// Reads an unsigned number. `out`: [`from_bytes_len`].
pub fn from_bytes(out: &mut [Limb], bytes: &[u8], order: Order) -> usize {
    let out = &mut out[..from_bytes_len(bytes.len())];
    for (i, x) in out.iter_mut().enumerate() {
        let mut word = [0; STEP];
        for (k, byte) in word.iter_mut().enumerate() {
            let at = i * STEP + k;
            let source = match order {
                Order::Little => bytes.get(at),
                Order::Big => bytes.iter().rev().nth(at),
            };
            *byte = source.copied().unwrap_or(0);
        }
        *x = Limb::from_le_bytes(word);
    }
    trim(out).len()
}

/// Reads a number in two's complement. `out`: [`from_bytes_len`].
pub fn from_bytes_signed(out: &mut [Limb], bytes: &[u8], order: Order) -> SignedLen {
    let top = match order {
        Order::Little => bytes.last(),
        Order::Big => bytes.first(),
    };
    let len = from_bytes(out, bytes, order);
    if top.is_none_or(|top| top & 0x80 == 0) {
        return SignedLen::new(false, len);
    }
    let out = &mut out[..from_bytes_len(bytes.len())];
    let spare = (out.len() * STEP - bytes.len()) as u32 * 8;
    if let Some(top) = out.last_mut() {
        // `spare` is less than a limb: the last limb holds a byte at least.
        *top |= !(Limb::MAX >> spare);
    }
    negate(out);
    SignedLen::new(true, trim(out).len())
}
