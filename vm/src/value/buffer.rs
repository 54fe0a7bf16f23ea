//! The buffer protocol: the raw bytes behind bytes, bytearray, array, memoryview and str objects.

use core::ptr::NonNull;

use super::{Obj, Res};
use crate::Vm;

/// The bytes behind an object at this moment. Growing the object makes it stale, so look again after running Python.
#[derive(Clone, Copy)]
pub struct Buffer {
    start: NonNull<u8>,
    len: usize,
    /// Element type as in the array module ('B' for plain bytes).
    pub typecode: u8,
}

impl Buffer {
    /// A buffer of `len` bytes at `start`.
    ///
    /// # Safety
    /// The bytes stay readable (and writable, if asked for) while the owner neither grows nor dies.
    pub(crate) unsafe fn new(start: NonNull<u8>, len: usize, typecode: u8) -> Buffer {
        Buffer { start, len, typecode }
    }

    /// A buffer for reading only, over the storage of an object.
    pub fn of_bytes(bytes: &[u8], typecode: u8) -> Buffer {
        Buffer { start: NonNull::from_ref(bytes).cast(), len: bytes.len(), typecode }
    }

    /// A buffer over a piece of this one; `None` if it is not inside.
    pub fn part(self, from: usize, len: usize, typecode: u8) -> Option<Buffer> {
        if from.checked_add(len)? > self.len {
            return None;
        }
        // SAFETY: from + len lies inside the buffer.
        Some(Buffer { start: unsafe { self.start.add(from) }, len, typecode })
    }

    /// Number of bytes.
    pub fn len(self) -> usize {
        self.len
    }

    /// Whether there are no bytes.
    pub fn is_empty(self) -> bool {
        self.len == 0
    }

    /// The bytes. Do not keep the slice across anything that can run Python or change the owner.
    pub fn bytes<'a>(self) -> &'a [u8] {
        // SAFETY: see `new`; the collector sees `start` on the stack, so the owner's storage lives.
        unsafe { core::slice::from_raw_parts(self.start.as_ptr(), self.len) }
    }

    /// Byte `at`; `None` outside.
    #[inline(always)]
    pub fn get(self, at: usize) -> Option<u8> {
        // SAFETY: at < len.
        if at < self.len { Some(unsafe { self.start.add(at).read() }) } else { None }
    }

    /// Sets byte `at`; nothing happens outside. The buffer must have been asked for with `write`.
    #[inline(always)]
    pub fn set(self, at: usize, byte: u8) {
        if at < self.len {
            // SAFETY: at < len, and a buffer asked for with `write` is writable.
            unsafe { self.start.add(at).write(byte) };
        }
    }

    /// Copies `from` over the bytes from `at` on, as many as fit.
    pub fn copy_in(self, at: usize, from: &[u8]) {
        self.copy_from(at, Buffer::of_bytes(from, b'B'));
    }

    /// As `copy_in`, of bytes that may be partly the same: no slice of them may exist then.
    pub fn copy_from(self, at: usize, from: Buffer) {
        if at < self.len {
            let count = from.len.min(self.len - at);
            // SAFETY: at + count <= len; `copy` allows overlap.
            unsafe { core::ptr::copy(from.start.as_ptr(), self.start.as_ptr().add(at), count) };
        }
    }

    /// The address of the first byte, for machine code and `uctypes.addressof`.
    pub fn address(self) -> usize {
        self.start.as_ptr().expose_provenance()
    }
}

impl Vm {
    /// The bytes behind `obj`, if it has any.
    pub fn buffer_of(&mut self, obj: Obj, write: bool) -> Res<Option<Buffer>> {
        match obj.type_of().buffer {
            Some(buffer) => buffer(self, obj, write),
            None => Ok(None),
        }
    }

    /// The bytes behind `obj`; TypeError if it has none.
    pub fn buffer(&mut self, obj: Obj, write: bool) -> Res<Buffer> {
        match self.buffer_of(obj, write)? {
            Some(buffer) => Ok(buffer),
            None => Err(self.type_error(format_args!("object with buffer protocol required"))),
        }
    }
}
