//! Plain cells.

use core::alloc::Layout;
use std::vec::Vec;

use super::super::Kind;
use super::{Fixture, both, get, put, std};

fn layout(bytes: usize) -> Layout {
    Layout::from_size_align(bytes, 8).expect("a layout")
}

both!(plain_cells_live_until_they_are_freed, lives, 64 * 1024);
fn lives<const P: usize, const G: usize>(mut f: Fixture<P, G>) {
    let sizes = [1, 8, 24, 60, 100, P / 2, P, P * 3 + 1];
    let blocks: Vec<_> = sizes.iter().map(|&bytes| f.heap.alloc_plain(layout(bytes)).expect("memory")).collect();
    for (index, &block) in blocks.iter().enumerate() {
        put(block, 0, index + 1);
    }
    let before = f.heap.stats().used;
    let garbage = f.make(40, Kind::Leaf);
    for _ in 0..3 {
        f.heap.collect();
        // Fills what the collection freed, so that a block freed by mistake would be overwritten.
        for _ in 0..2 * f.heap.stats().total / 24 {
            let cell = f.make(24, Kind::Leaf);
            put(cell, 0, usize::MAX);
        }
    }
    f.heap.collect();
    assert!(!f.alive(garbage));
    assert_eq!(f.heap.stats().used, before);
    for (index, &block) in blocks.iter().enumerate() {
        assert!(f.alive(block) && get(block, 0) == index + 1);
    }
    for &block in &blocks {
        // SAFETY: it came from `alloc_plain` and is not used again.
        unsafe { f.heap.free_plain(block) };
    }
    f.heap.collect();
    assert_eq!(f.heap.stats().used, 0);
    assert!(blocks.iter().all(|&block| !f.alive(block)));
}

both!(plain_cells_come_back_zero_and_grow, grows, 64 * 1024);
fn grows<const P: usize, const G: usize>(mut f: Fixture<P, G>) {
    let mut block = f.heap.alloc_plain(layout(8)).expect("memory");
    put(block, 0, 7);
    for bytes in [16, 64, 200, P, P * 4, P * 20] {
        // SAFETY: the old address is not used again.
        block = unsafe { f.heap.realloc_plain(block, bytes) }.expect("memory");
        f.heap.collect();
        assert_eq!((get(block, 0), get(block, bytes / size_of::<usize>() - 1)), (7, 0));
    }
    // SAFETY: as above.
    unsafe { f.heap.free_plain(block) };
    // Freed into a page that a collection has left to be swept, then taken again.
    let pair = [(); 2].map(|()| f.heap.alloc_plain(layout(24)).expect("memory"));
    f.heap.collect();
    // SAFETY: not used again.
    unsafe { f.heap.free_plain(pair[0]) };
    let again = f.heap.alloc_plain(layout(24)).expect("memory");
    assert_ne!(again, pair[1]);
    assert_eq!(get(again, 0), 0);
    assert!(f.heap.alloc_plain(Layout::from_size_align(8, G * 2).expect("a layout")).is_none());
}
