//! Names interned while the program runs, above the static ones.

use core::ptr::NonNull;

use super::Qstr;
use super::hash::hash;
use super::names::{HASHES, NAMES, find_hashed};
use crate::mem::{NoMemory, Vec};

/// Bytes of text kept in one piece. Pieces never move, so that text stays where it is while names are added.
const PIECE: usize = if cfg!(target_pointer_width = "64") { 4096 } else { 256 };

struct Entry {
    /// In a piece, or where it lies for as long as the machine lives.
    text: NonNull<u8>,
    len: u32,
    hash: u32,
    chars: u32,
}

/// All names of one VM (or of one run of the cross compiler).
pub struct Pool {
    /// Pieces of text that was copied.
    text: Vec<Vec<u8>>,
    entries: Vec<Entry>,
    /// Open-addressed: entry number + 1, 0 for empty; its length is a power of two.
    index: Vec<u32>,
}

impl Pool {
    /// A pool that knows only the static names. It allocates nothing.
    pub const fn new() -> Pool {
        Pool { text: Vec::new(), entries: Vec::new(), index: Vec::new() }
    }

    /// The number of `name`, made now if it is new.
    pub fn intern(&mut self, name: &str) -> Result<Qstr, NoMemory> {
        let hash = hash(name.as_bytes());
        match self.find_hashed(name, hash) {
            Some(qstr) => Ok(qstr),
            None => self.add(name, hash, Self::store),
        }
    }

    /// As `intern`, of text that stays where it is: a new name is not copied.
    pub fn intern_static(&mut self, name: &'static str) -> Result<Qstr, NoMemory> {
        let hash = hash(name.as_bytes());
        match self.find_hashed(name, hash) {
            Some(qstr) => Ok(qstr),
            None => self.add(name, hash, |_, text| Ok(NonNull::from_ref(text).cast())),
        }
    }

    fn add(
        &mut self,
        name: &str,
        hash: u32,
        place: impl FnOnce(&mut Self, &[u8]) -> Result<NonNull<u8>, NoMemory>,
    ) -> Result<Qstr, NoMemory> {
        if (self.entries.len() + 1) * 2 > self.index.len() {
            self.grow_index()?;
        }
        self.entries.reserve(1)?;
        let text = place(self, name.as_bytes())?;
        let entry = Entry { text, len: name.len() as u32, hash, chars: name.chars().count() as u32 };
        let slot = self.free_slot(hash);
        self.entries.push(entry)?;
        self.index[slot] = self.entries.len() as u32;
        Ok(Qstr((NAMES.len() + self.entries.len()) as u32))
    }

    /// The number of `name` if it has one.
    pub fn find(&self, name: &str) -> Option<Qstr> {
        self.find_hashed(name, hash(name.as_bytes()))
    }

    fn find_hashed(&self, name: &str, wanted: u32) -> Option<Qstr> {
        if let Some(qstr) = find_hashed(name, wanted) {
            return Some(qstr);
        }
        if self.index.is_empty() {
            return None;
        }
        let mut slot = wanted as usize & (self.index.len() - 1);
        loop {
            let number = *self.index.get(slot)? as usize;
            if number == 0 {
                return None;
            }
            let entry = self.entries.get(number - 1)?;
            if entry.hash == wanted && self.text_of(entry) == name {
                return Some(Qstr((NAMES.len() + number) as u32));
            }
            slot = (slot + 1) & (self.index.len() - 1);
        }
    }

    /// The text of `qstr`; empty for a number this pool never gave out.
    pub fn get(&self, qstr: Qstr) -> &str {
        let number = qstr.0 as usize;
        match number.checked_sub(1) {
            None => "",
            Some(at) if at < NAMES.len() => NAMES[at],
            Some(at) => self.entries.get(at - NAMES.len()).map_or("", |entry| self.text_of(entry)),
        }
    }

    /// The hash of the text of `qstr`: the same as `hash` of its bytes.
    pub fn hash_of(&self, qstr: Qstr) -> u32 {
        match self.dynamic(qstr) {
            Some(entry) => entry.hash,
            None => HASHES.get((qstr.0 as usize).wrapping_sub(1)).copied().unwrap_or(1),
        }
    }

