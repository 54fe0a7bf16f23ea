//! gc: the collector as programs see it.

use crate::Vm;
use crate::q;
use crate::types::int;
use crate::value::{Entry, Obj, Res, Rom, fun0, row, var};

/// The names.
pub static TABLE: &[Entry] = &[
    row(q!("__name__"), Rom::Word(Obj::name(q!("gc")))),
    row(q!("collect"), fun0(collect)),
    row(q!("disable"), fun0(disable)),
    row(q!("enable"), fun0(enable)),
    row(q!("isenabled"), fun0(is_enabled)),
    row(q!("mem_alloc"), fun0(mem_alloc)),
    row(q!("mem_free"), fun0(mem_free)),
    row(q!("threshold"), var(0, 1, threshold)),
];

fn collect(vm: &mut Vm) -> Res {
    vm.heap.collect();
    vm.run_finalisers();
    Ok(Obj::small_wrapping(0))
}

fn disable(vm: &mut Vm) -> Res {
    vm.heap.disable();
    Ok(Obj::NONE)
}

fn enable(vm: &mut Vm) -> Res {
    vm.heap.enable();
    Ok(Obj::NONE)
}

fn is_enabled(vm: &mut Vm) -> Res {
    Ok(Obj::bool(vm.heap.is_enabled()))
}

fn mem_alloc(vm: &mut Vm) -> Res {
    let used = vm.heap.stats().used;
    int::from_usize(vm, used)
}

fn mem_free(vm: &mut Vm) -> Res {
    let free = vm.heap.stats().free;
    int::from_usize(vm, free)
}

fn threshold(vm: &mut Vm, args: &[Obj]) -> Res {
    let Some(bytes) = args.first() else {
        return match vm.heap.threshold() {
            // Whole blocks of upstream's heap, as scripts expect.
            Some(bytes) => int::from_usize(vm, bytes - bytes % (4 * size_of::<usize>())),
            None => Ok(Obj::small_wrapping(-1)),
        };
    };
    let bytes = int::index(vm, *bytes)?;
    vm.heap.set_threshold(usize::try_from(bytes).ok());
    Ok(Obj::NONE)
}
