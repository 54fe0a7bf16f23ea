//! Taking keys out.

use super::*;

impl Map {
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
            let mut walk = Walk::new(entry.hash);
            while self.index.get(walk.at & mask) != Some(at as u32 + 1) {
                walk.step();
            }
            self.index.set(walk.at & mask, DELETED);
        }
        self.entries.set(at, MapEntry { key: Obj::NULL, value: Obj::NULL, hash: 0 });
        self.live.set(self.live.get() - 1);
        self.version.set(self.version.get().wrapping_add(1));
        while self.entries.slice().last().is_some_and(|last| last.key.is_null()) {
            self.entries.pop();
        }
        if at == self.first.get() {
            let mut first = at;
            while self.entries.get(first).is_some_and(|entry| entry.key.is_null()) {
                first += 1;
            }
            self.first.set(if self.entries.is_empty() { 0 } else { first });
        }
        entry.value
    }
}
