//! machine: the chip. What is here is what every board has; pins, timers and the like are later work.

use crate::Vm;
use crate::port::Chip;
use crate::q;
use crate::types::{bytes, exception, int, sequence};
use crate::value::{Entry, Gc, Obj, Object, PrintKind, Res, Rom, Sink, Type, fun0, put, row, var};

/// The names.
pub static TABLE: &[Entry] = &[
    row(q!("__name__"), Rom::Word(Obj::name(q!("machine")))),
    row(q!("mem8"), Rom::Make(|vm| memory(vm, 1))),
    row(q!("mem16"), Rom::Make(|vm| memory(vm, 2))),
    row(q!("mem32"), Rom::Make(|vm| memory(vm, 4))),
    row(q!("reset"), fun0(reset)),
    row(q!("soft_reset"), fun0(soft_reset)),
    row(q!("unique_id"), fun0(unique_id)),
    row(q!("freq"), fun0(frequency)),
    row(q!("idle"), fun0(idle)),
    row(q!("disable_irq"), fun0(disable_irq)),
    row(q!("enable_irq"), var(0, 1, enable_irq)),
];

/// Body of `mem8`, `mem16` and `mem32`: memory as words of so many bytes, indexed by address.
struct Memory {
    bytes: usize,
}

impl Object for Memory {
    const TYPE: &'static Type = &MEMORY;
}

static MEMORY: Type =
    Type { print: Some(print), get_item: Some(get_item), set_item: Some(set_item), ..Type::new(q!("mem")) };

fn memory(vm: &mut Vm, bytes: usize) -> Res {
    Ok(Gc::alloc(vm, Memory { bytes })?.obj())
}

fn print(vm: &mut Vm, sink: &mut dyn Sink, obj: Obj, _: PrintKind) -> Res<()> {
    let bits = Gc::<Memory>::from_obj(obj).map_or(0, |memory| memory.bytes * 8);
    put(vm, sink, format_args!("<{bits}-bit memory>"))
}

/// Size and address of an access. Only aligned ones are one access.
fn place(vm: &mut Vm, obj: Obj, index: Obj) -> Res<(usize, usize)> {
    let memory = sequence::this::<Memory>(vm, obj)?;
    let Some(address) = int::low_bits(index) else {
        let ty = vm.type_name(index);
        return Err(vm.type_error(format_args!("can't convert {ty} to int")));
    };
    if !address.is_multiple_of(memory.bytes) {
        return Err(vm.value_error(format_args!("address {address:08x} is not aligned to {} bytes", memory.bytes)));
    }
    Ok((memory.bytes, address))
}

fn get_item(vm: &mut Vm, obj: Obj, index: Obj) -> Res {
    let (bytes, address) = place(vm, obj, index)?;
    let value = chip(vm)?.read(address, bytes);
    int::from_u64(vm, u64::from(value))
}

fn set_item(vm: &mut Vm, obj: Obj, index: Obj, value: Obj) -> Res<()> {
    if value.is_null() {
        return Err(vm.type_error(format_args!("memory cannot be deleted")));
    }
    let (bytes, address) = place(vm, obj, index)?;
    let Some(value) = int::low_bits(value) else {
        let ty = vm.type_name(value);
        return Err(vm.type_error(format_args!("can't convert {ty} to int")));
    };
    chip(vm)?.write(address, bytes, value as u32);
    Ok(())
}

/// The chip that the port is on.
fn chip(vm: &mut Vm) -> Res<&'static dyn Chip> {
    match vm.port.chip() {
        Some(chip) => Ok(chip),
        None => Err(vm.os_error(19)),
    }
}

fn reset(vm: &mut Vm) -> Res {
    vm.port.flush();
    chip(vm)?.reset()
}

/// The prompt takes SystemExit for the wish to begin with a new machine.
fn soft_reset(vm: &mut Vm) -> Res {
    Err(vm.raise_args(&exception::SYSTEM_EXIT, &[]))
}

fn unique_id(vm: &mut Vm) -> Res {
    let id = chip(vm)?.unique_id();
    bytes::new(vm, id)
}

fn frequency(vm: &mut Vm) -> Res {
    let hz = chip(vm)?.frequency();
    int::from_u64(vm, u64::from(hz))
}

fn idle(vm: &mut Vm) -> Res {
    chip(vm)?.idle();
    Ok(Obj::NONE)
}

/// The answer is for `enable_irq`.
fn disable_irq(vm: &mut Vm) -> Res {
    Ok(Obj::bool(chip(vm)?.disable_interrupts()))
}

/// `enable_irq(state=True)`
fn enable_irq(vm: &mut Vm, args: &[Obj]) -> Res {
    let on = match args.first() {
        Some(state) => vm.truth(*state)?,
        None => true,
    };
    if on {
        chip(vm)?.enable_interrupts();
    }
    Ok(Obj::NONE)
}
