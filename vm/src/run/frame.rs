//! Frames: the state of one running function, in the value stack or, for generators, in a heap object.

use super::code::RawCode;
use crate::types::dict::Dict;
use crate::types::function::Function;
use crate::value::{Gc, Obj};

/// What becomes of a frame's result.
#[derive(Clone, Copy, PartialEq, Eq)]
#[repr(usize)]
pub enum Leave {
    /// `run` returns it to Rust.
    Entry,
    /// It is pushed on the caller's operand stack.
    Call,
    /// As `Call`; the frame has an object that outlives it.
    #[cfg(feature = "trace")]
    Watched,
    /// The frame is a generator's in a `for` of the caller: a yielded value is pushed, a return ends the loop.
    ForIter,
    /// Machine code runs it and has handled an exception: `blocks` is the word of what it handles now, or no value.
    Native,
}

/// A frame. Behind it lie `n_state` words of locals and operand stack, then the exception blocks.
#[repr(C)]
pub struct Frame {
    /// The frame that called this one; null at the bottom.
    pub prev: *mut Frame,
    /// What runs.
    pub code: Gc<RawCode>,
    /// The function it belongs to; `Obj::NULL` for module bodies.
    pub function: Option<Gc<Function>>,
    /// Next operation, kept here while another frame runs.
    pub ip: *const u8,
    /// One past the top of the operand stack, which grows up from the first word; kept here while another frame runs.
    pub sp: *mut Obj,
    /// Innermost exception block; one below the first when there is none. See also `Leave::Native`.
    pub blocks: *mut Block,
    /// Namespace of LOAD_NAME and STORE_NAME: the globals, or that of a class body.
    pub names: Gc<Dict>,
    /// The generator whose frame this is, or `Obj::NULL`.
    pub generator: Obj,
    /// What becomes of the result.
    pub leave: Leave,
}

/// An active `try` or `with`.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct Block {
    /// Where its handler starts.
    pub handler: *const u8,
    /// The operand stack when it was set up (one past the top), and in the lowest bit whether it must run on every way out.
    pub sp: usize,
    /// The exception its handler is at work on, or `Obj::NULL`.
    pub caught: Obj,
}

impl Block {
    /// Whether this is a `finally` or `with`.
    pub fn is_finally(&self) -> bool {
        self.sp & 1 != 0
    }

    /// The operand stack when it was set up.
    pub fn stack(&self) -> *mut Obj {
        core::ptr::with_exposed_provenance_mut(self.sp & !1)
    }
}

impl Frame {
    /// Bytes of a frame for `code`.
    pub fn size(code: &RawCode) -> usize {
        size_of::<Frame>() + code.n_state * size_of::<Obj>() + code.n_exc * size_of::<Block>()
    }

    /// The first of the frame's words, where the operand stack starts.
    ///
    /// # Safety
    /// `frame` points to a frame with its words behind it.
    #[inline(always)]
    pub unsafe fn words(frame: *mut Frame) -> *mut Obj {
        // SAFETY: the words follow the frame.
        unsafe { frame.add(1).cast() }
    }

    /// Local 0; local n lies n words below it, so that locals and operand stack grow towards each other.
    ///
    /// # Safety
    /// As `words`.
    #[inline(always)]
    pub unsafe fn locals(frame: *mut Frame) -> *mut Obj {
        // SAFETY: a frame has at least one word.
        unsafe {
            let code = (*frame).code;
            Frame::words(frame).add(code.n_state - 1)
        }
    }

    /// Where the exception blocks begin.
    ///
    /// # Safety
    /// As `locals`.
    pub unsafe fn first_block(frame: *mut Frame) -> *mut Block {
        // SAFETY: the blocks follow the words.
        unsafe {
            let code = (*frame).code;
            Frame::words(frame).add(code.n_state).cast()
        }
    }

    /// Whether all is inside what belongs to it: the next operation, the top of the stack, the exception blocks.
    ///
    /// # Safety
    /// As `locals`.
    pub unsafe fn holds(frame: *mut Frame, ip: *const u8, sp: *mut Obj) -> bool {
        // SAFETY: the caller's promise.
        unsafe {
            let code = (*frame).code;
            let words = Frame::words(frame);
            let blocks = Frame::first_block(frame);
            let inside = code.bytes.slice().as_ptr_range().contains(&ip) && ip >= code.start;
            // A traced frame begins outside.
            (inside || cfg!(feature = "trace") && *ip == crate::compile::number::ENTER)
                && (words..=words.add(code.n_state)).contains(&sp)
                && (blocks.wrapping_sub(1)..blocks.wrapping_add(code.n_exc)).contains(&(*frame).blocks)
        }
    }
}
