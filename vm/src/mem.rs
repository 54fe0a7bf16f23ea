//! Fallible memory: a growable array whose every growth can be refused.

use core::fmt;
use core::ops::{Deref, DerefMut};

/// The allocator refused. It becomes MemoryError where the runtime can see it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct NoMemory;

/// A box.
pub fn boxed<T>(item: T) -> Result<alloc::boxed::Box<T>, NoMemory> {
    let mut one = alloc::vec::Vec::new();
    one.try_reserve_exact(1).map_err(|_| NoMemory)?;
    one.push(item);
    let start = alloc::boxed::Box::into_raw(one.into_boxed_slice());
    // SAFETY: a box of a slice with one item is laid out as a box of the item.
    Ok(unsafe { alloc::boxed::Box::from_raw(start.cast::<T>()) })
}

/// `alloc::vec::Vec` without the operations that abort when memory runs out.
pub struct Vec<T>(alloc::vec::Vec<T>);

impl<T> Vec<T> {
    /// An empty array; allocates nothing.
    pub const fn new() -> Self {
        Vec(alloc::vec::Vec::new())
    }

    /// An empty array with room for `capacity` items.
    pub fn with_capacity(capacity: usize) -> Result<Self, NoMemory> {
        let mut items = alloc::vec::Vec::new();
        items.try_reserve_exact(capacity).map_err(|_| NoMemory)?;
        Ok(Vec(items))
    }

    /// Makes room for `more` further items.
    pub fn reserve(&mut self, more: usize) -> Result<(), NoMemory> {
        if cfg!(target_pointer_width = "64") {
            return self.0.try_reserve(more).map_err(|_| NoMemory);
        }
        // On boards twice the room is more than there is: a quarter more, or just what is asked for.
        if self.0.capacity() - self.0.len() >= more {
            return Ok(());
        }
        let some = more.max(self.0.len() / 4 + 4);
        self.0.try_reserve_exact(some).or_else(|_| self.0.try_reserve_exact(more)).map_err(|_| NoMemory)
    }

    /// Appends one item.
    #[inline]
    pub fn push(&mut self, item: T) -> Result<(), NoMemory> {
        if self.0.len() == self.0.capacity() {
            self.reserve(1)?;
        }
        self.0.push(item);
        Ok(())
    }

    /// Puts an item before the one at `at`; past the end it is appended.
    pub fn insert(&mut self, at: usize, item: T) -> Result<(), NoMemory> {
        self.reserve(1)?;
        self.0.insert(at.min(self.0.len()), item);
        Ok(())
    }

    /// Takes out the item at `at`, if there is one, and closes the gap.
    pub fn remove(&mut self, at: usize) -> Option<T> {
        (at < self.0.len()).then(|| self.0.remove(at))
    }

    /// Takes the last item.
    #[inline]
    pub fn pop(&mut self) -> Option<T> {
        self.0.pop()
    }

    /// Keeps the first `len` items.
    pub fn truncate(&mut self, len: usize) {
        self.0.truncate(len);
    }

    /// Drops all items, keeps the room.
    pub fn clear(&mut self) {
        self.0.clear();
    }

    /// Gives back room that is not used, if that needs no more memory.
    pub fn shrink(&mut self) {
        if let Ok(mut less) = Vec::with_capacity(self.0.len()) {
            less.0.append(&mut self.0);
            *self = less;
        }
    }

    /// Items there is room for without growing.
    pub fn capacity(&self) -> usize {
        self.0.capacity()
    }

    /// Moves all items of `other` to the end.
    pub fn append(&mut self, other: &mut Vec<T>) -> Result<(), NoMemory> {
        self.reserve(other.len())?;
        self.0.append(&mut other.0);
        Ok(())
    }

    /// Appends what the iterator yields.
    pub fn extend(&mut self, items: impl IntoIterator<Item = T>) -> Result<(), NoMemory> {
        let items = items.into_iter();
        self.reserve(items.size_hint().0)?;
        for item in items {
            self.push(item)?;
        }
        Ok(())
    }

