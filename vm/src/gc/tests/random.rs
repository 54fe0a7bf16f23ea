//! Random work against a shadow model.

use core::ptr::NonNull;
use std::vec::Vec;

use super::super::Kind;
use super::{Fixture, address, std};

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
