//! Laws of arithmetic on seeded random numbers; run for both limb sizes.

extern crate std;
use super::*;
use std::{vec, vec::Vec};

struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        let x = self.0;
        (x ^ x >> 31).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ x >> 17
    }

    fn below(&mut self, n: usize) -> usize {
        self.next() as usize % n
    }

    /// Up to `max` limbs, many of them all zeros or all ones.
    fn limbs(&mut self, max: usize) -> Vec<Limb> {
        let len = self.below(max + 1);
        let limbs = (0..len).map(|_| match self.below(4) {
            0 => 0,
            1 => Limb::MAX,
            _ => self.next() as Limb,
        });
        limbs.collect()
    }
}

fn product(a: &[Limb], b: &[Limb]) -> Vec<Limb> {
    let mut out = vec![7; a.len() + b.len()];
    let mut scratch = vec![9; mul_scratch(trim(a).len(), trim(b).len())];
    let len = mul(&mut out, a, b, &mut scratch);
    out.truncate(len);
    out
}

fn sum(a: &[Limb], b: &[Limb]) -> Vec<Limb> {
    let mut out = vec![7; a.len().max(b.len()) + 1];
    let len = add(&mut out, a, b);
    out.truncate(len);
    out
}

#[test]
fn add_and_sub_undo_each_other() {
    let mut random = Random(1);
    for _ in 0..500 {
        let (a, b) = (random.limbs(9), random.limbs(9));
        let mut total = sum(&a, &b);
        let copy = total.clone();
        let len = sub(&mut total, &copy, &b);
        assert_eq!(total[..len], *trim(&a));
    }
}

#[test]
fn karatsuba_agrees_with_rows() {
    let mut random = Random(2);
    for _ in 0..60 {
        let (a, b) = (random.limbs(300), random.limbs(200));
        let mut rows = vec![0; a.len() + b.len()];
        let len = mul(&mut rows, &a, &b, &mut []);
        assert_eq!(product(&a, &b), rows[..len]);
    }
}

#[test]
fn quotient_and_remainder_rebuild_the_dividend() {
    let mut random = Random(3);
    for _ in 0..2000 {
        let (a, b) = (random.limbs(12), random.limbs(6));
        let mut scratch = vec![0; b.len()];
        for spare in [1, 2] {
            let mut work = vec![0; a.len().max(b.len()) + spare];
            work[..a.len()].copy_from_slice(&a);
            let divide = if spare == 1 { divrem } else { divrem_floor };
            let Some(split) = divide(&mut work, &b, &mut scratch) else {
                assert!(trim(&b).is_empty());
                continue;
            };
            let (rem, quot) = (&work[..split.rem_len], &work[split.quot_start..][..split.quot_len]);
            assert_eq!(cmp(rem, &b), Ordering::Less);
            let whole = product(quot, &b);
            let (small, great) = if spare == 1 { (sum(&whole, rem), a.clone()) } else { (sum(&a, rem), whole) };
            assert_eq!(trim(&small), trim(&great), "{a:x?} {b:x?}");
        }
    }
}

#[test]
fn radix_round_trip() {
    let mut random = Random(4);
    for base in 2..=36 {
        let radix = Radix::new(base).unwrap_or(Radix::DECIMAL);
        for _ in 0..20 {
            let a = random.limbs(10);
            let mut text = vec![0; radix.text_len(&a)];
            let len = radix.to_text(&mut text, &mut a.clone());
            let text = &text[..len];
            assert!(text == b"0" || text[0] != b'0');
            let mut back = vec![5; radix.limbs_len(len)];
            let len = from_radix(&mut back, text, radix);
            assert_eq!(back[..len], *trim(&a), "{base}");
        }
    }
    assert!(Radix::new(1).is_none() && Radix::new(37).is_none());
}

#[test]
fn known_decimals() {
    for (exponent, text) in [(64, "18446744073709551616"), (100, "1267650600228229401496703205376")] {
        let mut a = vec![0; shl_len(1, exponent).unwrap_or(0)];
        let len = shl(&mut a, &[1], exponent);
        let mut out = [0; 64];
        let n = Radix::DECIMAL.to_text(&mut out, &mut a[..len]);
        assert_eq!(out[..n], *text.as_bytes());
    }
}

#[test]
fn shifts_are_products_and_quotients() {
    let mut random = Random(5);
    for _ in 0..500 {
        let (a, bits) = (random.limbs(6), random.below(200));
        let mut up = vec![3; a.len() + bits / BITS + 1];
        let len = shl(&mut up, &a, bits);
        let mut down = vec![3; len + 1];
        let size = shr(&mut down, Signed { negative: true, limbs: &up[..len] }, bits);
        assert_eq!(down[..size.len], *trim(&a));
        // Any lost bit rounds down, away from zero.
        let mut more = sum(&up[..len], &[1]);
        more.push(0);
        let copy = more.clone();
        let size = shr(&mut more, Signed { negative: true, limbs: &copy }, bits.max(1));
        let exact = if bits == 0 { None } else { Some(sum(&a, &[1])) };
        assert!(exact.is_none_or(|exact| more[..size.len] == *exact));
    }
}

