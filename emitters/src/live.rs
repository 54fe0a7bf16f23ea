//! Which locals may still be read: what is dead where paths meet need not be carried over.

use crate::control::Shape;
use vm::compile::op::{Local, Op};
use vm::mem::{NoMemory, Vec};

/// Locals told by one word of a row.
const BITS: usize = usize::BITS as usize;

/// For each op the locals that may be read at it or later.
pub struct Live {
    width: usize,
    rows: Vec<usize>,
}

impl Live {
    /// Works it out.
    pub fn new(ops: &[Op], shape: &Shape, n_locals: usize) -> Result<Live, NoMemory> {
        let width = n_locals.div_ceil(BITS).max(1);
        let mut live = Live { width, rows: Vec::new() };
        live.rows.resize(width * (ops.len() + 1), 0)?;
        let mut row = Vec::new();
        row.resize(width, 0)?;
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
                    && *old != *row
                {
                    old.copy_from_slice(&row);
                    changed = true;
                }
            }
        }
        Ok(live)
    }

    /// Whether a local may be read at op `at` or later.
    pub fn is_live(&self, at: usize, local: usize) -> bool {
        self.row(at).get(local / BITS).is_some_and(|word| word >> (local % BITS) & 1 != 0)
    }

    fn row(&self, at: usize) -> &[usize] {
        self.rows.get(at * self.width..(at + 1) * self.width).unwrap_or(&[])
    }
}

fn set(row: &mut [usize], local: Local, live: bool) {
    if let Some(word) = row.get_mut(usize::from(local.0) / BITS) {
        let bit = 1 << (usize::from(local.0) % BITS);
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
        let live = Live::new(&ops, &shape, 2).unwrap();
        assert!(live.is_live(0, 0) && !live.is_live(0, 1) && live.is_live(3, 1) && !live.is_live(5, 0));
    }
}
