//! `GcVec<T>`: growable storage inside the collected heap, the items of lists, byte arrays, maps and the like.
//!
//! Its fields are cells, so it is used through shared references; no borrow of an item ever leaves. When it grows, the old
//! storage is left to the collector: somebody may still be looking at it.

use core::cell::Cell;
use core::ptr::NonNull;

use super::{Obj, Res};
use crate::Vm;
use crate::gc::Kind;

/// What may be stored: plain data, with a word on whether it holds pointers to heap objects.
pub trait Item: Copy + 'static {
    /// Whether the collector must look into the storage.
    const KIND: Kind;
}

impl Item for Obj {
    const KIND: Kind = Kind::Scan;
}
impl Item for (Obj, Obj) {
    const KIND: Kind = Kind::Scan;
}
impl Item for u8 {
    const KIND: Kind = Kind::Leaf;
}
impl Item for u16 {
    const KIND: Kind = Kind::Leaf;
}
impl Item for u32 {
    const KIND: Kind = Kind::Leaf;
}
impl Item for u64 {
    const KIND: Kind = Kind::Leaf;
}
impl Item for usize {
    const KIND: Kind = Kind::Leaf;
}

/// A growable array in the collected heap.
#[repr(C)]
pub struct GcVec<T: Item> {
    start: Cell<NonNull<T>>,
    len: Cell<usize>,
    capacity: Cell<usize>,
}

impl<T: Item> Default for GcVec<T> {
    fn default() -> GcVec<T> {
        GcVec::new()
    }
}

impl GcVec<u8> {
    /// The bytes as a buffer, for reading and writing.
    pub fn buffer(&self, typecode: u8) -> super::Buffer {
        // SAFETY: the storage holds `len` bytes and lives while the collector sees the pointer.
        unsafe { super::Buffer::new(self.start.get(), self.len.get(), typecode) }
    }
}

impl<T: Item> GcVec<T> {
    /// Where the address of the first item lies, for machine code.
    pub(crate) const START: usize = core::mem::offset_of!(GcVec<T>, start);
    /// Where the length lies, for machine code.
    pub(crate) const LEN: usize = core::mem::offset_of!(GcVec<T>, len);

    /// No items, no storage.
    pub const fn new() -> GcVec<T> {
        GcVec { start: Cell::new(NonNull::dangling()), len: Cell::new(0), capacity: Cell::new(0) }
    }

    /// No items, room for `capacity`.
    pub fn with_capacity(vm: &mut Vm, capacity: usize) -> Res<GcVec<T>> {
        let vec = GcVec::new();
        vec.reserve(vm, capacity)?;
        Ok(vec)
    }

    /// A copy of `items`.
    pub fn from_slice(vm: &mut Vm, items: &[T]) -> Res<GcVec<T>> {
        let vec = GcVec::new();
        vec.extend(vm, items)?;
        Ok(vec)
    }

    /// Items that lie elsewhere, only to be read: in memory that lives as long as the machine, or inside a cell of the heap,
    /// which they keep alive.
    pub fn over(items: &'static [T]) -> GcVec<T> {
        let (start, len) = (NonNull::from_ref(items).cast(), items.len());
        GcVec { start: Cell::new(start), len: Cell::new(len), capacity: Cell::new(len) }
    }

    /// Number of items.
    #[inline(always)]
    pub fn len(&self) -> usize {
        self.len.get()
    }

    /// Whether there are no items.
    #[inline(always)]
    pub fn is_empty(&self) -> bool {
        self.len.get() == 0
    }

    /// Items there is room for.
    pub fn capacity(&self) -> usize {
        self.capacity.get()
    }

    /// Item `at`; `None` past the end.
    #[inline(always)]
    pub fn get(&self, at: usize) -> Option<T> {
        // SAFETY: at < len <= capacity, and all items below len are initialised.
        if at < self.len.get() { Some(unsafe { self.start.get().add(at).read() }) } else { None }
    }

    /// Sets item `at`; false past the end.
    #[inline(always)]
    pub fn set(&self, at: usize, item: T) -> bool {
        if at < self.len.get() {
            // SAFETY: at < len <= capacity.
            unsafe { self.start.get().add(at).write(item) };
            true
        } else {
            false
        }
    }

