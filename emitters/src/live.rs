//! Which locals may still be read: what is dead where paths meet need not be carried over.

use crate::control::Shape;
use vm::compile::op::{Local, Op};

/// For each op the locals that may be read at it or later.
pub struct Live {
    width: usize,
    rows: Vec<u64>,
}

impl Live {
    /// Works it out.
    pub fn new(ops: &[Op], shape: &Shape, n_locals: usize) -> Live {
        let width = n_locals.div_ceil(64).max(1);
        let mut live = Live { width, rows: vec![0; width * (ops.len() + 1)] };
        let mut row = vec![0; width];
        let mut changed = true;
        while changed {
            changed = false;
            for (at, &op) in ops.iter().enumerate().rev() {
                row.fill(0);
                shape.each_next(ops, at, |next| {
                    for (to, from) in row.iter_mut().zip(live.row(next)) {
                        *to |= from;
                    }
                });
                match op {
                    // A handler may need the old value, but a store does not raise.
                    Op::StoreFast(local) => set(&mut row, local, false),
                    Op::LoadFast(local) | Op::LoadDeref(local) | Op::StoreDeref(local) => set(&mut row, local, true),
                    Op::DeleteDeref(local) | Op::DeleteFast(local) => set(&mut row, local, true),
                    _ => {}
                }
                let start = at * width;
                if let Some(old) = live.rows.get_mut(start..start + width)
                    && old != row
                {
                    old.copy_from_slice(&row);
                    changed = true;
                }
            }
        }
        live
    }

    /// Whether a local may be read at op `at` or later.
    pub fn is_live(&self, at: usize, local: usize) -> bool {
        self.row(at).get(local / 64).is_some_and(|word| word >> (local % 64) & 1 != 0)
    }

    fn row(&self, at: usize) -> &[u64] {
        self.rows.get(at * self.width..(at + 1) * self.width).unwrap_or(&[])
    }
}

fn set(row: &mut [u64], local: Local, live: bool) {
    if let Some(word) = row.get_mut(usize::from(local.0) / 64) {
        let bit = 1 << (local.0 % 64);
        *word = if live { *word | bit } else { *word & !bit };
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use vm::compile::op::Label;

    #[test]
    fn a_local_stored_first_is_dead_at_the_loops_head() {
        let (x, y) = (Local(0), Local(1));
        let ops = [
            Op::Label(Label(0)),
            Op::LoadFast(x),
            Op::StoreFast(y),
            Op::LoadFast(y),
            Op::PopJumpIfTrue(Label(0)),
            Op::LoadNone,
            Op::ReturnValue,
        ];
        let shape = Shape::new(&ops).unwrap();
        let live = Live::new(&ops, &shape, 2);
        assert!(live.is_live(0, 0) && !live.is_live(0, 1) && live.is_live(3, 1) && !live.is_live(5, 0));
    }
}