#[test]
fn logic_is_that_of_i64() {
    let mut random = Random(6);
    type OnLimbs = fn(&mut [Limb], Signed<'_>, Signed<'_>) -> SignedLen;
    type OnI64 = fn(i64, i64) -> i64;
    let ops: [(OnLimbs, OnI64); 5] = [
        (and, |x, y| x & y),
        (or, |x, y| x | y),
        (xor, |x, y| x ^ y),
        (add_signed, |x, y| x + y),
        (sub_signed, |x, y| x - y),
    ];
    for _ in 0..1000 {
        let mut number = || random.next() as i64 >> 1 >> random.below(63);
        let (x, y) = (number(), number());
        let ((xn, xs), (yn, ys)) = (from_i64(x), from_i64(y));
        let (a, b) = (Signed { negative: xn, limbs: &xs }, Signed { negative: yn, limbs: &ys });
        let mut out = [7; I64_LIMBS + 1];
        for (op, plain) in ops {
            let size = op(&mut out, a, b);
            assert_eq!(
                to_i64(Signed { negative: size.negative, limbs: &out[..size.len] }),
                Some(plain(x, y)),
                "{x} {y}"
            );
        }
        let size = not(&mut out, a);
        assert_eq!(to_i64(Signed { negative: size.negative, limbs: &out[..size.len] }), Some(!x));
        assert_eq!(cmp_signed(a, b), x.cmp(&y));
    }
    let (_, least) = from_i64(i64::MIN);
    assert_eq!(to_i64(Signed { negative: true, limbs: &least }), Some(i64::MIN));
    assert_eq!(to_i64(Signed { negative: false, limbs: &least }), None);
}

#[test]
fn bytes_round_trip() {
    let mut random = Random(7);
    for _ in 0..500 {
        let a = random.limbs(5);
        let room = random.below(50);
        for (order, negative) in
            [(Order::Little, false), (Order::Big, false), (Order::Little, true), (Order::Big, true)]
        {
            let number = Signed { negative, limbs: &a };
            let mut bytes = vec![0xaa; room];
            let fit = to_bytes(&mut bytes, number, order);
            let mut back = vec![3; from_bytes_len(room)];
            let size = from_bytes_signed(&mut back, &bytes, order);
            let same =
                cmp_signed(Signed { negative: size.negative, limbs: &back[..size.len] }, number) == Ordering::Equal;
            assert_eq!(fit.signed, same, "{a:x?} {room} {negative}");
            let len = from_bytes(&mut back, &bytes, order);
            let same = cmp_signed(Signed { negative: false, limbs: &back[..len] }, number) == Ordering::Equal;
            assert_eq!(fit.unsigned, same, "{a:x?} {room} {negative}");
        }
    }
}

#[test]
fn doubles_round_to_even() {
    let mut random = Random(8);
    let mut out = [0; F64_LIMBS];
    for _ in 0..2000 {
        let x = f64::from_bits(random.next());
        let Some(size) = from_f64(&mut out, x) else {
            continue;
        };
        assert_eq!(to_f64(Signed { negative: size.negative, limbs: &out[..size.len] }), x.trunc());
    }
    for _ in 0..2000 {
        let x = (u128::from(random.next()) << 64 | u128::from(random.next())) >> random.below(128);
        let limbs: Vec<Limb> = (0..128 / BITS).map(|i| (x >> (i * BITS)) as Limb).collect();
        assert_eq!(to_f64(Signed { negative: false, limbs: &limbs }), x as f64, "{x:x}");
    }
    assert_eq!(to_f64(Signed { negative: true, limbs: &[Limb::MAX; 1024 / BITS] }), f64::NEG_INFINITY);
    assert_eq!(from_f64(&mut out, f64::NAN), None);
}

#[test]
fn powers_multiply() {
    let mut random = Random(9);
    for _ in 0..60 {
        let (base, n, k) = (random.limbs(4), random.below(12), random.below(12));
        let power = |n: usize| {
            let len = pow_len(&base, n).unwrap_or(0);
            let (mut out, mut scratch) = (vec![1; len], vec![1; pow_scratch(len)]);
            let len = pow(&mut out, &base, n, &mut scratch);
            out.truncate(len);
            out
        };
        assert_eq!(product(&power(n), &power(k)), power(n + k));
        let modulus = random.limbs(3);
        for (base_negative, negative) in [(false, false), (true, false), (false, true), (true, true)] {
            let mut out = vec![0; modulus.len() + 1];
            let mut scratch = vec![1; modpow_scratch(base.len(), modulus.len())];
            let signed = Signed { negative: base_negative, limbs: &base };
            let m = Signed { negative, limbs: &modulus };
            let Some(size) = modpow(&mut out, signed, &[n as Limb], m, &mut scratch) else {
                assert!(trim(&modulus).is_empty());
                continue;
            };
            let whole = power(n);
            let mut work = vec![0; whole.len().max(modulus.len()) + 2];
            work[..whole.len()].copy_from_slice(&whole);
            let mut norm = vec![0; modulus.len()];
            let divide = if (base_negative && n % 2 == 1) != negative { divrem_floor } else { divrem };
            let expect = divide(&mut work, &modulus, &mut norm).map_or(0, |split| split.rem_len);
            assert_eq!(out[..size.len], work[..expect]);
        }
    }
}

#[test]
fn counts() {
    assert_eq!((bit_len(&[]), bit_len(&[0, 0]), bit_len(&[0, 1, 0])), (0, 0, BITS + 1));
    assert_eq!((popcount(&[3, 1]), trailing_zeros(&[0, 4]), trailing_zeros(&[0])), (3, Some(BITS + 2), None));
}
