//! Helpers over machine words and floats: objects to words and back, and arithmetic that is no instruction.

use super::{DONE, NO, YES, machine, obj, raised, word};
use crate::Vm;
use crate::types::list::List;
use crate::types::{exception, float, int, tuple};
use crate::value::{Args, BinaryOp, Gc, Obj, Res, TypeRef};

/// The float with these bits: single precision where that is what a word holds.
pub(super) fn float_of(bits: usize) -> f64 {
    if size_of::<usize>() < size_of::<f64>() { f32::from_bits(bits as u32).into() } else { f64::from_bits(bits as u64) }
}

/// The bits of a float.
fn bits_of(value: f64) -> usize {
    if size_of::<usize>() < size_of::<f64>() { (value as f32).to_bits() as usize } else { value.to_bits() as usize }
}

/// Writes a result to the word at `out`.
fn give<T>(out: usize, value: T) -> usize {
    // SAFETY: callers pass the address of room for a word.
    unsafe { core::ptr::with_exposed_provenance_mut::<T>(out).write(value) };
    DONE
}

fn given<T>(out: usize, answer: Res<T>) -> usize {
    match answer {
        Ok(value) => give(out, value),
        Err(raise) => raised(raise),
    }
}

pub(super) extern "C" fn pow_float(_: *mut Vm, left: usize, right: usize, out: usize) -> usize {
    match float::real_power(float_of(left), float_of(right)) {
        Some(power) => {
            give(out, bits_of(power));
            YES
        }
        None => NO,
    }
}

pub(super) extern "C" fn to_word(vm: *mut Vm, value: usize, kind: usize, out: usize) -> usize {
    // SAFETY: see `machine`.
    let vm = unsafe { machine(vm) };
    let answer = whole(vm, obj(value), kind != 0);
    given(out, answer)
}

/// The word of an int, too long ones cut off, or the address of what an object lets others look at.
fn whole(vm: &mut Vm, value: Obj, pointer: bool) -> Res<usize> {
    if pointer && let Some(buffer) = vm.buffer_of(value, false)? {
        return Ok(buffer.address());
    }
    let number = int::to_int(vm, value)?;
    Ok(int::low_bits(number).unwrap_or(0))
}

pub(super) extern "C" fn to_assembler(vm: *mut Vm, value: usize, out: usize) -> usize {
    // SAFETY: see `machine`.
    let vm = unsafe { machine(vm) };
    let answer = seen_by_assembler(vm, obj(value));
    given(out, answer)
}

/// As MicroPython has it: numbers as they are, the address of what lies in a buffer, list or tuple, and of all else the
/// object itself.
fn seen_by_assembler(vm: &mut Vm, value: Obj) -> Res<usize> {
    if let Some(number) = int::low_bits(value) {
        return Ok(number);
    }
    if value.is_none() || value == Obj::FALSE || value == Obj::TRUE {
        return Ok(usize::from(value == Obj::TRUE));
    }
    if let Some(value) = float::value(value) {
        return Ok(bits_of(value));
    }
    if let Some(list) = Gc::<List>::from_obj(value) {
        return Ok(list.items.start().as_ptr().expose_provenance());
    }
    if let Some(items) = tuple::items(value) {
        return Ok(items.as_ptr().expose_provenance());
    }
    Ok(vm.buffer_of(value, false)?.map_or(value.bits(), |buffer| buffer.address()))
}

pub(super) extern "C" fn to_pointer(vm: *mut Vm, value: usize, out: usize) -> usize {
    // SAFETY: see `machine` and `room`; there are two words.
    let (vm, out) =
        unsafe { (machine(vm), core::slice::from_raw_parts_mut(core::ptr::with_exposed_provenance_mut(out), 2)) };
    let value = obj(value);
    let made = match vm.buffer_of(value, false) {
        Ok(Some(buffer)) => Ok([buffer.address(), buffer.len()]),
        Ok(None) => whole(vm, value, false).map(|address| [address, usize::MAX]),
        Err(raise) => Err(raise),
    };
    match made {
        Ok(words) => {
            out.copy_from_slice(&words);
            DONE
        }
        Err(raise) => raised(raise),
    }
}

pub(super) extern "C" fn pointer_range(vm: *mut Vm, index: usize, count: usize) -> usize {
    // SAFETY: see `machine`.
    let vm = unsafe { machine(vm) };
    raised(vm.index_error(format_args!("pointer index {} is out of range, size {count}", index as isize)))
}

pub(super) extern "C" fn to_float(vm: *mut Vm, value: usize, out: usize) -> usize {
    // SAFETY: see `machine`.
    let vm = unsafe { machine(vm) };
    let made = vm.call(TypeRef::of(&float::TYPE).obj(), Args::pos(&[obj(value)]));
    given(out, made.map(|made| bits_of(float::value(made).unwrap_or(0.0))))
}

pub(super) extern "C" fn from_int(vm: *mut Vm, value: usize) -> usize {
    // SAFETY: see `machine`.
    let vm = unsafe { machine(vm) };
    word(int::new(vm, value as isize as i64))
}

pub(super) extern "C" fn from_uint(vm: *mut Vm, value: usize) -> usize {
    // SAFETY: see `machine`.
    let vm = unsafe { machine(vm) };
    word(int::from_usize(vm, value))
}

pub(super) extern "C" fn float_to_word(vm: *mut Vm, bits: usize, out: usize) -> usize {
    // SAFETY: see `machine`.
    let vm = unsafe { machine(vm) };
    let made = int::from_f64(vm, float_of(bits));
    given(out, made.map(|number| int::low_bits(number).unwrap_or(0)))
}

pub(super) extern "C" fn float_op(vm: *mut Vm, op: usize, left: usize, right: usize, out: usize) -> usize {
    // SAFETY: see `machine`.
    let vm = unsafe { machine(vm) };
    given(out, float_result(vm, op, float_of(left), float_of(right)).map(bits_of))
}

fn float_result(vm: &mut Vm, op: usize, left: f64, right: f64) -> Res<f64> {
    let Some(op) = BinaryOp::from_number(op as u8) else {
        return Err(vm.value_error(format_args!("malformed bytecode")));
    };
    let (left, right) = (float::new(vm, left)?, float::new(vm, right)?);
    let made = vm.binary(op, left, right)?;
    match float::value(made) {
        Some(value) => Ok(value),
        None => Err(vm.value_error(format_args!("power is complex"))),
    }
}

pub(super) extern "C" fn pow_word(vm: *mut Vm, base: usize, exponent: usize, out: usize) -> usize {
    // SAFETY: see `machine`.
    let vm = unsafe { machine(vm) };
    if (exponent as isize) < 0 {
        return raised(vm.value_error(format_args!("negative exponent")));
    }
    let (mut power, mut square, mut rest) = (1usize, base, exponent);
    while rest != 0 {
        if rest & 1 != 0 {
            power = power.wrapping_mul(square);
        }
        square = square.wrapping_mul(square);
        rest >>= 1;
    }
    give(out, power)
}

pub(super) extern "C" fn divide_by_zero(vm: *mut Vm) -> usize {
    // SAFETY: see `machine`.
    let vm = unsafe { machine(vm) };
    raised(vm.raise_new(&exception::ZERO_DIVISION_ERROR, format_args!("divide by zero")))
}

pub(super) extern "C" fn zero_step(vm: *mut Vm) -> usize {
    // SAFETY: see `machine`.
    let vm = unsafe { machine(vm) };
    raised(vm.value_error(format_args!("zero step")))
}
