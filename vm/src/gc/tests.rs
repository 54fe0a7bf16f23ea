//! Tests of the whole heap, with the pages of hosts and of boards.

extern crate std;

use core::ptr::NonNull;
use std::boxed::Box;
use std::vec;
use std::vec::Vec;

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

struct Random(u64);

impl Random {
    fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 16) as usize % n
    }
}

/// A cell as the test believes it to be: filled with one byte.
struct Shadow {
    cell: NonNull<u8>,
    bytes: usize,
    fill: u8,
    kind: Kind,
}

impl Shadow {
    fn fill(&self) {
        // SAFETY: the cell has `bytes` bytes.
        unsafe { self.cell.write_bytes(self.fill, self.bytes) }
    }

    fn check(&self, upto: usize) {
        // SAFETY: the cell has `bytes` bytes.
        let bytes = unsafe { core::slice::from_raw_parts(self.cell.as_ptr(), self.bytes.min(upto)) };
        assert!(bytes.iter().all(|&byte| byte == self.fill));
    }

    fn check_zero(&self, from: usize) {
        // SAFETY: the cell has `bytes` bytes.
        let bytes = unsafe { core::slice::from_raw_parts(self.cell.as_ptr(), self.bytes) };
        assert!(bytes.iter().skip(from).all(|&byte| byte == 0));
    }
}

fn random_work<const PAGE: usize, const GRANULE: usize>(bytes: usize, steps: usize, seed: u64) {
    let mut f = Fixture::<PAGE, GRANULE>::new(bytes);
    let mut random = Random(seed);
    let mut shadow: Vec<Option<Shadow>> = (0..f.roots.len()).map(|_| None).collect();
    for step in 0..steps {
        let index = random.below(shadow.len());
        let wanted = match random.below(20) {
            0 => random.below(PAGE * 5),
            1..4 => random.below(PAGE),
            _ => random.below(PAGE / 8 + 1),
        };
        match (random.below(10), shadow[index].take()) {
            (0..6, old) => {
                if let Some(old) = old {
                    old.check(usize::MAX);
                    f.root(index, 0);
                }
                let kind = if random.below(2) == 0 { Kind::Scan } else { Kind::Leaf };
                let Some(cell) = f.heap.alloc(wanted, kind) else { continue };
                assert_eq!(address(cell) % GRANULE, 0);
                let new = Shadow { cell, bytes: wanted, fill: (step | 1) as u8, kind };
                assert!(f.heap.size_of(cell).unwrap() >= wanted.max(1));
                new.check_zero(0);
                new.fill();
                let inside = if wanted > 0 { random.below(wanted) } else { 0 };
                f.root(index, address(cell) + inside);
                shadow[index] = Some(new);
            }
            (6, Some(old)) => {
                old.check(usize::MAX);
                f.root(index, 0);
                // SAFETY: nobody knows the cell any more.
                unsafe { f.heap.free(old.cell) };
            }
            (7..9, Some(mut old)) => {
                // SAFETY: only the new address is used afterwards.
                if let Some(cell) = unsafe { f.heap.realloc(old.cell, wanted) } {
                    let kept = old.bytes;
                    (old.cell, old.bytes) = (cell, wanted);
                    old.check(kept);
                    old.check_zero(kept);
                    old.fill();
                    f.root(index, address(cell));
                }
                shadow[index] = Some(old);
            }
            (_, old) => {
                shadow[index] = old;
                if random.below(10) == 0 {
                    f.heap.collect();
                }
            }
        }
        if step % 500 == 0 {
            let mut live = 0;
            for one in shadow.iter().flatten() {
                one.check(usize::MAX);
                assert!(f.alive(one.cell));
                if one.bytes > 0 {
                    let last = one.cell.as_ptr().wrapping_add(one.bytes - 1);
                    assert_eq!(f.heap.find(last), Some(one.cell));
                }
                live += f.heap.size_of(one.cell).unwrap();
                assert!(one.kind == Kind::Scan || one.kind == Kind::Leaf);
            }
            let stats = f.heap.stats();
            assert!(stats.used >= live && stats.used + stats.free == stats.total);
            f.heap.collect();
            // The fill bytes are odd words, so no cell keeps another alive.
            assert_eq!(f.heap.stats().used, live);
            assert_eq!(f.heap.stats().live, live);
        }
    }
    f.roots.fill(0);
    f.heap.collect();
    let stats = f.heap.stats();
    assert_eq!((stats.used, stats.largest_free), (0, stats.total));
}

