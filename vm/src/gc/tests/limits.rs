//! Shortage, modes, growth and the free lists.

use super::super::{HeapOf, Kind, Region, Root};
use super::{Fixture, address, both, std};

both!(any_allocation_may_fail, oom, 64 * 1024);
fn oom<const P: usize, const G: usize>(mut f: Fixture<P, G>) {
    fn work<const P: usize, const G: usize>(f: &mut Fixture<P, G>) -> Option<()> {
        let cell = f.heap.alloc(16, Kind::Scan)?;
        f.root(0, address(cell));
        f.heap.weak_new(cell)?;
        if !f.heap.set_finaliser(cell) {
            return None;
        }
        let big = f.heap.alloc(P * 2, Kind::Leaf)?;
        f.root(1, address(big));
        // SAFETY: the old address is not used afterwards.
        let big = unsafe { f.heap.realloc(big, P * 4) }?;
        f.root(1, address(big));
        Some(())
    }
    f.heap.fail_after(Some(u64::MAX));
    assert_eq!(work(&mut f), Some(()));
    let count = f.heap.allocations();
    assert!(count >= 4);
    for n in 0..30 {
        f.heap.fail_after(Some(n));
        // Tables that are long enough need no cell, so only the first few are sure to fail.
        assert!(work(&mut f).is_none() || n >= 3);
        f.heap.fail_after(None);
        f.roots.fill(0);
        f.heap.collect();
        while f.heap.take_finalisable().is_some() {}
        f.heap.collect();
        assert!(f.heap.alloc(1, Kind::Scan).is_some());
    }
}

both!(modes_refuse_and_collect, modes, 64 * 1024);
fn modes<const P: usize, const G: usize>(mut f: Fixture<P, G>) {
    let cell = f.make(0, Kind::Scan);
    assert!(f.heap.size_of(cell).unwrap() >= size_of::<usize>());
    f.heap.lock();
    f.heap.lock();
    assert!(f.heap.alloc(8, Kind::Scan).is_none() && f.heap.alloc(P * 2, Kind::Scan).is_none());
    assert!(f.heap.unlock() && !f.heap.unlock());
    f.make(8, Kind::Scan);
    let before = f.heap.stats().collections;
    f.heap.set_stress(true);
    f.make(8, Kind::Scan);
    f.make(P * 2, Kind::Scan);
    f.heap.disable();
    f.make(8, Kind::Scan);
    f.heap.enable();
    f.heap.set_stress(false);
    assert_eq!(f.heap.stats().collections, before + 2);
    f.heap.disable();
    while f.heap.alloc(P / 4, Kind::Leaf).is_some() {}
    assert_eq!(f.heap.stats().collections, before + 2);
    f.heap.enable();
    f.make(P / 4, Kind::Leaf);
    assert!(f.heap.stats().collections > before + 2);
    let before = f.heap.stats().collections;
    f.heap.set_threshold(Some(P * 2));
    for _ in 0..32 {
        f.make(P / 2, Kind::Leaf);
    }
    assert!(f.heap.stats().collections >= before + 4);
}

#[test]
fn a_tiny_heap_is_used_to_the_full() {
    let mut f = Fixture::<256, 8>::new(8 * 1024);
    let stats = f.heap.stats();
    assert!(stats.total >= 7 * 1024 && stats.free == stats.total);
    let mut count = 0;
    for index in 0..300 {
        let Some(cell) = f.heap.alloc(32, Kind::Scan) else { break };
        f.root(index, address(cell));
        count += 1;
    }
    assert_eq!(count * 32, stats.total);
    assert!(f.heap.alloc(1, Kind::Scan).is_none());
    for index in 0..300 {
        f.root(index, 0);
    }
    // Garbage of one size makes room for one big cell.
    assert!(f.heap.alloc(stats.total, Kind::Leaf).is_some());
    assert!(Fixture::<256, 8>::new(1024).heap.alloc(8, Kind::Scan).is_some());
}

