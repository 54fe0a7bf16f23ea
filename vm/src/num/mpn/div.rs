//! Quotients and remainders: a reciprocal for one limb, Knuth's algorithm D for more.

use super::bits::{shift_down, shift_up};
use super::{BITS, Limb, Wide, add_into, trim};

/// Where [`divrem`] left its two results in the work slice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Split {
    /// The remainder is `work[..rem_len]`.
    pub rem_len: usize,
    /// The quotient is `work[quot_start..quot_start + quot_len]`.
    pub quot_start: usize,
    /// Limbs of the quotient.
    pub quot_len: usize,
}

/// Divides in place: `work` holds the dividend and one spare high limb of any value, `scratch` is as long as
/// `div`. Afterwards `work` holds remainder and quotient, see [`Split`]. By zero: `None`, nothing changed.
pub fn divrem(work: &mut [Limb], div: &[Limb], scratch: &mut [Limb]) -> Option<Split> {
    let div = trim(div);
    let (&top, _) = div.split_last()?;
    let (spare, low) = work.split_last_mut()?;
    *spare = 0;
    let n = div.len();
    let len = trim(low).len();
    if len < n {
        return Some(Split { rem_len: len, quot_start: work.len().min(n), quot_len: 0 });
    }
    let work = &mut work[..len + 1];
    if n == 1 {
        let rem = div_limb(&mut work[..len], top);
        work.copy_within(..len, 1);
        work[0] = rem;
    } else {
        let shift = top.leading_zeros();
        let norm = &mut scratch[..n];
        norm.copy_from_slice(div);
        shift_up(norm, shift);
        shift_up(work, shift);
        knuth(work, norm);
        shift_down(&mut work[..n], shift);
    }
    Some(Split { rem_len: trim(&work[..n]).len(), quot_start: n, quot_len: trim(&work[n..]).len() })
}

/// [`divrem`] for operands of unlike sign, rounded to minus infinity as Python's `//` and `%` are: the true quotient is
/// `-quot`, the remainder has the divisor's sign. `work` has two spare high limbs and is longer than `div`.
pub fn divrem_floor(work: &mut [Limb], div: &[Limb], scratch: &mut [Limb]) -> Option<Split> {
    let div = trim(div);
    let (spare, body) = work.split_last_mut()?;
    *spare = 0;
    let split = divrem(body, div, scratch)?;
    if split.rem_len == 0 {
        return Some(split);
    }
    let (rem, quot) = work.split_at_mut(div.len());
    let mut borrow = false;
    for (x, &d) in rem.iter_mut().zip(div) {
        (*x, borrow) = d.borrowing_sub(*x, borrow);
    }
    add_into(quot, &[1]);
    Some(Split { rem_len: trim(rem).len(), quot_start: div.len(), quot_len: trim(quot).len() })
}

/// `a = a / d` in place, returning the remainder; `d` must not be zero (then the answer is zero and `a` unchanged).
pub fn div_limb(a: &mut [Limb], d: Limb) -> Limb {
    if d == 0 {
        return 0;
    }
    let shift = d.leading_zeros();
    let by = Reciprocal::new(d << shift);
    let mut rem = shift_up(a, shift);
    for x in a.iter_mut().rev() {
        (*x, rem) = by.divide(rem, *x);
    }
    rem >> shift
}

/// A normalised divisor (high bit set) with its inverse, so that no step needs the machine's division (Moller, Granlund).
#[derive(Clone, Copy)]
struct Reciprocal {
    d: Limb,
    inverse: Limb,
}

impl Reciprocal {
    fn new(d: Limb) -> Self {
        Reciprocal { d, inverse: (Wide::MAX / Wide::from(d)) as Limb }
    }

    /// `(high, low) / d` and the remainder, for `high < d`.
    fn divide(self, high: Limb, low: Limb) -> (Limb, Limb) {
        let guess = (Wide::from(self.inverse) * Wide::from(high)).wrapping_add(wide(high, low));
        let mut quot = ((guess >> BITS) as Limb).wrapping_add(1);
        let mut rem = low.wrapping_sub(quot.wrapping_mul(self.d));
        if rem > guess as Limb {
            quot = quot.wrapping_sub(1);
            rem = rem.wrapping_add(self.d);
        }
        if rem >= self.d {
            quot = quot.wrapping_add(1);
            rem -= self.d;
        }
        (quot, rem)
    }
}

fn wide(high: Limb, low: Limb) -> Wide {
    Wide::from(high) << BITS | Wide::from(low)
}

/// `u / d` for a normalised `d` of two limbs or more: the remainder stays in `u[..n]`, each quotient limb takes the place
/// of the dividend limb it made zero.
fn knuth(u: &mut [Limb], d: &[Limb]) {
    let n = d.len();
    let [.., d0, d1] = *d else { return };
    let by = Reciprocal::new(d1);
    for j in (0..u.len() - n).rev() {
        let window = &mut u[j..=j + n];
        let [.., u0, u1, u2] = *window else { return };
        let quot = guess(by, d0, [u0, u1, u2]);
        let (low, top) = window.split_at_mut(n);
        let short = sub_row(low, d, quot) > top[0];
        top[0] = quot;
        if short {
            add_into(low, d);
            top[0] -= 1;
        }
    }
}

/// The quotient limb of three dividend limbs by two divisor limbs: right, or one too great.
fn guess(by: Reciprocal, d0: Limb, [u0, u1, u2]: [Limb; 3]) -> Limb {
    let (mut quot, mut rem) = if u2 >= by.d {
        match u1.checked_add(by.d) {
            Some(rem) => (Limb::MAX, rem),
            None => return Limb::MAX,
        }
    } else {
        by.divide(u2, u1)
    };
    while Wide::from(quot) * Wide::from(d0) > wide(rem, u0) {
        quot -= 1;
        match rem.checked_add(by.d) {
            Some(next) => rem = next,
            None => break,
        }
    }
    quot
}

/// Takes `a * m` from `acc` of the same length; the limb still to be taken above.
fn sub_row(acc: &mut [Limb], a: &[Limb], m: Limb) -> Limb {
    let (mut carry, mut borrow) = (0, false);
    for (x, &y) in acc.iter_mut().zip(a) {
        let low;
        (low, carry) = y.carrying_mul(m, carry);
        (*x, borrow) = x.borrowing_sub(low, borrow);
    }
    carry + Limb::from(borrow)
}
