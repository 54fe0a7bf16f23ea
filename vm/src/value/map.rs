//! Ordered maps: entries in the order they were added, and an open-addressed index once there are more than a few.

use core::cell::Cell;

use super::{GcVec, Item, Obj, Res};
use crate::Vm;
use crate::gc::Kind;
use crate::qstr::Qstr;

/// Up to so many entries are searched one by one, without an index.
const FEW: usize = 8;
/// Index slot of an entry that was deleted.
const DELETED: u32 = u32::MAX;

/// One entry; a deleted one has key `Obj::NULL`.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct MapEntry {
    /// The key.
    pub key: Obj,
    /// The value; sets leave it `Obj::NULL`.
    pub value: Obj,
    hash: usize,
}

impl Item for MapEntry {
    const KIND: Kind = Kind::Scan;
}

/// An ordered map from Python values to Python values.
#[repr(C)]
pub struct Map {
    entries: GcVec<MapEntry>,
    /// Length 0, or a power of two; entry number + 1, 0 for never used, `DELETED`.
    index: GcVec<u32>,
    live: Cell<usize>,
    /// Changes whenever a key is added or removed, so that caches can tell. 32 bits that wrap.
    version: Cell<u32>,
    /// Whether all keys so far were names or small ints, for which equality is identity among themselves.
    plain: Cell<bool>,
}

impl Default for Map {
    fn default() -> Map {
        Map::new()
    }
}

impl Map {
    /// An empty map.
    pub const fn new() -> Map {
        Map { entries: GcVec::new(), index: GcVec::new(), live: Cell::new(0), version: Cell::new(1), plain: Cell::new(true) }
    }

    /// Number of entries.
    pub fn len(&self) -> usize {
        self.live.get()
    }

    /// Whether there are no entries.
    pub fn is_empty(&self) -> bool {
        self.live.get() == 0
    }

    /// Changes whenever a key is added or removed.
    pub fn version(&self) -> u32 {
        self.version.get()
    }

    /// The value for `key`, or `Obj::NULL`. Raises if the key cannot be hashed or a comparison raises.
    #[inline]
    pub fn get(&self, vm: &mut Vm, key: Obj) -> Res {
        Ok(match self.find(vm, key)? {
            Some(at) => self.value_at(at),
            None => Obj::NULL,
        })
    }

    /// The value for a name, or `Obj::NULL`. Runs no Python.
    #[inline]
    pub fn get_name(&self, vm: &Vm, name: Qstr) -> Obj {
        match self.find_name(vm, name) {
            Some(at) => self.value_at(at),
            None => Obj::NULL,
        }
    }

    /// The number of the entry for a name. Runs no Python.
    pub fn find_name(&self, vm: &Vm, name: Qstr) -> Option<usize> {
        let key = Obj::name(name);
        if self.plain.get() && self.index.is_empty() {
            return self.entries.slice().iter().position(|entry| entry.key == key);
        }
        let hash = vm.pool.hash_of(name) as usize;
        self.probe(hash, |entry| entry.key == key || (entry.hash == hash && !entry.key.is_name() && vm.is_text(entry.key, name)))
    }