    /// Keeps the items for which `keep` holds.
    pub fn retain(&mut self, keep: impl FnMut(&T) -> bool) {
        self.0.retain(keep);
    }

    /// Takes the items of a range out, in order.
    pub fn drain(&mut self, range: impl core::ops::RangeBounds<usize>) -> alloc::vec::Drain<'_, T> {
        self.0.drain(range)
    }
}

impl<T: Clone> Vec<T> {
    /// A copy of a slice.
    pub fn from_slice(items: &[T]) -> Result<Self, NoMemory> {
        let mut copy = Vec::with_capacity(items.len())?;
        copy.0.extend_from_slice(items);
        Ok(copy)
    }

    /// Appends a copy of a slice.
    pub fn extend_from_slice(&mut self, items: &[T]) -> Result<(), NoMemory> {
        self.reserve(items.len())?;
        self.0.extend_from_slice(items);
        Ok(())
    }

    /// Sets the length, filling up with copies of `item`.
    pub fn resize(&mut self, len: usize, item: T) -> Result<(), NoMemory> {
        self.reserve(len.saturating_sub(self.len()))?;
        self.0.resize(len, item);
        Ok(())
    }

    /// `Clone`, but it can fail.
    pub fn try_clone(&self) -> Result<Self, NoMemory> {
        Vec::from_slice(self)
    }
}

/// Text goes into a byte array; running out of memory is `fmt::Error`.
impl fmt::Write for Vec<u8> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.extend_from_slice(text.as_bytes()).map_err(|NoMemory| fmt::Error)
    }
}

impl<T> Default for Vec<T> {
    fn default() -> Self {
        Vec::new()
    }
}

impl<T> Deref for Vec<T> {
    type Target = [T];

    #[inline]
    fn deref(&self) -> &[T] {
        &self.0
    }
}

impl<T> DerefMut for Vec<T> {
    #[inline]
    fn deref_mut(&mut self) -> &mut [T] {
        &mut self.0
    }
}

impl<T> AsRef<[T]> for Vec<T> {
    fn as_ref(&self) -> &[T] {
        &self.0
    }
}

impl<T> IntoIterator for Vec<T> {
    type Item = T;
    type IntoIter = alloc::vec::IntoIter<T>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'a, T> IntoIterator for &'a Vec<T> {
    type Item = &'a T;
    type IntoIter = core::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

impl<'a, T> IntoIterator for &'a mut Vec<T> {
    type Item = &'a mut T;
    type IntoIter = core::slice::IterMut<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter_mut()
    }
}

impl<T: fmt::Debug> fmt::Debug for Vec<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl<T: PartialEq> PartialEq for Vec<T> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}

impl<T: Eq> Eq for Vec<T> {}

#[cfg(test)]
mod tests {
    use super::{NoMemory, Vec};

    #[test]
    fn grows_and_shrinks_like_a_vec() {
        let mut v = Vec::new();
        v.push(1).unwrap();
        v.extend_from_slice(&[2, 3]).unwrap();
        v.insert(0, 0).unwrap();
        v.insert(99, 4).unwrap();
        assert_eq!(&*v, &[0, 1, 2, 3, 4]);
        assert_eq!((v.pop(), v.remove(0), v.remove(9)), (Some(4), Some(0), None));
        v.truncate(1);
        v.resize(3, 7).unwrap();
        assert_eq!(v.into_iter().sum::<i32>(), 15);
    }

    #[test]
    fn a_request_no_machine_can_serve_is_refused() {
        assert_eq!(Vec::<u64>::with_capacity(usize::MAX).err(), Some(NoMemory));
        let mut v = Vec::<u64>::new();
        assert_eq!(v.reserve(usize::MAX), Err(NoMemory));
        assert_eq!(v.resize(usize::MAX, 0), Err(NoMemory));
    }
}
