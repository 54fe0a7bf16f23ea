//! random: numbers for games and simulations, not for secrets.

use crate::Vm;
use crate::num::random::Random;
use crate::q;
use crate::types::{float, int};
use crate::value::{Entry, Obj, Raise, Res, Rom, fun0, fun1, fun2, row, var};

/// Names of the module.
pub static TABLE: &[Entry] = &[
    row(q!("__name__"), Rom::Word(Obj::name(q!("random")))),
    row(q!("choice"), fun1(choice)),
    row(q!("getrandbits"), fun1(bits)),
    row(q!("randint"), fun2(between)),
    row(q!("random"), fun0(unit)),
    row(q!("randrange"), var(1, 3, range)),
    row(q!("seed"), var(0, 1, seed)),
    row(q!("uniform"), fun2(uniform)),
];

/// The machine's generator, seeded from the port when it is first used.
fn generator(vm: &mut Vm) -> &mut Random {
    let mut bytes = [0; 4];
    if vm.random.is_none() && !vm.port.random(&mut bytes) {
        bytes = (vm.port.ticks_us() as u32).to_le_bytes();
    }
    vm.random.get_or_insert_with(|| Random::new(u32::from_le_bytes(bytes)))
}

fn seed(vm: &mut Vm, args: &[Obj]) -> Res {
    vm.random = match args {
        [] | [Obj::NONE] => None,
        // The low 32 bits are meant, as upstream's seeds are.
        [value, ..] => {
            let value = int::to_int(vm, *value)?;
            int::low_bits(value).map(|bits| Random::new(bits as u32))
        }
    };
    Ok(Obj::NONE)
}

fn bits(vm: &mut Vm, count: Obj) -> Res {
    let count = int::index(vm, count)?;
    match count {
        0 => Ok(Obj::small_wrapping(0)),
        1..=32 => {
            let word = generator(vm).word();
            int::from_u64(vm, u64::from(word & u32::MAX >> (32 - count)))
        }
        _ => Err(vm.value_error(format_args!("bits must be 32 or less"))),
    }
}

/// `start + step * i` for a random `i` below `count`.
fn pick(vm: &mut Vm, start: isize, step: isize, count: u64) -> Res {
    let steps = generator(vm).below(count);
    // Each of the numbers lies between start and stop, so the sum wraps back into range.
    int::new(vm, (start as i64).wrapping_add((step as i64).wrapping_mul(steps as i64)))
}

fn empty(vm: &mut Vm) -> Raise {
    vm.value_error(format_args!("empty range"))
}

fn range(vm: &mut Vm, args: &[Obj]) -> Res {
    let mut numbers = [0; 3];
    for (number, arg) in numbers.iter_mut().zip(args) {
        *number = int::index(vm, *arg)?;
    }
    let (start, stop, step) = match args.len() {
        1 => (0, numbers[0], 1),
        2 => (numbers[0], numbers[1], 1),
        _ => (numbers[0], numbers[1], numbers[2]),
    };
    let span = match step {
        1.. if start < stop => stop.abs_diff(start),
        ..=-1 if start > stop => start.abs_diff(stop),
        _ => return Err(empty(vm)),
    };
    pick(vm, start, step, span.div_ceil(step.unsigned_abs()) as u64)
}

fn between(vm: &mut Vm, first: Obj, last: Obj) -> Res {
    let (first, last) = (int::index(vm, first)?, int::index(vm, last)?);
    if first > last {
        return Err(empty(vm));
    }
    pick(vm, first, 1, (last.abs_diff(first) as u64).saturating_add(1))
}

fn choice(vm: &mut Vm, sequence: Obj) -> Res {
    let len = vm.len(sequence)?;
    match int::index(vm, len)? {
        len @ 1.. => {
            let at = pick(vm, 0, 1, len as u64)?;
            vm.get_item(sequence, at)
        }
        _ => Err(vm.index_error(format_args!("sequence is empty"))),
    }
}

fn unit(vm: &mut Vm) -> Res {
    let value = generator(vm).float();
    float::new(vm, value)
}

fn uniform(vm: &mut Vm, a: Obj, b: Obj) -> Res {
    let (a, b) = (float::expect(vm, a)?, float::expect(vm, b)?);
    let value = a + (b - a) * generator(vm).float();
    float::new(vm, value)
}
