//! Products: rows for short numbers, Karatsuba where the caller gives scratch.

use super::{Limb, add_into, cmp, sub_from, trim};
use core::cmp::Ordering;

/// Below this length a row loop beats Karatsuba.
const KARATSUBA: usize = 32;

/// `a * b`. `out`: the sum of both lengths. With less scratch than [`mul_scratch`] of the trimmed lengths the rows do it all.
pub fn mul(out: &mut [Limb], a: &[Limb], b: &[Limb], scratch: &mut [Limb]) -> usize {
    let (a, b) = (trim(a), trim(b));
    let (a, b) = if a.len() >= b.len() { (a, b) } else { (b, a) };
    let out = &mut out[..a.len() + b.len()];
    if scratch.len() >= mul_scratch(a.len(), b.len()) {
        split(out, a, b, scratch)
    } else {
        rows(out, a, b)
    }
    trim(out).len()
}

/// Scratch limbs with which [`mul`] of `a_len` by `b_len` limbs is fastest.
pub fn mul_scratch(a_len: usize, b_len: usize) -> usize {
    let (mut long, mut short, mut most, mut held) = (a_len.max(b_len), a_len.min(b_len), 0, 0);
    while short >= KARATSUBA {
        if long == short {
            return most.max(held + even_scratch(short));
        }
        held += 2 * short;
        most = most.max(held + even_scratch(short));
        (long, short) = (short, long % short);
    }
    most.max(held)
}

/// `acc = acc * m + add`; the limb that left the top.
pub fn mul_add_limb(acc: &mut [Limb], m: Limb, add: Limb) -> Limb {
    let mut carry = add;
    for x in acc {
        (*x, carry) = x.carrying_mul(m, carry);
    }
    carry
}

/// Adds `a * m` into `acc` of the same length; the limb that left the top.
pub(super) fn add_row(acc: &mut [Limb], a: &[Limb], m: Limb) -> Limb {
    let mut carry = 0;
    for (x, &y) in acc.iter_mut().zip(a) {
        (*x, carry) = y.carrying_mul_add(m, *x, carry);
    }
    carry
}

fn rows(out: &mut [Limb], a: &[Limb], b: &[Limb]) {
    out.fill(0);
    for (i, &y) in b.iter().enumerate() {
        let (_, out) = out.split_at_mut(i);
        let (row, top) = out.split_at_mut(a.len());
        if let Some(top) = top.first_mut() {
            *top = add_row(row, a, y);
        }
    }
}

/// `a` at least as long as `b`: pieces of `b`'s length, each an even product.
fn split(out: &mut [Limb], a: &[Limb], b: &[Limb], scratch: &mut [Limb]) {
    if b.len() < KARATSUBA {
        return rows(out, a, b);
    }
    if a.len() == b.len() {
        return even(out, a, b, scratch);
    }
    out.fill(0);
    let (piece, scratch) = scratch.split_at_mut(2 * b.len());
    for (i, part) in a.chunks(b.len()).enumerate() {
        let piece = &mut piece[..part.len() + b.len()];
        split(piece, b, part, scratch);
        add_into(&mut out[i * b.len()..], piece);
    }
}

fn even_scratch(n: usize) -> usize {
    if n < KARATSUBA {
        return 0;
    }
    let half = n.div_ceil(2);
    2 * half + even_scratch(half).max(2 * half + 1)
}

/// Karatsuba: three products of half the length instead of four.
fn even(out: &mut [Limb], a: &[Limb], b: &[Limb], scratch: &mut [Limb]) {
    if a.len() < KARATSUBA {
        return rows(out, a, b);
    }
    let half = a.len().div_ceil(2);
    let ((a0, a1), (b0, b1)) = (a.split_at(half), b.split_at(half));
    let (cross, scratch) = scratch.split_at_mut(2 * half);
    let (da, rest) = out.split_at_mut(half);
    let db = &mut rest[..half];
    let negative = distance(da, a0, a1) != distance(db, b0, b1);
    even(cross, da, db, scratch);
    let (low, high) = out.split_at_mut(2 * half);
    even(low, a0, b0, scratch);
    even(high, a1, b1, scratch);
    let middle = &mut scratch[..2 * half + 1];
    middle[..2 * half].copy_from_slice(low);
    middle[2 * half] = 0;
    add_into(middle, high);
    if negative {
        add_into(middle, cross);
    } else {
        sub_from(middle, cross);
    }
    add_into(&mut out[half..], trim(middle));
}

/// `|a - b|` in `out`, of `a`'s length; true if `b` was the greater. `b` is no longer than `a`.
fn distance(out: &mut [Limb], a: &[Limb], b: &[Limb]) -> bool {
    if cmp(a, b) == Ordering::Less {
        out.fill(0);
        out[..b.len()].copy_from_slice(b);
        sub_from(out, &a[..b.len()]);
        return true;
    }
    out.copy_from_slice(a);
    sub_from(out, b);
    false
}
