//! Finalisers and weak handles.

use std::vec::Vec;

use super::super::Kind;
use super::{Fixture, address, both, put, std};

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
