//! Ordered maps: entries in the order they were added, and an open-addressed index once there are more than a few.

mod remove;

mod whole;

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
    /// Length 0, or a power of two; entry number + 1, 0 for never used, `DELETED`. At least a quarter is never used.
    index: GcVec<u32>,
    live: Cell<usize>,
    /// Index slots that are not 0.
    used: Cell<usize>,
    /// All entries before this number are deleted.
    first: Cell<usize>,
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
    /// Where the entries lie, for machine code.
    pub(crate) const ENTRIES: usize = core::mem::offset_of!(Map, entries);
    /// Where the version lies, for machine code.
    pub(crate) const VERSION: usize = core::mem::offset_of!(Map, version);

    /// An empty map.
    pub const fn new() -> Map {
        Map {
            entries: GcVec::new(),
            index: GcVec::new(),
            live: Cell::new(0),
            used: Cell::new(0),
            first: Cell::new(0),
            version: Cell::new(1),
            plain: Cell::new(true),
        }
    }

    /// Number of entries.
    #[inline(always)]
    pub fn len(&self) -> usize {
        self.live.get()
    }

    /// Number of entries from number `at` on.
    pub fn left_from(&self, at: usize) -> usize {
        self.entries.slice().iter().skip(at).filter(|entry| !entry.key.is_null()).count()
    }

    /// Whether there are no entries.
    #[inline(always)]
    pub fn is_empty(&self) -> bool {
        self.live.get() == 0
    }

    /// Changes whenever a key is added or removed.
    #[inline(always)]
    pub fn version(&self) -> u32 {
        self.version.get()
    }

    /// Bytes of memory behind the map, for `sys.getsizeof`.
    pub fn size(&self) -> usize {
        self.entries.capacity() * size_of::<MapEntry>() + self.index.capacity() * size_of::<u32>()
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
    #[inline]
    pub fn find_name(&self, vm: &Vm, name: Qstr) -> Option<usize> {
        let key = Obj::name(name);
        if self.plain.get() && self.index.is_empty() {
            return self.entries.slice().iter().position(|entry| entry.key == key);
        }
        self.find_name_hashed(vm, name, vm.pool.hash_of(name) as usize)
    }

    fn find_name_hashed(&self, vm: &Vm, name: Qstr, hash: usize) -> Option<usize> {
        let key = Obj::name(name);
        if self.plain.get() {
            return self.probe(hash, |entry| entry.key == key);
        }
        self.probe(hash, |entry| {
            entry.key == key || (entry.hash == hash && !entry.key.is_name() && vm.is_text(entry.key, name))
        })
    }

    /// The number of the entry for `key`.
    #[inline]
    pub fn find(&self, vm: &mut Vm, key: Obj) -> Res<Option<usize>> {
        if let Some(name) = key.as_name()
            && self.plain.get()
        {
            return Ok(self.find_name(vm, name));
        }
        let hash = vm.hash(key)?;
        self.find_hashed(vm, key, hash)
    }

    /// As `find`, when the hash of `key` is known.
    #[inline]
    pub fn find_hashed(&self, vm: &mut Vm, key: Obj, hash: usize) -> Res<Option<usize>> {
        if self.plain.get() && key.is_small() {
            return Ok(self.probe(hash, |entry| entry.key == key));
        }
        match key.as_name() {
            Some(name) if self.plain.get() => Ok(self.find_name_hashed(vm, name, hash)),
            // Keys of a program's own classes may equal a name.
            Some(_) | None => self.search(vm, key, hash),
        }
    }

    /// Compares `key` with all keys that have its hash. Comparing may run Python, which may change the map.
    fn search(&self, vm: &mut Vm, key: Obj, hash: usize) -> Res<Option<usize>> {
        'again: loop {
            let version = self.version.get();
            let mut cursor = if self.index.is_empty() { Walk { at: 0, rest: 0 } } else { Walk::new(hash) };
            while let Some((at, candidate)) = self.candidate(&mut cursor, hash) {
                if candidate == key {
                    return Ok(Some(at));
                }
                let equal = vm.equal(candidate, key)?;
                // What was found counts even if other entries have changed.
                if equal && self.entries.get(at).is_some_and(|entry| entry.key == candidate) {
                    return Ok(Some(at));
                }
                if self.version.get() != version {
                    continue 'again;
                }
            }
            return Ok(None);
        }
    }

    /// The next entry with `hash`, from where `cursor` is in the index (or in the entries, when there is no index).
    #[inline(always)]
    fn candidate(&self, cursor: &mut Walk, hash: usize) -> Option<(usize, Obj)> {
        if self.index.is_empty() {
            loop {
                let at = cursor.at;
                let entry = self.entries.get(at)?;
                cursor.at = at + 1;
                if entry.hash == hash && !entry.key.is_null() {
                    return Some((at, entry.key));
                }
            }
        }
        let index = self.index.slice();
        loop {
            let number = *index.get(cursor.at & (index.len() - 1))?;
            cursor.step();
            if number == 0 {
                return None;
            }
            // A deleted slot is beyond all entries.
            if let Some(entry) = self.entries.get(number as usize - 1)
                && entry.hash == hash
                && !entry.key.is_null()
            {
                return Some((number as usize - 1, entry.key));
            }
        }
    }

    /// Sets the value for `key`; the key is added if there is no equal one.
    pub fn set(&self, vm: &mut Vm, key: Obj, value: Obj) -> Res<()> {
        let hash = vm.hash(key)?;
        self.set_hashed(vm, key, hash, value)
    }

    /// As `set`, when the hash of `key` is known.
    #[inline]
    pub fn set_hashed(&self, vm: &mut Vm, key: Obj, hash: usize, value: Obj) -> Res<()> {
        match self.find_hashed(vm, key, hash)? {
            Some(at) => {
                self.set_value_at(at, value);
                Ok(())
            }
            None => self.add(vm, key, hash, value),
        }
    }

    /// The value for `key`, which is added with `value` if there is no equal one.
    pub fn get_or_add(&self, vm: &mut Vm, key: Obj, value: Obj) -> Res {
        let hash = vm.hash(key)?;
        match self.find_hashed(vm, key, hash)? {
            Some(at) => Ok(self.value_at(at)),
            None => {
                self.add(vm, key, hash, value)?;
                Ok(value)
            }
        }
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

    /// The entry that `matches` picks among those that may have `hash`. `matches` runs no Python.
    #[inline(always)]
    fn probe(&self, hash: usize, matches: impl Fn(&MapEntry) -> bool) -> Option<usize> {
        let entries = self.entries.slice();
        if self.index.is_empty() {
            return entries.iter().position(|entry| !entry.key.is_null() && matches(entry));
        }
        let index = self.index.slice();
        let mask = index.len() - 1;
        let mut walk = Walk::new(hash);
        loop {
            let number = *index.get(walk.at & mask)?;
            if number == 0 {
                return None;
            }
            // A deleted slot is beyond all entries.
            if let Some(entry) = entries.get(number as usize - 1)
                && !entry.key.is_null()
                && matches(entry)
            {
                return Some(number as usize - 1);
            }
            walk.step();
        }
    }

    /// Adds an entry whose key is known to be new.
    pub fn add(&self, vm: &mut Vm, key: Obj, hash: usize, value: Obj) -> Res<()> {
        let entries = self.entries.len();
        let crowded =
            if self.index.is_empty() { entries >= FEW } else { (self.used.get() + 1) * 4 > self.index.len() * 3 };
        let gappy = entries == self.entries.capacity() && self.live.get() < entries - entries / 4;
        if crowded || gappy {
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
        let cells = self.index.cells();
        let mut walk = Walk::new(hash);
        while let Some(cell) = cells.get(walk.at & (cells.len() - 1)) {
            let old = cell.get();
            if old == 0 || old == DELETED {
                cell.set(number);
                self.used.set(self.used.get() + (old == 0) as usize);
                return;
            }
            walk.step();
        }
    }

    /// Closes the gaps of deleted entries and makes an index with room for more.
    #[cold]
    #[inline(never)]
    fn rebuild(&self, vm: &mut Vm) -> Res<()> {
        let index = GcVec::new();
        if self.live.get() >= FEW {
            let slots = ((self.live.get() + 1) * 2).next_power_of_two().max(4 * FEW);
            index.resize(vm, slots, 0)?;
        }
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
        self.used.set(0);
        self.first.set(0);
        if !self.index.is_empty() {
            for (at, entry) in self.entries.slice().iter().enumerate() {
                self.enter(entry.hash, at as u32 + 1);
            }
        }
        // Numbers of entries have changed; caches compare the version.
        self.version.set(self.version.get().wrapping_add(1));
        Ok(())
    }
}

/// The slots where a hash may be, in order: first by its low bits, so that neighbouring ints have neighbouring slots, then
/// further bits come in. Once they are used up, the steps go through all slots.
struct Walk {
    at: usize,
    rest: usize,
}

impl Walk {
    #[inline(always)]
    fn new(hash: usize) -> Walk {
        Walk { at: hash, rest: hash }
    }

    #[inline(always)]
    fn step(&mut self) {
        self.rest >>= 5;
        self.at = self.at.wrapping_mul(5).wrapping_add(self.rest).wrapping_add(1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::run;
    use std::collections::BTreeMap;
    use std::vec::Vec;

    #[test]
    fn agrees_with_an_ordered_list() {
        run(|vm| {
            for (keys, with_text) in [(6, false), (40, false), (40, true), (700, true)] {
                let map = Map::new();
                let mut model: Vec<(Obj, Obj)> = Vec::new();
                let mut texts = BTreeMap::new();
                let mut seed = 7u32;
                // Keeps made texts alive: the model is not seen by the collector.
                let alive = GcVec::new();
                for step in 0..4000 {
                    seed = seed.wrapping_mul(1664525).wrapping_add(1013904223);
                    let number = (seed >> 10) as isize % keys;
                    let key = if with_text && number % 3 == 0 {
                        let made = crate::types::str::new(vm, &std::format!("key no. {number}")).unwrap();
                        alive.push(vm, made).unwrap();
                        *texts.entry(number).or_insert(made)
                    } else {
                        Obj::small_wrapping(number)
                    };
                    let value = Obj::small_wrapping(step);
                    let at = model.iter().position(|entry| entry.0 == key);
                    match (seed >> 4) % 8 {
                        0..3 => {
                            let removed = map.remove(vm, key).unwrap();
                            assert_eq!(removed, at.map_or(Obj::NULL, |at| model.remove(at).1));
                        }
                        3 => {
                            let first = map.next(0).map(|(at, key, _)| (map.remove_at(at), key));
                            assert_eq!(first.map(|(value, key)| (key, value)), model.first().copied());
                            if !model.is_empty() {
                                model.remove(0);
                            }
                        }
                        4 => {
                            let last = map.last().map(|(at, key, _)| (key, map.remove_at(at)));
                            assert_eq!(last, model.pop());
                        }
                        _ => {
                            map.set(vm, key, value).unwrap();
                            match at {
                                Some(at) => model[at].1 = value,
                                None => model.push((key, value)),
                            }
                        }
                    }
                    assert_eq!(map.len(), model.len());
                    let found = map.get(vm, key).unwrap();
                    assert_eq!(found, model.iter().find(|entry| entry.0 == key).map_or(Obj::NULL, |entry| entry.1));
                    if step % 64 == 0 {
                        let mut from = 0;
                        let mut all = Vec::new();
                        while let Some((at, key, value)) = map.next(from) {
                            all.push((key, value));
                            from = at + 1;
                        }
                        assert_eq!(all, model);
                    }
                }
                let copy = Map::new();
                copy.copy_from(vm, &map).unwrap();
                map.clear();
                assert_eq!((copy.len(), map.len()), (model.len(), 0));
                for (key, value) in model {
                    assert_eq!(copy.get(vm, key).unwrap(), value);
                }
            }
        });
    }

    #[test]
    fn names_and_equal_texts_are_one_key() {
        run(|vm| {
            let map = Map::new();
            let name = vm.pool.intern("an_unusual_name").unwrap();
            let text = crate::types::str::new(vm, "an_unusual_name").unwrap();
            for many in [0, 30] {
                for at in 0..many {
                    map.set(vm, Obj::small_wrapping(at), Obj::NONE).unwrap();
                }
                map.set(vm, text, Obj::TRUE).unwrap();
                assert_eq!(map.get_name(vm, name), Obj::TRUE);
                map.set_name(vm, name, Obj::FALSE).unwrap();
                assert_eq!(map.get(vm, text).unwrap(), Obj::FALSE);
                assert_eq!(map.len(), many as usize + 1);
                assert_eq!(map.remove(vm, text).unwrap(), Obj::FALSE);
                assert!(map.get_name(vm, name).is_null());
            }
        });
    }

    #[test]
    fn queues_stay_small() {
        run(|vm| {
            let map = Map::new();
            for at in 0..20_000 {
                map.set(vm, Obj::small_wrapping(at), Obj::NONE).unwrap();
                if at >= 50 {
                    let (first, key, _) = map.next(0).unwrap();
                    assert_eq!(key, Obj::small_wrapping(at - 50));
                    map.remove_at(first);
                }
            }
            assert!(map.entries.capacity() < 200, "{}", map.entries.capacity());
            assert!(map.index.len() <= 256, "{}", map.index.len());
        });
    }
}
