//! Where a thread lets others run: between instructions, while it sleeps or reads, and at locks.

use core::cell::Cell;

use super::queue::Link;
use super::{LOOK_US, Lock, Queue, Thread, is_main, prepare, without_lock};
use crate::Vm;
use crate::port::FileId;
use crate::value::{Raise, Res};

/// Lets other threads run that wait for the machine.
pub fn give_way(vm: &mut Vm) {
    give_way_if(vm, |lock| !lock.queue.is_empty());
}

/// Lets other threads run that have waited long enough.
pub fn give_slice(vm: &mut Vm) {
    give_way_if(vm, |lock| lock.wanted);
}

fn give_way_if(vm: &mut Vm, asked: fn(&Lock) -> bool) {
    let Some(port) = vm.team.port.filter(|_| vm.team.others > 0) else { return };
    port.lock();
    let asked = vm.team.lock.as_deref().is_some_and(asked);
    port.unlock();
    if asked {
        without_lock(vm, port, &mut || ());
    }
}

/// Waits; other threads run meanwhile.
pub fn nap(vm: &mut Vm, us: u64) {
    match vm.team.port.filter(|_| vm.team.others > 0) {
        Some(port) => without_lock(vm, port, &mut || port.sleep_us(us)),
        None => vm.port.sleep_us(us),
    }
}

/// Before a read that may block: lets other threads run until it would not.
pub fn before_read(vm: &mut Vm, file: FileId) -> Res<()> {
    let Some(port) = vm.team.port.filter(|_| vm.team.others > 0) else { return Ok(()) };
    if let Some(number) = vm.port.blocks_on(file) {
        vm.port.flush();
        without_lock(vm, port, &mut || port.wait_readable(number));
        vm.run_pending()?;
    }
    Ok(())
}

/// Waits in `queue`, which `grant` empties, at most `us` microseconds. Whether it was granted.
pub fn wait(vm: &mut Vm, queue: &Cell<Queue>, us: Option<u64>) -> Res<bool> {
    let port = prepare(vm)?;
    vm.port.flush();
    let thread = vm.team.current;
    let main = is_main(vm);
    let start = vm.port.ticks_us();
    change(queue, |queue| queue.push(thread, Link::Lock));
    loop {
        let left = us.map(|us| us.saturating_sub(vm.port.ticks_us().wrapping_sub(start)));
        if left == Some(0) {
            change(queue, |queue| queue.remove(thread, Link::Lock));
            return Ok(false);
        }
        let most = if main { Some(left.unwrap_or(LOOK_US).min(LOOK_US)) } else { left };
        without_lock(vm, port, &mut || {
            port.lock();
            // SAFETY: this thread's own, changed by others under the port's lock.
            unsafe {
                while !(&raw const (*thread).granted).read_volatile() {
                    port.wait((*thread).gate, most);
                    if most.is_some() {
                        break;
                    }
                }
            }
            port.unlock();
        });
        // SAFETY: as above; whoever grants holds the machine.
        unsafe {
            if core::mem::replace(&mut (*thread).granted, false) {
                return Ok(true);
            }
        }
        if let Err(raise) = vm.run_pending() {
            return Err(give_up(queue, thread, raise));
        }
        // A scheduled function may have released it.
        // SAFETY: as above.
        unsafe {
            if core::mem::replace(&mut (*thread).granted, false) {
                return Ok(true);
            }
        }
    }
}

fn give_up(queue: &Cell<Queue>, thread: *mut Thread, raise: Raise) -> Raise {
    change(queue, |queue| queue.remove(thread, Link::Lock));
    raise
}

fn change(queue: &Cell<Queue>, with: impl FnOnce(&mut Queue)) {
    let mut changed = queue.get();
    with(&mut changed);
    queue.set(changed);
}

/// Ends the waiting of the first in `queue`; false when nobody waits.
pub fn grant(vm: &mut Vm, queue: &Cell<Queue>) -> bool {
    let Some(port) = vm.team.port else { return false };
    let mut changed = queue.get();
    let Some(next) = changed.pop(Link::Lock) else { return false };
    queue.set(changed);
    port.lock();
    // SAFETY: who waits in a queue is alive.
    unsafe {
        (*next).granted = true;
        port.wake((*next).gate);
    }
    port.unlock();
    true
}
