//! micropython: the machine's memory, stack and scheduler.

use crate::Vm;
use crate::compile::emitter::CodeMemory;
use crate::q;
use crate::types::{emergency, int};
use crate::value::{Entry, Obj, Res, Rom, Stdout, fun0, fun1, fun2, put, row, var};

/// The names.
pub static TABLE: &[Entry] = &[
    row(q!("__name__"), Rom::Word(Obj::name(q!("micropython")))),
    row(q!("const"), fun1(constant)),
    row(q!("opt_level"), var(0, 1, opt_level)),
    row(q!("mem_total"), fun0(mem_total)),
    row(q!("mem_current"), fun0(mem_current)),
    row(q!("mem_peak"), fun0(mem_peak)),
    row(q!("mem_info"), var(0, 1, mem_info)),
    row(q!("qstr_info"), var(0, 1, qstr_info)),
    row(q!("stack_use"), fun0(stack_use)),
    row(q!("heap_lock"), fun0(heap_lock)),
    row(q!("heap_unlock"), fun0(heap_unlock)),
    row(q!("heap_locked"), fun0(heap_locked)),
    row(q!("alloc_emergency_exception_buf"), fun1(emergency_buffer)),
    row(q!("kbd_intr"), fun1(kbd_intr)),
    row(q!("schedule"), fun2(schedule)),
    #[cfg(feature = "trace")]
    row(q!("explain"), fun1(explain)),
    row(q!("RingIO"), Rom::Type(&crate::types::ringio::TYPE)),
];

fn constant(_: &mut Vm, value: Obj) -> Res {
    Ok(value)
}

fn opt_level(vm: &mut Vm, args: &[Obj]) -> Res {
    match args.first() {
        Some(level) => {
            vm.options.optimise = int::index(vm, *level)?.clamp(0, 3) as u8;
            Ok(Obj::NONE)
        }
        None => Ok(Obj::small_wrapping(vm.options.optimise as isize)),
    }
}

/// All that was ever handed out, whether it is still in use or not.
fn mem_total(vm: &mut Vm) -> Res {
    let total = vm.heap.stats().handed_out;
    int::from_usize(vm, total)
}

fn mem_current(vm: &mut Vm) -> Res {
    let used = vm.heap.stats().used;
    int::from_usize(vm, used)
}

fn mem_peak(vm: &mut Vm) -> Res {
    let peak = vm.heap.stats().peak;
    int::from_usize(vm, peak)
}

/// Scripts read these lines, so their form is upstream's. Blocks of upstream's heap have no like here: pages stand for them.
fn mem_info(vm: &mut Vm, args: &[Obj]) -> Res {
    let stats = vm.heap.stats();
    let (stack, limit) = vm.stack_use();
    let out = &mut Stdout;
    put(vm, out, format_args!("mem: total={}, current={}, peak={}\n", stats.handed_out, stats.used, stats.peak))?;
    put(vm, out, format_args!("stack: {stack} out of {limit}\n"))?;
    put(vm, out, format_args!("GC: total: {}, used: {}, free: {}\n", stats.total, stats.used, stats.free))?;
    let block = 4 * size_of::<usize>();
    let (largest, free) = (stats.live / block, stats.largest_free / block);
    put(vm, out, format_args!(" No. of 1-blocks: 0, 2-blocks: 0, max blk sz: {largest}, max free sz: {free}\n"))?;
    if !args.is_empty() {
        layout(vm)?;
        machine_code(vm)?;
    }
    Ok(Obj::NONE)
}

/// What machine code takes, where some can be made. Behind the layout, where scripts expect lines of any form.
fn machine_code(vm: &mut Vm) -> Res<()> {
    let Some(memory) = vm.emitter.as_ref().and_then(|emitter| emitter.memory()) else { return Ok(()) };
    let CodeMemory { functions, used, reserved, apart, compiled, spent_us } = memory;
    let out = &mut Stdout;
    put(vm, out, format_args!("code: functions={functions}, used={used}, reserved={reserved}, {apart}\n"))?;
    put(vm, out, format_args!("code: compiled={compiled} in {}.{:03} ms\n", spent_us / 1000, spent_us % 1000))
}

