//! Facts about a finished op list that emitters want: which loads of locals cannot fail.

use super::op::{Label, Local, Op};
use crate::mem::{NoMemory, Vec};

/// For each op whether it is a `LoadFast` of a local that is surely bound. The first `n_bound` locals are bound at entry.
pub fn definitely_bound(ops: &[Op], n_locals: usize, n_bound: usize) -> Result<Vec<bool>, NoMemory> {
    let n_labels = ops.iter().filter_map(|op| if let Op::Label(label) = op { Some(label.0) } else { None }).max();
    let width = n_locals.div_ceil(32).max(1);
    let mut flow = Flow { width, at: Vec::new(), now: Vec::new(), deleted: Vec::new(), changed: true };
    // All ones: nothing is known to come here yet.
    flow.at.resize(width * n_labels.map_or(0, |label| usize::from(label) + 1), u32::MAX)?;
    flow.now.resize(width, 0)?;
    flow.deleted.resize(width, 0)?;
    for op in ops {
        if let Op::DeleteFast(local) = op {
            set(&mut flow.deleted, *local, true);
        }
    }
    let mut sure = Vec::new();
    sure.resize(ops.len(), false)?;
    while flow.changed {
        flow.changed = false;
        flow.now.fill(0);
        for local in 0..n_bound {
            set(&mut flow.now, Local(local as u16), true);
        }
        for (op, sure) in ops.iter().zip(&mut sure) {
            *sure = flow.step(*op);
        }
    }
    Ok(sure)
}

struct Flow {
    width: usize,
    /// Bound locals at each label, one bit each.
    at: Vec<u32>,
    now: Vec<u32>,
    deleted: Vec<u32>,
    changed: bool,
}

impl Flow {
    fn step(&mut self, op: Op) -> bool {
        let mut sure = false;
        match op {
            Op::Label(label) => {
                self.meet(label, false);
                let start = usize::from(label.0) * self.width;
                if let Some(row) = self.at.get(start..start + self.width) {
                    self.now.copy_from_slice(row);
                }
            }
            Op::StoreFast(local) => set(&mut self.now, local, true),
            Op::DeleteFast(local) => set(&mut self.now, local, false),
            Op::LoadFast(local) => sure = get(&self.now, local),
            // Between the set-up and the handler locals may be unbound, and so may they in a `finally` on the way.
            Op::SetupWith(to) | Op::SetupExcept(to) | Op::SetupFinally(to) | Op::UnwindJump { to, .. } => {
                self.meet(to, true);
            }
            other => {
                if let Some(to) = other.target() {
                    self.meet(to, false);
                }
            }
        }
        if op.ends_flow() {
            self.now.fill(u32::MAX);
        }
        sure
    }

    /// The label can be reached from here.
    fn meet(&mut self, label: Label, loses_deleted: bool) {
        let start = usize::from(label.0) * self.width;
        let Some(row) = self.at.get_mut(start..start + self.width) else { return };
        for ((known, now), deleted) in row.iter_mut().zip(&self.now).zip(&self.deleted) {
            let met = *known & if loses_deleted { now & !deleted } else { *now };
            self.changed |= met != *known;
            *known = met;
        }
    }
}

fn get(bits: &[u32], local: Local) -> bool {
    bits.get(usize::from(local.0) / 32).is_some_and(|word| word >> (local.0 % 32) & 1 != 0)
}

fn set(bits: &mut [u32], local: Local, bound: bool) {
    if let Some(word) = bits.get_mut(usize::from(local.0) / 32) {
        *word = *word & !(1 << (local.0 % 32)) | u32::from(bound) << (local.0 % 32);
    }
}

#[cfg(test)]
mod tests {
    use super::{Label, Local, Op, definitely_bound};

    #[test]
    fn a_join_keeps_only_what_both_sides_bind() {
        let (x, y) = (Local(1), Local(2));
        let ops = [
            Op::LoadFast(Local(0)),
            Op::PopJumpIfFalse(Label(0)),
            Op::LoadNone,
            Op::StoreFast(x),
            Op::Label(Label(0)),
            Op::LoadFast(x),
            Op::StoreFast(y),
            Op::Label(Label(1)),
            Op::LoadFast(y),
            Op::DeleteFast(y),
            Op::Jump(Label(1)),
        ];
        let sure = definitely_bound(&ops, 3, 1).unwrap();
        assert_eq!((sure[0], sure[5], sure[8]), (true, false, false));
    }

    #[test]
    fn a_handler_knows_what_was_bound_before_it() {
        let ops = [
            Op::LoadNone,
            Op::StoreFast(Local(0)),
            Op::SetupExcept(Label(0)),
            Op::LoadNone,
            Op::StoreFast(Local(1)),
            Op::PopExceptJump(Label(1)),
            Op::Label(Label(0)),
            Op::LoadFast(Local(0)),
            Op::LoadFast(Local(1)),
            Op::EndFinally,
            Op::Label(Label(1)),
            Op::LoadFast(Local(1)),
        ];
        let sure = definitely_bound(&ops, 2, 0).unwrap();
        assert_eq!((sure[7], sure[8], sure[11]), (true, false, false));
    }
}
