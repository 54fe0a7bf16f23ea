//! select.poll: streams, and what is waited for at each.

use core::cell::Cell;

use crate::Vm;
use crate::q;
use crate::types::str::arg;
use crate::types::{exception, int, list, sequence, stream, tuple};
use crate::value::{Args, Entry, Flags, Gc, GcVec, Obj, Object, Res, Type, fun2, fun3, row, var};

/// Something can be read.
pub const IN: isize = 1;
/// Something can be written.
pub const OUT: isize = 4;
/// The bits of an `ioctl` that fails or that has hung up come unasked.
pub const ERR: isize = 8;
/// See `ERR`.
pub const HUP: isize = 16;

/// What `ioctl` is asked.
const POLL: isize = 3;
/// How long we sleep between two looks, in microseconds.
const NAP: u64 = 200;

/// Body of a poll object.
pub struct Poll {
    /// Triples: the stream, what is waited for, and what was there when it was last looked at.
    entries: GcVec<Obj>,
    /// `ipoll` gives next what is here or behind.
    at: Cell<usize>,
    /// What `ipoll` gives is not waited for again.
    once: Cell<bool>,
}

impl Object for Poll {
    const TYPE: &'static Type = &TYPE;
}

/// `poll`
pub static TYPE: Type = Type { flags: Flags::SELF_ITER, next: Some(next), table: TABLE, ..Type::new(q!("poll")) };

static TABLE: &[Entry] = &[
    row(q!("register"), var(2, 3, register)),
    row(q!("unregister"), fun2(unregister)),
    row(q!("modify"), fun3(modify)),
    row(q!("poll"), var(1, 2, poll)),
    row(q!("ipoll"), var(1, 3, ipoll)),
];

/// `poll()`
pub fn new(vm: &mut Vm) -> Res {
    Ok(Gc::alloc(vm, Poll { entries: GcVec::new(), at: Cell::new(usize::MAX), once: Cell::new(false) })?.obj())
}

impl Poll {
    fn find(&self, stream: Obj) -> Option<usize> {
        self.entries.slice().chunks_exact(3).position(|entry| entry[0] == stream).map(|at| 3 * at)
    }

    fn number(&self, at: usize) -> isize {
        self.entries.get(at).and_then(Obj::as_small).unwrap_or(0)
    }

    /// Has it wait for `mask` at a stream.
    pub fn add(&self, vm: &mut Vm, stream: Obj, mask: isize) -> Res<()> {
        let mask = Obj::small_wrapping(mask & 0xFFFF);
        match self.find(stream) {
            Some(at) => {
                self.entries.set(at + 1, mask);
                Ok(())
            }
            None => self.entries.extend(vm, &[stream, mask, Obj::small_wrapping(0)]),
        }
    }

    /// Looks at all streams once, and says at how many there is something.
    fn look(&self, vm: &mut Vm) -> Res<usize> {
        let (mut at, mut count) = (0, 0);
        // Python that is called on the way may register and unregister.
        while let Some(stream) = self.entries.get(at) {
            let mask = self.number(at + 1);
            let there = if mask == 0 { 0 } else { look(vm, stream, mask)? };
            if self.entries.get(at) == Some(stream) {
                self.entries.set(at + 2, Obj::small_wrapping(there));
            }
            count += usize::from(there != 0);
            at += 3;
        }
        Ok(count)
    }

    /// Waits until there is something, for so many milliseconds or, with a negative number, for ever.
    pub fn wait(&self, vm: &mut Vm, ms: isize) -> Res<usize> {
        vm.port.flush();
        let end = vm.port.ticks_us().saturating_add(u64::try_from(ms).unwrap_or(0).saturating_mul(1000));
        loop {
            let count = self.look(vm)?;
            let now = vm.port.ticks_us();
            if count > 0 || ms >= 0 && now >= end {
                return Ok(count);
            }
            vm.nap(if ms < 0 { NAP } else { NAP.min(end - now) });
            vm.poll()?;
            if vm.is_main_thread() && vm.port.interrupted() {
                return Err(vm.raise_args(&exception::KEYBOARD_INTERRUPT, &[]));
            }
        }
    }

    /// The streams at which there is something of `mask`.
    pub fn with(&self, vm: &mut Vm, mask: isize) -> Res {
        let found = GcVec::new();
        let mut at = 0;
        while let Some(stream) = self.entries.get(at) {
            if self.number(at + 2) & mask != 0 {
                found.push(vm, stream)?;
            }
            at += 3;
        }
        list::from_vec(vm, found)
    }
}

