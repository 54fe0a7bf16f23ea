//! What keeps a cell, and what does not.

use core::ptr::NonNull;
use std::vec::Vec;

use super::super::{Kind, Root};
use super::{Fixture, address, both, get, put, std};

both!(interior_addresses_keep_a_cell, interior, 64 * 1024);
fn interior<const P: usize, const G: usize>(mut f: Fixture<P, G>) {
    for bytes in [1, 24, 40, 64, 104, P / 2, P, P * 3 + 1] {
        let cell = f.make(bytes, Kind::Scan);
        let size = f.heap.size_of(cell).unwrap();
        f.root(0, address(cell) + size - 1);
        f.heap.collect();
        assert!(f.alive(cell));
        f.root(0, address(cell) + size);
        f.heap.collect();
        assert!(!f.alive(cell));
        // From inside the heap only whole words count.
        let holder = f.make(16, Kind::Scan);
        let cell = f.make(bytes, Kind::Scan);
        f.root(0, address(holder));
        let inside = size / 2 / 8 * 8;
        put(holder, 0, address(cell) + inside);
        f.heap.collect();
        assert!(f.alive(cell));
        put(holder, 0, address(cell) + 1);
        f.heap.collect();
        assert!(!f.alive(cell) && f.alive(holder));
    }
}

both!(leaf_cells_keep_nothing, leaf, 32 * 1024);
fn leaf<const P: usize, const G: usize>(mut f: Fixture<P, G>) {
    let (holder, cell) = (f.make(P * 2, Kind::Leaf), f.make(8, Kind::Scan));
    f.root(0, address(holder));
    put(holder, 0, address(cell));
    f.heap.collect();
    assert!(f.alive(holder) && !f.alive(cell));
}

both!(dead_cycles_are_collected, cycle, 32 * 1024);
fn cycle<const P: usize, const G: usize>(mut f: Fixture<P, G>) {
    let (a, b) = (f.make(16, Kind::Scan), f.make(16, Kind::Scan));
    put(a, 0, address(b));
    put(b, 0, address(a));
    f.root(0, address(a));
    f.heap.collect();
    assert!(f.alive(a) && f.alive(b));
    f.root(0, 0);
    f.heap.collect();
    assert_eq!(f.heap.stats().used, 0);
}

both!(long_lists_and_wide_trees_overflow_the_stack, shapes, 200 * 1024);
fn shapes<const P: usize, const G: usize>(mut f: Fixture<P, G>) {
    let length = 2000;
    for link in [0, 1] {
        // Each node has a value of its own before or after its link, so that values or nodes pile up.
        let mut first = 0;
        for _ in 0..length {
            let node = f.make(16, Kind::Scan);
            put(node, link, first);
            f.root(0, address(node));
            let value = f.make(16, Kind::Scan);
            put(node, 1 - link, address(value));
            let inner = f.make(16, Kind::Scan);
            put(value, 0, address(inner));
            put(inner, 0, 7);
            first = address(node);
        }
        f.heap.collect();
        let (mut node, mut count) = (first, 0);
        while node != 0 {
            let cell = f.heap.find(core::ptr::without_provenance(node)).expect("a node");
            let value = f.heap.find(core::ptr::without_provenance(get(cell, 1 - link))).expect("a value");
            let inner = f.heap.find(core::ptr::without_provenance(get(value, 0))).expect("its inside");
            assert_eq!(get(inner, 0), 7);
            node = get(cell, link);
            count += 1;
        }
        assert_eq!(count, length);
        f.root(0, 0);
        f.heap.collect();
        assert_eq!(f.heap.stats().used, 0);
    }
    // A table of tables of cells.
    let (wide, deep) = (40, 60);
    let top = f.make(wide * 8, Kind::Scan);
    f.root(0, address(top));
    let mut all = Vec::new();
    for i in 0..wide {
        let middle = f.make(deep * 8, Kind::Scan);
        put(top, i, address(middle));
        for j in 0..deep {
            let cell = f.make(16, Kind::Scan);
            put(middle, j, address(cell));
            all.push(cell);
        }
    }
    f.heap.collect();
    assert!(all.iter().all(|&cell| f.alive(cell)));
}

#[cfg(not(miri))]
#[test]
fn the_machine_stack_is_a_root() {
    #[inline(never)]
    fn chain(f: &mut Fixture<16384, 16>) -> NonNull<u8> {
        let cell = f.make(64, Kind::Scan);
        put(cell, 1, address(f.make(64, Kind::Scan)));
        put(cell, 0, 42);
        cell
    }
    #[inline(never)]
    fn lose(f: &mut Fixture<16384, 16>) -> usize {
        !address(chain(f))
    }
    #[inline(never)]
    fn overwrite() {
        core::hint::black_box([0usize; 2000]);
    }
    let mut f = Fixture::<16384, 16>::new(1 << 20);
    let top = 0usize;
    // SAFETY: the collections of this test run below this frame.
    unsafe { f.heap.set_stack_top((&raw const top).cast()) };
    inner(&mut f);
    #[inline(never)]
    fn inner(f: &mut Fixture<16384, 16>) {
        let cell = chain(f);
        let lost = lose(f);
        overwrite();
        f.heap.collect();
        // Only `cell` itself names the cell, in a register or in this frame.
        assert_eq!(get(cell, 0), 42);
        assert!(f.alive(cell));
        assert!(f.heap.find(core::ptr::without_provenance(get(cell, 1))).is_some());
        assert_eq!(f.heap.find(core::ptr::without_provenance(!lost)), None);
    }
}

#[test]
fn a_root_may_end_where_a_cell_says() {
    let mut f = Fixture::<256, 8>::new(16 * 1024);
    let cell = f.make(8, Kind::Leaf);
    let values = [address(cell); 1];
    let mut end: *const usize = values.as_ptr().wrapping_add(1);
    // SAFETY: both live until the end of this test, and the heap is not used after that.
    assert!(unsafe { f.heap.add_root(Root::UpTo(values.as_ptr(), &raw const end)) });
    f.heap.collect();
    assert!(f.alive(cell));
    // SAFETY: a plain store; volatile since only the collector reads it.
    unsafe { (&raw mut end).write_volatile(values.as_ptr()) };
    f.heap.collect();
    assert!(!f.alive(cell));
    f.heap.remove_root(values.as_ptr());
}