    /// Adds an item at the end.
    #[inline(always)]
    pub fn push(&self, vm: &mut Vm, item: T) -> Res<()> {
        if self.len.get() == self.capacity.get() {
            self.reserve(vm, 1)?;
        }
        // SAFETY: len < capacity now.
        unsafe { self.start.get().add(self.len.get()).write(item) };
        self.len.set(self.len.get() + 1);
        Ok(())
    }

    /// Adds an item at the end if there is room; false if there is not.
    #[inline(always)]
    pub fn push_within(&self, item: T) -> bool {
        let room = self.len.get() < self.capacity.get();
        if room {
            // SAFETY: len < capacity.
            unsafe { self.start.get().add(self.len.get()).write(item) };
            self.len.set(self.len.get() + 1);
        }
        room
    }

    /// The items as cells, to be changed in place. Do not keep them across anything that can run Python.
    #[inline(always)]
    pub fn cells<'a>(&self) -> &'a [Cell<T>] {
        // SAFETY: as `slice`; a cell has the layout of what is in it.
        unsafe { core::slice::from_raw_parts(self.start.get().as_ptr().cast(), self.len.get()) }
    }

    /// Takes the last item.
    #[inline]
    pub fn pop(&self) -> Option<T> {
        let item = self.get(self.len.get().checked_sub(1)?)?;
        self.len.set(self.len.get() - 1);
        self.forget_from(self.len.get(), 1);
        Some(item)
    }

    /// Takes item `at`, moving later ones down.
    pub fn remove(&self, at: usize) -> Option<T> {
        let item = self.get(at)?;
        self.splice_down(at, 1);
        Some(item)
    }

    /// Removes `count` items from `at` on (fewer if there are not so many).
    pub fn remove_range(&self, at: usize, count: usize) {
        if at < self.len.get() {
            self.splice_down(at, count.min(self.len.get() - at));
        }
    }

    /// Puts `item` before item `at` (at the end, if there is no such item).
    pub fn insert(&self, vm: &mut Vm, at: usize, item: T) -> Res<()> {
        self.insert_slice(vm, at, &[item])
    }

    /// Puts `items` before item `at` (at the end, if there is no such item). `items` may be a piece of this vector.
    pub fn insert_slice(&self, vm: &mut Vm, at: usize, items: &[T]) -> Res<()> {
        let at = at.min(self.len.get());
        if items.is_empty() {
            return Ok(());
        }
        let from = items.as_ptr_range();
        let own = self.start.get().as_ptr() as *const T;
        if from.end > own && from.start < own.wrapping_add(self.len.get()) {
            // The gap would open inside what is to be copied.
            let copy = GcVec::with_capacity(vm, items.len())?;
            copy.extend(vm, items)?;
            return self.insert_slice(vm, at, copy.slice());
        }
        self.reserve(vm, items.len())?;
        let len = self.len.get();
        // SAFETY: capacity >= len + items.len(), at <= len, and the two regions of the second copy do not overlap.
        unsafe {
            let gap = self.start.get().add(at);
            core::ptr::copy(gap.as_ptr(), gap.as_ptr().add(items.len()), len - at);
            core::ptr::copy_nonoverlapping(items.as_ptr(), gap.as_ptr(), items.len());
        }
        self.len.set(len + items.len());
        Ok(())
    }

    /// Adds `items` at the end. `items` may be a piece of this vector.
    pub fn extend(&self, vm: &mut Vm, items: &[T]) -> Res<()> {
        self.reserve(vm, items.len())?;
        // SAFETY: capacity >= len + items.len(); the new place is beyond all old items, so it overlaps nothing. If `items`
        // lies in the old storage, that is not freed by growing.
        unsafe {
            core::ptr::copy_nonoverlapping(items.as_ptr(), self.start.get().as_ptr().add(self.len.get()), items.len())
        };
        self.len.set(self.len.get() + items.len());
        Ok(())
    }