#[test]
fn a_growing_heap_stops_at_its_limit() {
    const LIMIT: usize = 8 << 20;
    let layout = std::alloc::Layout::from_size_align(64 << 20, 64 << 10).unwrap();
    // SAFETY: the layout has a size; zeroed, so all of it counts as committed.
    let base = unsafe { std::alloc::alloc_zeroed(layout) };
    fn commit(start: *mut u8, len: usize) -> bool {
        start.addr().is_multiple_of(64 << 10) && len.is_multiple_of(64 << 10)
    }
    // SAFETY: the range is the heap's alone until the end of this test.
    let mut heap = HeapOf::<16384, 16>::new(unsafe { Region::growing(base, 64 << 20, LIMIT, commit) }).unwrap();
    assert_eq!(heap.stats().total, 1 << 20);
    // What can never fit does not make the heap grow.
    assert!(heap.alloc(LIMIT + 1, Kind::Leaf).is_none());
    assert!(heap.alloc(usize::MAX, Kind::Leaf).is_none());
    assert_eq!(heap.stats().total, 1 << 20);
    heap.disable();
    let mut got = 0;
    while heap.alloc(1000, Kind::Scan).is_some() {
        got += 1000;
    }
    assert!(got > LIMIT / 10 * 9 && heap.stats().total == LIMIT);
    heap.collect();
    assert!(heap.alloc(LIMIT, Kind::Scan).is_some());
    // SAFETY: allocated above with this layout, and no longer used.
    unsafe { std::alloc::dealloc(base, layout) };
}

#[test]
fn garbage_does_not_make_a_host_heap_grow() {
    let mut f = Fixture::<16384, 16>::new(40 << 20);
    for _ in 0..(20 << 20) / 64 * if cfg!(miri) { 0 } else { 4 } {
        f.make(64, Kind::Scan);
    }
    let stats = f.heap.stats();
    assert!(stats.peak < 3 << 20, "{stats:?}");
    assert!((60..100).contains(&stats.collections) || cfg!(miri), "{stats:?}");
}

#[test]
fn a_page_is_cut_only_as_far_as_it_is_used() {
    let layout = std::alloc::Layout::from_size_align(8 << 20, 64 << 10).unwrap();
    // SAFETY: the layout has a size; zeroed, so all of it counts as committed.
    let base = unsafe { std::alloc::alloc_zeroed(layout) };
    // SAFETY: the range is the heap's alone until the end of this test.
    let mut heap = HeapOf::<16384, 16>::new(unsafe { Region::growing(base, 8 << 20, 4 << 20, |_, _| true) }).unwrap();
    let first = heap.alloc(48, Kind::Scan).unwrap();
    // SAFETY: the page has so many words, and nobody writes to them now.
    let written = |words: usize| unsafe { (0..words).rev().find(|at| first.cast::<usize>().add(*at).read() != 0) };
    assert_eq!((heap.stats().used, written(2048)), (48, Some(84 * 6)));
    // Cells come in the order of their addresses, and each is given out once.
    for number in 1..341 {
        assert_eq!(heap.alloc(48, Kind::Scan).map(|cell| address(cell) - address(first)), Some(number * 48));
    }
    assert!(heap.alloc(48, Kind::Scan).is_some_and(|cell| address(cell) - address(first) >= 16384));
    heap.collect();
    assert_eq!(heap.stats().used, 0);
    // A page of which some cells were never given out is swept like others.
    let cell = heap.alloc(96, Kind::Leaf).unwrap();
    let root = [address(cell)];
    // SAFETY: the root is on this stack, which is left after the heap.
    assert!(unsafe { heap.add_root(Root::Fixed(root.as_ptr_range().start, root.as_ptr_range().end)) });
    heap.collect();
    assert_eq!((heap.stats().used, heap.find(cell.as_ptr())), (96, Some(cell)));
    let mut got = 0;
    while heap.alloc(96, Kind::Leaf).is_some_and(|other| address(other) & !16383 == address(cell) & !16383) {
        got += 1;
    }
    assert_eq!(got, 169);
    // SAFETY: allocated above with this layout, and no longer used.
    unsafe { std::alloc::dealloc(base, layout) };
}

#[test]
fn machine_code_finds_the_free_lists() {
    let mut f = Fixture::<16384, 16>::new(1 << 20);
    let first = f.make(32, Kind::Scan);
    let offset = HeapOf::<16384, 16>::list_offset(32, Kind::Scan).unwrap();
    assert_eq!(HeapOf::<16384, 16>::list_offset(16 * 1024, Kind::Scan), None);
    // SAFETY: the offset is that of a list inside the heap.
    let head = unsafe { (&raw const f.heap).byte_add(offset).cast::<usize>().read() };
    assert_eq!(head, address(first) + 32);
    assert_eq!(address(f.make(32, Kind::Scan)), head);
}
