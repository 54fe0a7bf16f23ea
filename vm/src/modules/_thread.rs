//! _thread: starting threads, and locks.

use core::cell::Cell;

use crate::Vm;
use crate::q;
use crate::run::thread::{self, Queue};
use crate::types::list::List;
use crate::types::{dict, exception, float, int, sequence, tuple};
use crate::value::{Args, Entry, Gc, GcVec, Obj, Object, Res, Rom, Type, fun0, fun1, kw, row, var};

/// The names.
pub static TABLE: &[Entry] = &[
    row(q!("__name__"), Rom::Word(Obj::name(q!("_thread")))),
    row(q!("LockType"), Rom::Type(&LOCK)),
    row(q!("error"), Rom::Type(&exception::RUNTIME_ERROR)),
    row(q!("allocate_lock"), fun0(allocate_lock)),
    row(q!("exit"), fun0(exit)),
    row(q!("get_ident"), fun0(get_ident)),
    row(q!("interrupt_main"), fun0(interrupt_main)),
    row(q!("stack_size"), var(0, 1, stack_size)),
    row(q!("start_new_thread"), var(2, 3, start_new_thread)),
];

/// Body of a lock.
#[repr(C)]
pub struct Lock {
    locked: Cell<bool>,
    queue: Cell<Queue>,
}

impl Object for Lock {
    const TYPE: &'static Type = &LOCK;
}

/// `lock`
pub static LOCK: Type = Type { table: LOCK_TABLE, ..Type::new(q!("lock")) };

static LOCK_TABLE: &[Entry] = &[
    row(q!("acquire"), kw(1, acquire)),
    row(q!("release"), fun1(release)),
    row(q!("locked"), fun1(locked)),
    row(q!("__enter__"), fun1(enter)),
    row(q!("__exit__"), var(4, 4, leave)),
];

fn allocate_lock(vm: &mut Vm) -> Res {
    Ok(Gc::alloc(vm, Lock { locked: Cell::new(false), queue: Cell::new(Queue::EMPTY) })?.obj())
}

/// `lock.acquire(blocking=True, timeout=-1)`
fn acquire(vm: &mut Vm, args: Args<'_>) -> Res {
    let mut values = [Obj::NULL, Obj::TRUE, Obj::small_wrapping(-1)];
    vm.bind_args(args, &[q!("self"), q!("blocking"), q!("timeout")], 3, &mut values)?;
    let [lock, blocking, timeout] = values;
    let Some(lock) = Gc::<Lock>::from_obj(lock) else { return Ok(Obj::NULL) };
    let seconds = float::expect(vm, timeout)?;
    let us = if !vm.truth(blocking)? {
        Some(0)
    } else if seconds < 0.0 {
        None
    } else {
        Some((seconds * 1e6) as u64)
    };
    Ok(Obj::bool(take(vm, lock, us)?))
}

fn take(vm: &mut Vm, lock: Gc<Lock>, us: Option<u64>) -> Res<bool> {
    if !lock.locked.get() {
        lock.locked.set(true);
        return Ok(true);
    }
    if us == Some(0) {
        return Ok(false);
    }
    // Who releases it leaves it locked, for this thread.
    thread::wait(vm, &lock.queue, us)
}

fn enter(vm: &mut Vm, obj: Obj) -> Res {
    match Gc::<Lock>::from_obj(obj) {
        Some(lock) => Ok(Obj::bool(take(vm, lock, None)?)),
        None => Ok(Obj::NULL),
    }
}

fn release(vm: &mut Vm, obj: Obj) -> Res {
    let Some(lock) = Gc::<Lock>::from_obj(obj) else { return Ok(Obj::NULL) };
    if !lock.locked.get() {
        return Err(vm.raise_args(&exception::RUNTIME_ERROR, &[]));
    }
    if !thread::grant(vm, &lock.queue) {
        lock.locked.set(false);
    }
    Ok(Obj::NONE)
}

fn leave(vm: &mut Vm, args: &[Obj]) -> Res {
    release(vm, args[0])
}

fn locked(_: &mut Vm, obj: Obj) -> Res {
    Ok(Gc::<Lock>::from_obj(obj).map_or(Obj::NULL, |lock| Obj::bool(lock.locked.get())))
}

fn exit(vm: &mut Vm) -> Res {
    Err(vm.raise_args(&exception::SYSTEM_EXIT, &[]))
}

fn get_ident(vm: &mut Vm) -> Res {
    Ok(Obj::small_wrapping(thread::number(vm) as isize))
}

fn interrupt_main(vm: &mut Vm) -> Res {
    thread::interrupt_main(vm);
    Ok(Obj::NONE)
}

fn stack_size(vm: &mut Vm, args: &[Obj]) -> Res {
    let size = match args.first() {
        Some(size) => int::index(vm, *size)?,
        None => 0,
    };
    let Ok(size) = usize::try_from(size) else {
        return Err(vm.value_error(format_args!("size must be 0 or a positive value")));
    };
    let before = thread::set_stack_size(vm, size);
    int::from_usize(vm, before)
}

/// `start_new_thread(function, args, kwargs={})`
fn start_new_thread(vm: &mut Vm, args: &[Obj]) -> Res {
    let [function, pos, ref rest @ ..] = *args else { return Ok(Obj::NULL) };
    let all = GcVec::new();
    if let Some(kw) = rest.first() {
        let Some(map) = dict::map(*kw) else {
            return Err(vm.type_error(format_args!("expecting a dict for keyword args")));
        };
        let mut from = 0;
        while let Some((at, key, value)) = map.next(from) {
            all.push(vm, key)?;
            all.push(vm, value)?;
            from = at + 1;
        }
    }
    let pos = match Gc::<List>::from_obj(pos) {
        Some(list) => list.items.slice(),
        None => match tuple::items(pos) {
            Some(items) => items,
            None => return Err(sequence::not_items(vm, pos)),
        },
    };
    let number = thread::start(vm, function, pos, all.slice())?;
    int::from_usize(vm, number)
}
