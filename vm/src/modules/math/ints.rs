//! Functions of ints: factorials, divisors, choices, roots.

use crate::Vm;
use crate::q;
use crate::types::int;
use crate::value::{Args, BinaryOp, Obj, Res};

/// The product of all ints from `low` to `high`, halved again and again so that the factors are of like size.
fn product(vm: &mut Vm, low: isize, high: isize) -> Res {
    if low >= high {
        return int::new(vm, if low == high { low as i64 } else { 1 });
    }
    let middle = low + (high - low) / 2;
    // Half of the factors are above the middle: a product that no heap can hold is refused before any work.
    let bits = ((high - middle) as usize).saturating_mul(middle.unsigned_abs().max(1).ilog2() as usize);
    if bits / 8 > vm.heap.limit() {
        return Err(vm.memory_error_of(bits / 8));
    }
    let left = product(vm, low, middle)?;
    let right = product(vm, middle + 1, high)?;
    int::multiply(vm, left, right)
}

/// `factorial`
pub(super) fn factorial(vm: &mut Vm, n: Obj) -> Res {
    let n = int::index(vm, n)?;
    if n < 0 {
        return Err(vm.value_error(format_args!("negative factorial")));
    }
    product(vm, 1, n)
}

/// An int argument that is not negative.
fn natural(vm: &mut Vm, n: Obj) -> Res<isize> {
    match int::index(vm, n)? {
        n if n < 0 => Err(vm.value_error(format_args!("must be a non-negative integer"))),
        n => Ok(n),
    }
}

/// `comb`
pub(super) fn comb(vm: &mut Vm, n: Obj, k: Obj) -> Res {
    let (n, k) = (int::to_int(vm, n)?, int::to_int(vm, k)?);
    let (n, k) = (natural(vm, n)?, natural(vm, k)?);
    if k > n {
        return int::new(vm, 0);
    }
    let k = k.min(n - k);
    let (above, below) = (product(vm, n - k + 1, n)?, product(vm, 1, k)?);
    Ok(int::divmod(vm, above, below)?.0)
}

/// `perm`
pub(super) fn perm(vm: &mut Vm, args: &[Obj]) -> Res {
    let n = int::to_int(vm, args[0])?;
    if let Some(k) = args.get(1).filter(|k| !k.is_none()) {
        int::to_int(vm, *k)?;
    }
    let n = natural(vm, n)?;
    let k = match args.get(1).copied().filter(|k| !k.is_none()) {
        Some(k) => natural(vm, k)?,
        None => n,
    };
    if k > n { int::new(vm, 0) } else { product(vm, n - k + 1, n) }
}

/// `gcd`
pub(super) fn gcd(vm: &mut Vm, args: &[Obj]) -> Res {
    let mut sum = Obj::small_wrapping(0);
    for x in args {
        let x = int::to_int(vm, *x)?;
        sum = common_divisor(vm, sum, x)?;
    }
    Ok(sum)
}

/// Euclid's algorithm.
fn common_divisor(vm: &mut Vm, a: Obj, b: Obj) -> Res {
    let (mut a, mut b) = (a, b);
    while b != Obj::small_wrapping(0) {
        (a, b) = (b, int::divmod(vm, a, b)?.1);
    }
    vm.unary(crate::value::UnaryOp::Abs, a)
}

/// `lcm`
pub(super) fn lcm(vm: &mut Vm, args: &[Obj]) -> Res {
    let mut all = Obj::small_wrapping(1);
    for x in args {
        let x = int::to_int(vm, *x)?;
        let zero = Obj::small_wrapping(0);
        if all == zero || x == zero {
            all = zero;
            continue;
        }
        let common = common_divisor(vm, all, x)?;
        let part = int::divmod(vm, x, common)?.0;
        let product = int::multiply(vm, all, part)?;
        all = vm.unary(crate::value::UnaryOp::Abs, product)?;
    }
    Ok(all)
}

/// The whole part of the square root, by Newton's method from above.
pub(super) fn isqrt(vm: &mut Vm, n: Obj) -> Res {
    let n = int::to_int(vm, n)?;
    let zero = Obj::small_wrapping(0);
    if int::order(n, zero) == Some(core::cmp::Ordering::Less) {
        return Err(vm.value_error(format_args!("isqrt() argument must be nonnegative")));
    }
    if n == zero {
        return Ok(zero);
    }
    let one = Obj::small_wrapping(1);
    let bits = vm.call_method(n, q!("bit_length"), &[])?;
    let half = (int::index(vm, bits)? + 1) / 2;
    let mut root = int::shift_left(vm, one, Obj::small_wrapping(half))?;
    loop {
        let quot = int::divmod(vm, n, root)?.0;
        let sum = int::add(vm, root, quot)?;
        let next = int::shift_right(vm, sum, one)?;
        if int::order(next, root) != Some(core::cmp::Ordering::Less) {
            return Ok(root);
        }
        root = next;
    }
}

/// `prod`
pub(super) fn prod(vm: &mut Vm, args: Args<'_>) -> Res {
    let mut values = [Obj::NULL, Obj::small_wrapping(1)];
    vm.bind_args(args, &[q!("iterable"), q!("start")], 1, &mut values)?;
    let [iterable, mut product] = values;
    let iter = vm.iter(iterable)?;
    loop {
        let item = vm.next(iter)?;
        if item.is_null() {
            return Ok(product);
        }
        product = vm.binary(BinaryOp::Multiply, product, item)?;
    }
}