const SCALE: usize = if cfg!(miri) { 50 } else { 1 };

#[test]
fn random_work_on_a_host() {
    random_work::<16384, 16>(3_000_000, 20_000 / SCALE, 0x1234_5678_9ABC);
    random_work::<16384, 16>(16_000_000, 20_000 / SCALE, 0x77);
}

#[test]
fn random_work_on_a_board() {
    random_work::<256, 8>(8 * 1024, 20_000 / SCALE, 0x4321);
    random_work::<256, 8>(64 * 1024, 20_000 / SCALE, 0x99);
    random_work::<512, 8>(200 * 1024, 20_000 / SCALE, 0xABCDEF);
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

both!(finalisers_come_in_order_and_with_what_they_reach, finalisers, 64 * 1024);
fn finalisers<const P: usize, const G: usize>(mut f: Fixture<P, G>) {
    let (a, b, c) = (f.make(16, Kind::Scan), f.make(16, Kind::Scan), f.make(16, Kind::Leaf));
    for (index, cell) in [a, b, c].into_iter().enumerate() {
        f.root(index, address(cell));
        assert!(f.heap.set_finaliser(cell));
    }
    put(a, 0, address(c));
    f.heap.collect();
    assert_eq!(f.heap.take_finalisable(), None);
    // Both die; `a` reaches `c` but does not hide it.
    f.root(0, 0);
    f.root(2, 0);
    let weak = f.heap.weak_new(c).unwrap();
    f.heap.collect();
    assert_eq!(f.heap.weak_get(weak), None);
    // They live until taken, also over another collection.
    f.heap.collect();
    assert!(f.alive(a) && f.alive(c));
    assert_eq!(f.heap.take_finalisable(), Some(a));
    assert_eq!(f.heap.take_finalisable(), Some(c));
    assert_eq!(f.heap.take_finalisable(), None);
    f.heap.collect();
    assert!(!f.alive(a) && !f.alive(c) && f.alive(b));
    // The end of the program.
    f.heap.finalise_all();
    assert_eq!(f.heap.take_finalisable(), Some(b));
    f.root(1, 0);
    f.heap.collect();
    assert!(!f.alive(b));
    // Many, registered while the tables themselves move.
    for _ in 0..500 {
        let cell = f.make(8, Kind::Leaf);
        assert!(f.heap.set_finaliser(cell));
    }
    f.heap.collect();
    assert_eq!(core::iter::from_fn(|| f.heap.take_finalisable()).count(), 500);
}

both!(weak_handles_follow_their_cells, weak, 64 * 1024);
fn weak<const P: usize, const G: usize>(mut f: Fixture<P, G>) {
    let cells: Vec<_> = (0..100)
        .map(|index| {
            let cell = f.make(8, Kind::Leaf);
            f.root(index, address(cell));
            (cell, f.heap.weak_new(cell).unwrap())
        })
        .collect();
    for index in (0..100).step_by(2) {
        f.root(index, 0);
    }
    f.heap.collect();
    for (index, &(cell, id)) in cells.iter().enumerate() {
        assert_eq!(f.heap.weak_get(id), (index % 2 == 1).then_some(cell));
    }
    let (_, dead) = cells[0];
    f.heap.weak_free(dead);
    assert_eq!(f.heap.weak_get(dead), None);
    let (cell, _) = cells[1];
    assert_eq!(f.heap.weak_new(cell), Some(dead));
    assert_eq!(f.heap.weak_get(dead), Some(cell));
}

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
        start.addr() % (64 << 10) == 0 && len % (64 << 10) == 0
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
    drop(heap);
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