    /// The length of the text of `qstr` in characters.
    pub fn chars_of(&self, qstr: Qstr) -> usize {
        match self.dynamic(qstr) {
            Some(entry) => entry.chars as usize,
            None => self.get(qstr).len(), // Static names are ASCII.
        }
    }

    /// How many names were made at run time, and the bytes of their text.
    pub fn stats(&self) -> (usize, usize) {
        (self.entries.len(), self.text.iter().map(|piece| piece.len()).sum())
    }

    /// Name number `at` of those that were made at run time.
    pub fn made(&self, at: usize) -> Qstr {
        Qstr((NAMES.len() + at + 1) as u32)
    }

    /// Copies `bytes` to the end of the last piece, or to a new one, and says where.
    fn store(&mut self, bytes: &[u8]) -> Result<NonNull<u8>, NoMemory> {
        if self.text.last().is_none_or(|piece| piece.capacity() - piece.len() < bytes.len()) {
            let mut piece = Vec::new();
            piece.reserve(bytes.len().max(PIECE))?;
            self.text.push(piece)?;
        }
        let Some(piece) = self.text.last_mut() else { return Err(NoMemory) };
        let start = piece.len();
        piece.extend_from_slice(bytes)?;
        Ok(NonNull::from_ref(piece.get(start..).unwrap_or(&[])).cast())
    }

    fn dynamic(&self, qstr: Qstr) -> Option<&Entry> {
        self.entries.get((qstr.0 as usize).checked_sub(NAMES.len() + 1)?)
    }

    fn text_of(&self, entry: &Entry) -> &str {
        // SAFETY: an entry is made from a str whose bytes stay where they are: in a piece, which never moves, or in memory
        // that outlives the pool.
        unsafe { core::str::from_utf8_unchecked(core::slice::from_raw_parts(entry.text.as_ptr(), entry.len as usize)) }
    }

    fn free_slot(&self, hash: u32) -> usize {
        let mask = self.index.len() - 1;
        let mut slot = hash as usize & mask;
        while self.index[slot] != 0 {
            slot = (slot + 1) & mask;
        }
        slot
    }

    fn grow_index(&mut self) -> Result<(), NoMemory> {
        let len = (self.index.len() * 2).max(32);
        let mut index = Vec::new();
        index.reserve(len)?;
        for _ in 0..len {
            index.push(0)?;
        }
        self.index = index;
        for at in 0..self.entries.len() {
            let slot = self.free_slot(self.entries[at].hash);
            self.index[slot] = at as u32 + 1;
        }
        Ok(())
    }
}

impl Default for Pool {
    fn default() -> Pool {
        Pool::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn static_names_have_the_numbers_of_the_mpy_format() {
        assert_eq!(crate::q!(""), Qstr(1));
        assert_eq!(crate::q!("__dir__"), Qstr(2));
        assert_eq!(Pool::new().get(crate::q!("append")), "append");
    }

    #[test]
    fn equal_texts_share_a_number() {
        let mut pool = Pool::new();
        for round in 0..2 {
            for at in 0..1000u32 {
                let mut name = [b'n'; 5];
                name[1..].copy_from_slice(&[
                    b'a' + (at % 26) as u8,
                    b'a' + (at / 26 % 26) as u8,
                    b'a' + (at / 676) as u8,
                    b'_',
                ]);
                let text = core::str::from_utf8(&name).unwrap();
                let before = pool.stats().0;
                let qstr = pool.intern(text).unwrap();
                assert_eq!(pool.get(qstr), text);
                assert_eq!(pool.stats().0, before + usize::from(round == 0));
            }
        }
    }

    #[test]
    fn text_that_stays_is_not_copied() {
        let mut pool = Pool::new();
        let text = "a_name_that_nobody_has_yet_\u{e9}";
        let qstr = pool.intern_static(text).unwrap();
        assert!(core::ptr::eq(pool.get(qstr), text));
        assert_eq!(pool.stats(), (1, 0));
        assert_eq!((pool.intern(text).unwrap(), pool.chars_of(qstr)), (qstr, text.chars().count()));
    }
}