    /// The number of the entry for `key`.
    pub fn find(&self, vm: &mut Vm, key: Obj) -> Res<Option<usize>> {
        if let Some(name) = key.as_name() {
            return Ok(self.find_name(vm, name));
        }
        let hash = vm.hash(key)?;
        if self.plain.get() && key.is_small() {
            return Ok(self.probe(hash, |entry| entry.key == key));
        }
        'again: loop {
            let version = self.version.get();
            let mut seen = 0;
            loop {
                // The closure must not run Python, so candidates are collected one at a time.
                let mut skip = seen;
                let found = self.probe(hash, |entry| {
                    if entry.hash != hash {
                        return false;
                    }
                    if skip == 0 {
                        return true;
                    }
                    skip -= 1;
                    false
                });
                let Some(at) = found else { return Ok(None) };
                let candidate = self.key_at(at);
                if candidate == key || vm.equal(candidate, key)? {
                    return Ok(Some(at));
                }
                if self.version.get() != version {
                    continue 'again;
                }
                seen += 1;
            }
        }
    }

    /// Sets the value for `key`; the key is added if there is no equal one.
    pub fn set(&self, vm: &mut Vm, key: Obj, value: Obj) -> Res<()> {
        match self.find(vm, key)? {
            Some(at) => self.set_value_at(at, value),
            None => {
                let hash = vm.hash(key)?;
                self.add(vm, key, hash, value)?;
            }
        }
        Ok(())
    }

    /// Sets the value for a name.
    pub fn set_name(&self, vm: &mut Vm, name: Qstr, value: Obj) -> Res<()> {
        match self.find_name(vm, name) {
            Some(at) => self.set_value_at(at, value),
            None => {
                let hash = vm.pool.hash_of(name) as usize;
                self.add(vm, Obj::name(name), hash, value)?;
            }
        }
        Ok(())
    }

    /// Removes `key` and gives its value, or `Obj::NULL` if there is no such key.
    pub fn remove(&self, vm: &mut Vm, key: Obj) -> Res {
        Ok(match self.find(vm, key)? {
            Some(at) => self.remove_at(at),
            None => Obj::NULL,
        })
    }

    /// Removes entry number `at` and gives its value.
    pub fn remove_at(&self, at: usize) -> Obj {
        let Some(entry) = self.entries.get(at) else { return Obj::NULL };
        if entry.key.is_null() {
            return Obj::NULL;
        }
        if !self.index.is_empty() {
            let mask = self.index.len() - 1;
            let mut slot = spread(entry.hash) & mask;
            while self.index.get(slot) != Some(at as u32 + 1) {
                slot = (slot + 1) & mask;
            }
            self.index.set(slot, DELETED);
        }
        self.entries.set(at, MapEntry { key: Obj::NULL, value: Obj::NULL, hash: 0 });
        self.live.set(self.live.get() - 1);
        self.version.set(self.version.get().wrapping_add(1));
        while self.entries.get(self.entries.len().wrapping_sub(1)).is_some_and(|last| last.key.is_null()) && self.index.is_empty() {
            self.entries.pop();
        }
        entry.value
    }

    /// Removes everything.
    pub fn clear(&self) {
        self.entries.clear();
        self.index.clear();
        self.live.set(0);
        self.plain.set(true);
        self.version.set(self.version.get().wrapping_add(1));
    }

    /// The first live entry whose number is `from` or more: `(number, key, value)`. To walk a map, ask again from number + 1;
    /// entries may come and go meanwhile.
    #[inline]
    pub fn next(&self, from: usize) -> Option<(usize, Obj, Obj)> {
        let mut at = from;
        loop {
            let entry = self.entries.get(at)?;
            if !entry.key.is_null() {
                return Some((at, entry.key, entry.value));
            }
            at += 1;
        }
    }

    /// The last live entry.
    pub fn last(&self) -> Option<(usize, Obj, Obj)> {
        let mut at = self.entries.len();
        while let Some(entry) = self.entries.get(at.wrapping_sub(1)) {
            at -= 1;
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
            self.set(vm, key, value)?;
            from = at + 1;
        }
        Ok(())
    }

    /// Makes this empty map a copy of `other`.
    pub fn copy_from(&self, vm: &mut Vm, other: &Map) -> Res<()> {
        let mut from = 0;
        while let Some((at, key, value)) = other.next(from) {
            let hash = other.entries.get(at).map_or(0, |entry| entry.hash);
            self.add(vm, key, hash, value)?;
            from = at + 1;
        }
        Ok(())
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
        if let Some(entry) = self.entries.get(at) {
            self.entries.set(at, MapEntry { value, ..entry });
        }
    }

    /// The entry that `matches` picks among those that may have `hash`.
    #[inline]
    fn probe(&self, hash: usize, mut matches: impl FnMut(&MapEntry) -> bool) -> Option<usize> {
        if self.index.is_empty() {
            return self.entries.slice().iter().position(|entry| !entry.key.is_null() && matches(entry));
        }
        let index = self.index.slice();
        let mask = index.len() - 1;
        let mut slot = spread(hash) & mask;
        loop {
            let number = *index.get(slot)?;
            if number == 0 {
                return None;
            }
            if number != DELETED && self.entries.get(number as usize - 1).is_some_and(|entry| matches(&entry)) {
                return Some(number as usize - 1);
            }
            slot = (slot + 1) & mask;
        }
    }

    /// Adds an entry whose key is known to be new.
    fn add(&self, vm: &mut Vm, key: Obj, hash: usize, value: Obj) -> Res<()> {
        if self.entries.len() >= FEW && (self.entries.len() + 1) * 4 > self.index.len() * 3 {
            self.rebuild(vm)?;
        }
        self.entries.push(vm, MapEntry { key, value, hash })?;
        if !self.index.is_empty() {
            self.enter(hash, self.entries.len() as u32);
        }
        if !key.is_name() && !key.is_small() {
            self.plain.set(false);
        }
        self.live.set(self.live.get() + 1);
        self.version.set(self.version.get().wrapping_add(1));
        Ok(())
    }

    fn enter(&self, hash: usize, number: u32) {
        let mask = self.index.len() - 1;
        let mut slot = spread(hash) & mask;
        while self.index.get(slot).is_some_and(|used| used != 0 && used != DELETED) {
            slot = (slot + 1) & mask;
        }
        self.index.set(slot, number);
    }

    /// Closes the gaps of deleted entries and makes an index with room for more.
    fn rebuild(&self, vm: &mut Vm) -> Res<()> {
        let slots = ((self.live.get() + 1) * 2).next_power_of_two().max(4 * FEW);
        let index = GcVec::with_capacity(vm, slots)?;
        index.resize(vm, slots, 0)?;
        let mut kept = 0;
        for at in 0..self.entries.len() {
            if let Some(entry) = self.entries.get(at)
                && !entry.key.is_null()
            {
                self.entries.set(kept, entry);
                kept += 1;
            }
        }
        self.entries.truncate(kept);
        self.index.take_from(&index);
        for at in 0..kept {
            if let Some(entry) = self.entries.get(at) {
                self.enter(entry.hash, at as u32 + 1);
            }
        }
        // Numbers of entries have changed; caches compare the version.
        self.version.set(self.version.get().wrapping_add(1));
        Ok(())
    }
}

/// Spreads a hash (small ints are their own) over all bits.
#[inline(always)]
fn spread(hash: usize) -> usize {
    let product = hash.wrapping_mul(0x9E37_79B9_7F4A_7C15_u64 as usize);
    product ^ (product >> (usize::BITS / 2))
}