/// What there is of `mask` at a stream, of ours or a program's.
fn look(vm: &mut Vm, stream: Obj, mask: isize) -> Res<isize> {
    if stream::is_stream(stream)
        && let Some((read, write)) = stream::ready(vm, stream)?
    {
        return Ok(mask & ((isize::from(read) * IN) | (isize::from(write) * OUT)));
    }
    if vm.find_method(stream, q!("ioctl"))?.function.is_null() {
        return Err(vm.raise_new(&exception::OS_ERROR, format_args!("stream operation not supported")));
    }
    let there = vm.call_method(stream, q!("ioctl"), &[Obj::small_wrapping(POLL), Obj::small_wrapping(mask)])?;
    let there = int::index(vm, there)?;
    if there < 0 { Err(vm.os_error(there.wrapping_neg() as i32)) } else { Ok(there) }
}

/// `register(stream[, mask])`
fn register(vm: &mut Vm, args: &[Obj]) -> Res {
    let [this, stream, rest @ ..] = args else { return Ok(Obj::NULL) };
    let this = sequence::this::<Poll>(vm, *this)?;
    let mask = match rest.first() {
        Some(mask) => arg::int(vm, *mask)?,
        None => IN | OUT,
    };
    this.add(vm, *stream, mask)?;
    Ok(Obj::NONE)
}

/// `unregister(stream)`: one that is not there is no error.
fn unregister(vm: &mut Vm, this: Obj, stream: Obj) -> Res {
    let this = sequence::this::<Poll>(vm, this)?;
    if let Some(at) = this.find(stream) {
        for _ in 0..3 {
            this.entries.remove(at);
        }
    }
    Ok(Obj::NONE)
}

/// `modify(stream, mask)`
fn modify(vm: &mut Vm, this: Obj, stream: Obj, mask: Obj) -> Res {
    let this = sequence::this::<Poll>(vm, this)?;
    let mask = arg::int(vm, mask)?;
    if this.find(stream).is_none() {
        return Err(vm.os_error(2));
    }
    this.add(vm, stream, mask)?;
    Ok(Obj::NONE)
}

/// Milliseconds; absent and None mean for ever.
fn timeout(vm: &mut Vm, rest: &[Obj]) -> Res<isize> {
    match rest.first() {
        Some(ms) if !ms.is_none() => arg::int(vm, *ms),
        Some(_) | None => Ok(-1),
    }
}

/// `poll(ms=-1)`: a list of (stream, what is there).
fn poll(vm: &mut Vm, args: &[Obj]) -> Res {
    let [this, rest @ ..] = args else { return Ok(Obj::NULL) };
    let body = sequence::this::<Poll>(vm, *this)?;
    let ms = timeout(vm, rest)?;
    body.wait(vm, ms)?;
    body.at.set(0);
    body.once.set(false);
    let all = GcVec::new();
    loop {
        let pair = next(vm, *this)?;
        if pair.is_null() {
            return list::from_vec(vm, all);
        }
        all.push(vm, pair)?;
    }
}

/// `ipoll(ms=-1, flags=0)`: the same, one after the other. With flag 1 each is waited for once only.
fn ipoll(vm: &mut Vm, args: &[Obj]) -> Res {
    let [this, rest @ ..] = args else { return Ok(Obj::NULL) };
    let body = sequence::this::<Poll>(vm, *this)?;
    let ms = timeout(vm, rest)?;
    let flags = match rest.get(1) {
        Some(flags) => arg::int(vm, *flags)?,
        None => 0,
    };
    body.wait(vm, ms)?;
    body.at.set(0);
    body.once.set(flags & 1 != 0);
    Ok(*this)
}

fn next(vm: &mut Vm, this: Obj) -> Res {
    let body = sequence::this::<Poll>(vm, this)?;
    while let Some(stream) = body.entries.get(body.at.get()) {
        let at = body.at.get();
        body.at.set(at + 3);
        let there = body.number(at + 2);
        if there != 0 {
            if body.once.get() {
                body.entries.set(at + 1, Obj::small_wrapping(0));
            }
            return tuple::new(vm, &[stream, Obj::small_wrapping(there)]);
        }
    }
    body.at.set(usize::MAX);
    Ok(Obj::NULL)
}

/// `select.select(read, write, failed[, seconds])`
pub fn select(vm: &mut Vm, args: Args<'_>) -> Res {
    vm.no_keywords(args)?;
    vm.check_count(args.pos.len(), 3, 4)?;
    let all = new(vm)?;
    let all = sequence::this::<Poll>(vm, all)?;
    let masks = [IN, OUT, ERR | HUP];
    for (streams, mask) in args.pos.iter().zip(masks) {
        sequence::iterate(vm, *streams, |vm, stream| {
            let old = all.find(stream).map_or(0, |at| all.number(at + 1));
            all.add(vm, stream, old | mask)
        })?;
    }
    let ms = match args.pos.get(3) {
        Some(seconds) if !seconds.is_none() => {
            let seconds = crate::types::float::expect(vm, *seconds)?;
            (seconds * 1000.0) as isize
        }
        Some(_) | None => -1,
    };
    all.wait(vm, ms)?;
    let mut lists = [Obj::NULL; 3];
    for (list, mask) in lists.iter_mut().zip(masks) {
        *list = all.with(vm, mask)?;
    }
    tuple::new(vm, &lists)
}
