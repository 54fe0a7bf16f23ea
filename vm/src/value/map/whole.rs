//! Walking a map, and copying one.

use super::*;

impl Map {
    /// Removes everything.
    pub fn clear(&self) {
        self.entries.clear();
        self.index.clear();
        self.live.set(0);
        self.used.set(0);
        self.first.set(0);
        self.plain.set(true);
        self.version.set(self.version.get().wrapping_add(1));
    }

    /// The first live entry whose number is `from` or more: `(number, key, value)`. To walk a map, ask again from number + 1;
    /// entries may come and go meanwhile.
    #[inline]
    pub fn next(&self, from: usize) -> Option<(usize, Obj, Obj)> {
        let mut at = from.max(self.first.get());
        loop {
            let entry = self.entries.get(at)?;
            if !entry.key.is_null() {
                return Some((at, entry.key, entry.value));
            }
            at += 1;
        }
    }

    /// The hash of the key of entry `at`.
    #[inline]
    pub fn hash_at(&self, at: usize) -> usize {
        self.entries.get(at).map_or(0, |entry| entry.hash)
    }

    /// The last live entry.
    pub fn last(&self) -> Option<(usize, Obj, Obj)> {
        self.before(usize::MAX)
    }

    /// The last live entry whose number is below `end`: walks a map backwards.
    pub fn before(&self, end: usize) -> Option<(usize, Obj, Obj)> {
        let mut at = end.min(self.entries.len());
        while at > 0 {
            at -= 1;
            let entry = self.entries.get(at)?;
            if !entry.key.is_null() {
                return Some((at, entry.key, entry.value));
            }
        }
        None
    }

    /// Adds all entries of `other`.
    pub fn update(&self, vm: &mut Vm, other: &Map) -> Res<()> {
        let mut from = 0;
        while let Some((at, key, value)) = other.next(from) {
            self.set_hashed(vm, key, other.hash_at(at), value)?;
            from = at + 1;
        }
        Ok(())
    }

    /// Makes this empty map a copy of `other`.
    pub fn copy_from(&self, vm: &mut Vm, other: &Map) -> Res<()> {
        let entries = GcVec::from_slice(vm, other.entries.slice())?;
        let index = GcVec::from_slice(vm, other.index.slice())?;
        self.clear();
        self.entries.take_from(&entries);
        self.index.take_from(&index);
        self.live.set(other.live.get());
        self.used.set(other.used.get());
        self.first.set(other.first.get());
        self.plain.set(other.plain.get());
        Ok(())
    }

    /// Takes over the entries of `other`, which is left empty.
    pub fn take_from(&self, other: &Map) {
        self.clear();
        self.entries.take_from(&other.entries);
        self.index.take_from(&other.index);
        self.live.set(other.live.get());
        self.used.set(other.used.get());
        self.first.set(other.first.get());
        self.plain.set(other.plain.get());
        other.clear();
    }

    /// The key of entry `at`; `Obj::NULL` if it is deleted or does not exist.
    #[inline(always)]
    pub fn key_at(&self, at: usize) -> Obj {
        self.entries.get(at).map_or(Obj::NULL, |entry| entry.key)
    }

    /// The value of entry `at`; `Obj::NULL` if it is deleted or does not exist.
    #[inline(always)]
    pub fn value_at(&self, at: usize) -> Obj {
        self.entries.get(at).map_or(Obj::NULL, |entry| entry.value)
    }

    /// Sets the value of entry `at`, if it exists.
    #[inline(always)]
    pub fn set_value_at(&self, at: usize, value: Obj) {
        if let Some(cell) = self.entries.cells().get(at) {
            cell.set(MapEntry { value, ..cell.get() });
        }
    }
}
