//! Text that grows while it is written, and becomes a str at the end.

use super::{find, from_utf8};
use crate::Vm;
use crate::value::{GcVec, Obj, Res, Sink};

/// Text up to this length is collected without memory from the heap.
const FEW: usize = 120;

/// A sink that collects bytes in the heap.
pub struct Bytes(pub GcVec<u8>);

impl Sink for Bytes {
    fn write(&mut self, vm: &mut Vm, text: &str) -> Res<()> {
        self.0.extend(vm, text.as_bytes())
    }
}

/// A sink that becomes a str. Short texts stay on the machine stack until they are finished.
pub struct Builder {
    few: [u8; FEW],
    len: usize,
    more: GcVec<u8>,
}

impl Default for Builder {
    fn default() -> Builder {
        Builder::new()
    }
}

impl Builder {
    /// No text yet.
    #[inline]
    pub fn new() -> Builder {
        Builder { few: [0; FEW], len: 0, more: GcVec::new() }
    }

    /// Adds bytes. Together, what is added must be UTF-8 if it is to become a str.
    #[inline]
    pub fn push(&mut self, vm: &mut Vm, bytes: &[u8]) -> Res<()> {
        if self.more.is_empty()
            && let Some(place) = self.few.get_mut(self.len..self.len + bytes.len())
        {
            place.copy_from_slice(bytes);
            self.len += bytes.len();
            return Ok(());
        }
        self.push_more(vm, bytes)
    }

    #[cold]
    fn push_more(&mut self, vm: &mut Vm, bytes: &[u8]) -> Res<()> {
        if self.more.is_empty() {
            self.more.reserve(vm, (self.len + bytes.len()) * 2)?;
            self.more.extend(vm, self.few.get(..self.len).unwrap_or(&[]))?;
            self.len = 0;
        }
        self.more.extend(vm, bytes)
    }

    /// Makes room for `more` further bytes.
    pub fn reserve(&mut self, vm: &mut Vm, more: usize) -> Res<()> {
        if self.more.is_empty() && more <= FEW - self.len {
            return Ok(());
        }
        self.more.reserve(vm, more.saturating_add(self.len))
    }

    /// Adds `byte` `count` times.
    pub fn fill(&mut self, vm: &mut Vm, byte: u8, count: usize) -> Res<()> {
        let piece = [byte; 32];
        let mut left = count;
        while left > 0 {
            let step = left.min(piece.len());
            self.push(vm, piece.get(..step).unwrap_or(&[]))?;
            left -= step;
        }
        Ok(())
    }

    /// The bytes so far. Do not keep the slice while adding more.
    pub fn bytes(&self) -> &[u8] {
        if self.more.is_empty() { self.few.get(..self.len).unwrap_or(&[]) } else { self.more.slice() }
    }

    /// A str with what was written.
    pub fn finish(self, vm: &mut Vm) -> Res {
        from_utf8(vm, self.bytes())
    }

    /// A str with what was written if that is valid, else `None`.
    pub fn finish_checked(self, vm: &mut Vm) -> Res<Option<Obj>> {
        if core::str::from_utf8(self.bytes()).is_err() {
            return Ok(None);
        }
        self.finish(vm).map(Some)
    }

    /// Number of characters so far.
    pub fn chars(&self) -> usize {
        find::count_chars(self.bytes())
    }
}

impl Sink for Builder {
    fn write(&mut self, vm: &mut Vm, text: &str) -> Res<()> {
        self.push(vm, text.as_bytes())
    }
}
