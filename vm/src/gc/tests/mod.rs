//! Tests of the whole heap, with the pages of hosts and of boards.

extern crate std;

mod finalise;
mod limits;
mod plain;
mod random;
mod reach;

use core::ptr::NonNull;
use std::boxed::Box;
use std::vec;

use super::{HeapOf, Kind, Region, Root};

/// A heap over memory of its own, with a table of roots.
struct Fixture<const PAGE: usize, const GRANULE: usize> {
    heap: HeapOf<PAGE, GRANULE>,
    roots: Box<[usize]>,
    _memory: Box<[u128]>,
}

impl<const PAGE: usize, const GRANULE: usize> Fixture<PAGE, GRANULE> {
    fn new(bytes: usize) -> Self {
        let mut memory = vec![0xDEAD_BEEF_u128; bytes / 16].into_boxed_slice();
        // SAFETY: the memory lives as long as the heap, and only the heap uses it.
        let region = unsafe { Region::fixed(memory.as_mut_ptr().cast(), bytes) };
        let mut heap = HeapOf::new(region).expect("room for a heap");
        let roots = vec![0usize; 300].into_boxed_slice();
        let range = roots.as_ptr_range();
        // SAFETY: the roots live as long as the heap.
        assert!(unsafe { heap.add_root(Root::Fixed(range.start, range.end)) });
        Fixture { heap, roots, _memory: memory }
    }

    fn root(&mut self, index: usize, word: usize) {
        // SAFETY: a plain store; volatile since only the collector reads it.
        unsafe { (&raw mut self.roots[index]).write_volatile(word) }
    }

    fn make(&mut self, bytes: usize, kind: Kind) -> NonNull<u8> {
        self.heap.alloc(bytes, kind).expect("memory")
    }

    fn alive(&self, cell: NonNull<u8>) -> bool {
        self.heap.find(cell.as_ptr()) == Some(cell)
    }
}

fn put(cell: NonNull<u8>, index: usize, word: usize) {
    // SAFETY: tests store inside of live cells.
    unsafe { cell.cast::<usize>().add(index).write(word) }
}

fn get(cell: NonNull<u8>, index: usize) -> usize {
    // SAFETY: tests read inside of live cells.
    unsafe { cell.cast::<usize>().add(index).read() }
}

fn address(cell: NonNull<u8>) -> usize {
    cell.as_ptr().addr()
}

/// Runs a test with both kinds of pages.
macro_rules! both {
    ($name:ident, $body:ident, $bytes:expr) => {
        #[test]
        fn $name() {
            $body(Fixture::<16384, 16>::new($bytes * 20));
            $body(Fixture::<256, 8>::new($bytes));
        }
    };
}

use both;