    /// Adds `item` at the end `count` times.
    pub fn resize(&self, vm: &mut Vm, len: usize, item: T) -> Res<()> {
        if len > self.len.get() {
            self.reserve(vm, len - self.len.get())?;
            for at in self.len.get()..len {
                // SAFETY: at < len <= capacity.
                unsafe { self.start.get().add(at).write(item) };
            }
            self.len.set(len);
        } else {
            self.truncate(len);
        }
        Ok(())
    }

    /// Drops the items from `len` on.
    pub fn truncate(&self, len: usize) {
        if len < self.len.get() {
            let dropped = self.len.get() - len;
            self.len.set(len);
            self.forget_from(len, dropped);
        }
    }

    /// Drops all items and the storage.
    pub fn clear(&self) {
        self.start.set(NonNull::dangling());
        self.len.set(0);
        self.capacity.set(0);
    }

    /// Takes over the items and storage of `other`, which is left empty.
    pub fn take_from(&self, other: &GcVec<T>) {
        self.start.set(other.start.get());
        self.len.set(other.len.get());
        self.capacity.set(other.capacity.get());
        other.clear();
    }

    /// The items. Do not keep the slice across anything that can run Python or change the vector.
    #[inline(always)]
    pub fn slice<'a>(&self) -> &'a [T] {
        // SAFETY: the items below len are initialised; storage is never freed while the collector sees a pointer to it.
        unsafe { core::slice::from_raw_parts(self.start.get().as_ptr(), self.len.get()) }
    }

    /// Lends the items for writing. `write` gets no machine, so nothing else can look at them meanwhile; it must not hold a
    /// slice of the same vector.
    pub fn with_mut<R>(&self, write: impl FnOnce(&mut [T]) -> R) -> R {
        // SAFETY: as `slice`; exclusive by the rule above.
        write(unsafe { core::slice::from_raw_parts_mut(self.start.get().as_ptr(), self.len.get()) })
    }

    /// Exchanges two items; nothing happens when one does not exist.
    pub fn swap(&self, a: usize, b: usize) {
        if let (Some(x), Some(y)) = (self.get(a), self.get(b)) {
            self.set(a, y);
            self.set(b, x);
        }
    }

    /// Reverses the order of the items.
    pub fn reverse(&self) {
        let len = self.len();
        for at in 0..len / 2 {
            self.swap(at, len - 1 - at);
        }
    }

    /// The address of the first item, for buffers and machine code.
    pub(crate) fn start(&self) -> NonNull<T> {
        self.start.get()
    }

    /// Makes room for `more` items.
    #[inline]
    pub fn reserve(&self, vm: &mut Vm, more: usize) -> Res<()> {
        if self.capacity.get() - self.len.get() >= more { Ok(()) } else { self.grow(vm, more) }
    }

    #[cold]
    #[inline(never)]
    fn grow(&self, vm: &mut Vm, more: usize) -> Res<()> {
        let Some(needed) = self.len.get().checked_add(more) else { return Err(vm.memory_error()) };
        let roomy = needed.max(self.capacity.get() + self.capacity.get() / 2).max(4);
        let Some(bytes) = roomy.checked_mul(size_of::<T>()) else { return Err(vm.memory_error()) };
        let start = vm.alloc_raw(bytes, T::KIND)?.cast::<T>();
        // SAFETY: the new storage is longer than the old items and apart from them.
        unsafe { core::ptr::copy_nonoverlapping(self.start.get().as_ptr(), start.as_ptr(), self.len.get()) };
        self.start.set(start);
        self.capacity.set(roomy);
        Ok(())
    }

    fn splice_down(&self, at: usize, count: usize) {
        let len = self.len.get();
        // SAFETY: at + count <= len.
        unsafe {
            let gap = self.start.get().as_ptr().add(at);
            core::ptr::copy(gap.add(count), gap, len - at - count);
        }
        self.len.set(len - count);
        self.forget_from(len - count, count);
    }

    /// Zeroes storage that is no longer used, so that the collector does not follow it.
    fn forget_from(&self, at: usize, count: usize) {
        if T::KIND == Kind::Scan {
            // SAFETY: at + count <= capacity, and unused storage may hold any bytes.
            unsafe { self.start.get().as_ptr().add(at).write_bytes(0, count) };
        }
    }
}