/// `explain(f)` prints what of a function is machine code, and why not more of it.
#[cfg(feature = "trace")]
fn explain(vm: &mut Vm, f: Obj) -> Res {
    let text = crate::run::again::explain(vm, f)?;
    let text = core::str::from_utf8(&text).unwrap_or("");
    put(vm, &mut Stdout, format_args!("{text}"))?;
    Ok(Obj::NONE)
}

/// Which page of the heap is what, 64 to a line: free, cells of one size, a large cell and its rest.
fn layout(vm: &mut Vm) -> Res {
    const ROW: usize = 64;
    let out = &mut Stdout;
    put(vm, out, format_args!("GC memory layout; from {:x}:", vm.heap.start()))?;
    let mut at = 0;
    while let Some((len, first, other)) = vm.heap.run(at) {
        for page in at..at + len {
            if page % ROW == 0 {
                put(vm, out, format_args!("\n{:08x}: ", page * crate::gc::PAGE))?;
            }
            let letter = if page == at { first } else { other };
            put(vm, out, format_args!("{letter}"))?;
        }
        at += len;
    }
    put(vm, out, format_args!("\n"))?;
    Ok(Obj::NONE)
}

/// Counts the names that were made at run time, and with an argument lists them.
fn qstr_info(vm: &mut Vm, args: &[Obj]) -> Res {
    let (names, bytes) = vm.pool.stats();
    let total = bytes + names * 2 * size_of::<usize>();
    put(
        vm,
        &mut Stdout,
        format_args!("qstr pool: n_pool=1, n_qstr={names}, n_str_data_bytes={bytes}, n_total_bytes={total}\n"),
    )?;
    if !args.is_empty() {
        for number in 0..names {
            let name = vm.text_of_name(vm.pool.made(number));
            put(vm, &mut Stdout, format_args!("Q({name})\n"))?;
        }
    }
    Ok(Obj::NONE)
}

fn stack_use(vm: &mut Vm) -> Res {
    let (used, _) = vm.stack_use();
    int::from_usize(vm, used)
}

fn heap_lock(vm: &mut Vm) -> Res {
    vm.heap.lock();
    Ok(Obj::NONE)
}

fn heap_unlock(vm: &mut Vm) -> Res {
    vm.heap.unlock();
    Ok(Obj::small_wrapping(vm.heap.lock_depth() as isize))
}

fn heap_locked(vm: &mut Vm) -> Res {
    Ok(Obj::small_wrapping(vm.heap.lock_depth() as isize))
}

/// Makes room for the text of exceptions that are raised while the heap is locked or full.
fn emergency_buffer(vm: &mut Vm, size: Obj) -> Res {
    let size = int::index(vm, size)?;
    emergency::reserve(vm, usize::try_from(size).unwrap_or(0))?;
    Ok(Obj::NONE)
}

fn kbd_intr(vm: &mut Vm, char: Obj) -> Res {
    vm.interrupt_char = int::index(vm, char)? as i32;
    Ok(Obj::NONE)
}

/// `schedule(kbd_intr, None)` has KeyboardInterrupt raised once what runs now has come to its next stop, however often it
/// is called.
fn schedule(vm: &mut Vm, function: Obj, argument: Obj) -> Res {
    if argument.is_none()
        && let Some(own) = super::find(q!("micropython")).and_then(|table| Entry::find(table, q!("kbd_intr")))
        && function == vm.rom_value(own)?
    {
        vm.interrupt_scheduled = true;
        vm.pending |= 1;
        return Ok(Obj::NONE);
    }
    crate::run::schedule(vm, function, argument)?;
    Ok(Obj::NONE)
}
