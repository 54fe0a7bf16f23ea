//! The shape of a function before any code is made: what can be reached, how deep the stack is, which handlers are in
//! force, and where a `finally` may have to go on.
//!
//! Nothing here depends on types. A *scope* is one `try` or `with` in one of its two states: *open* while its suite runs,
//! *active* while its handler does. A raise goes to the innermost open scope.

mod shapeless;

use vm::compile::op::{Label, Op};
use vm::mem::Vec;

pub use shapeless::Shapeless;
use shapeless::Shapeless::Malformed;

/// A scope's number in `Shape::scopes`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct ScopeId(pub usize);

/// What set a scope up.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ScopeKind {
    /// `try ... except`
    Except,
    /// `try ... finally`
    Finally,
    /// `with`: its `exit` and self lie below the operands of the suite.
    With,
}

/// One `try` or `with` in one of its states.
#[derive(Clone, Debug)]
pub struct Scope {
    /// What set it up.
    pub kind: ScopeKind,
    /// Number of the `try` or `with`; the open and the active scope of one have the same.
    pub block: usize,
    /// How many scopes are around it: two that are in force at once differ in it.
    pub level: usize,
    /// Its handler is running.
    pub active: bool,
    /// The handler. On entry the exception, or what is pending, is on top of `depth` operands.
    pub handler: Label,
    /// Operands below what the handler gets.
    pub depth: usize,
    /// The scope around it.
    pub outer: Option<ScopeId>,
}

/// What goes on behind a `finally` or `with` that a return or a jump has to pass.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Pending {
    /// The function returns.
    Return,
    /// A jump to a label, leaving all scopes up to `goal`.
    Jump {
        /// Where to.
        to: Label,
        /// The scope in force there.
        goal: Option<ScopeId>,
        /// Operands there.
        depth: usize,
    },
}

/// What holds before one op.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Point {
    /// Operands on the stack.
    pub depth: usize,
    /// The innermost scope.
    pub scope: Option<ScopeId>,
}

/// The shape of a function.
pub struct Shape {
    /// For each op what holds before it; `None` when it cannot be reached.
    pub points: Vec<Option<Point>>,
    /// Index of each label's op.
    pub labels: Vec<usize>,
    /// All scopes.
    pub scopes: Vec<Scope>,
    /// For each `try` or `with`: what may be pending when its handler ends. The number of an entry is what the handler gets.
    pub pending: Vec<Vec<Pending>>,
    /// Most operands at any point.
    pub max_depth: usize,
}

impl Shape {
    /// Works it out.
    pub fn new(ops: &[Op]) -> Result<Shape, Shapeless> {
        let mut labels = Vec::new();
        for (at, op) in ops.iter().enumerate() {
            if let Op::Label(label) = op {
                let number = usize::from(label.0);
                if labels.len() <= number {
                    labels.resize(number + 1, usize::MAX)?;
                }
                if let Some(place) = labels.get_mut(number) {
                    *place = at;
                }
            }
        }
        let (mut points, mut open) = (Vec::new(), Vec::new());
        points.resize(ops.len(), None)?;
        open.resize(ops.len(), None)?;
        let mut walk = Walk {
            ops,
            shape: Shape { points, labels, scopes: Vec::new(), pending: Vec::new(), max_depth: 0 },
            open,
            work: Vec::new(),
        };
        walk.reach(0, Point { depth: 0, scope: None })?;
        while let Some(at) = walk.work.pop() {
            walk.follow(at)?;
        }
        let mut shape = walk.shape;
        shape.find_pending(ops)?;
        Ok(shape)
    }

    /// The op index of a label.
    pub fn at(&self, label: Label) -> Option<usize> {
        self.labels.get(usize::from(label.0)).copied().filter(|&at| at != usize::MAX)
    }

    /// What holds at a label; `None` when it cannot be reached.
    pub fn point_at(&self, label: Label) -> Option<Point> {
        self.at(label).and_then(|at| self.points.get(at)).copied().flatten()
    }

    /// A scope.
    pub fn scope(&self, id: ScopeId) -> Option<&Scope> {
        self.scopes.get(id.0)
    }

    /// Where a raise goes: the innermost open scope from `scope` outwards.
    pub fn catcher(&self, scope: Option<ScopeId>) -> Option<&Scope> {
        let mut next = scope;
        while let Some(scope) = next.and_then(|id| self.scope(id)) {
            if !scope.active {
                return Some(scope);
            }
            next = scope.outer;
        }
        None
    }

    /// The next `finally` or `with` that has to run on the way from `scope` out to `goal`.
    pub fn next_finally(&self, scope: Option<ScopeId>, goal: Option<ScopeId>) -> Option<&Scope> {
        let mut next = scope;
        while next != goal {
            let scope = self.scope(next?)?;
            if !scope.active && scope.kind != ScopeKind::Except {
                return Some(scope);
            }
            next = scope.outer;
        }
        None
    }

    /// What a return or a jump out of scopes at op `at` has pending.
    pub fn pending_at(&self, op: Op, at: usize) -> Option<Pending> {
        match op {
            Op::ReturnValue => Some(Pending::Return),
            Op::UnwindJump { to, depth, from_for } => {
                let mut goal = self.points.get(at).copied().flatten()?.scope;
                let mut operands = 0;
                for _ in 0..depth {
                    let scope = self.scope(goal?)?;
                    // The two slots of a `with` go when it ends.
                    operands = scope.depth - if scope.kind == ScopeKind::With { 2 } else { 0 };
                    goal = scope.outer;
                }
                if depth == 0 {
                    operands = self.points.get(at).copied().flatten()?.depth;
                }
                let dropped = if from_for { vm::compile::op::ITER_SLOTS as usize } else { 0 };
                Some(Pending::Jump { to, goal, depth: operands.checked_sub(dropped)? })
            }
            _ => None,
        }
    }

    /// The number that the handler of `block` gets for `pending`.
    pub fn pending_number(&self, block: usize, pending: Pending) -> Option<usize> {
        self.pending.get(block)?.iter().position(|known| *known == pending)
    }

    /// Calls `see` with the index of each op that may run next after the one at `at`, handlers included.
    pub fn each_next(&self, ops: &[Op], at: usize, mut see: impl FnMut(usize)) {
        let (Some(&op), Some(point)) = (ops.get(at), self.points.get(at).copied().flatten()) else { return };
        let flows = !op.ends_flow() && !self.is_reraise(op, point);
        if flows && at + 1 < ops.len() {
            see(at + 1);
        }
        if let Some(label) = op.target().and_then(|label| self.at(label)) {
            see(label);
        }
        if let Some(handler) = self.catcher(point.scope).and_then(|scope| self.at(scope.handler)) {
            see(handler);
        }
        match op {
            Op::ReturnValue | Op::UnwindJump { .. } => {
                let goal = match self.pending_at(op, at) {
                    Some(Pending::Jump { goal, .. }) => goal,
                    Some(Pending::Return) | None => None,
                };
                if let Some(handler) = self.next_finally(point.scope, goal).and_then(|scope| self.at(scope.handler)) {
                    see(handler);
                }
            }
            Op::EndFinally => {
                let Some(scope) = point.scope.and_then(|id| self.scope(id)) else { return };
                for &pending in self.pending.get(scope.block).map_or(&[][..], |known| known) {
                    let (goal, to) = match pending {
                        Pending::Return => (None, None),
                        Pending::Jump { to, goal, .. } => (goal, self.at(to)),
                    };
                    let next = self.next_finally(scope.outer, goal).and_then(|scope| self.at(scope.handler)).or(to);
                    if let Some(next) = next {
                        see(next);
                    }
                }
            }
            _ => {}
        }
    }

    /// The `EndFinally` behind the last `except` clause always has an exception to raise.
    pub fn is_reraise(&self, op: Op, point: Point) -> bool {
        op == Op::EndFinally
            && point.scope.and_then(|id| self.scope(id)).is_some_and(|scope| scope.kind == ScopeKind::Except)
    }

    fn find_pending(&mut self, ops: &[Op]) -> Result<(), Shapeless> {
        for (at, &op) in ops.iter().enumerate() {
            let Some(point) = self.points.get(at).copied().flatten() else { continue };
            let Some(pending) = self.pending_at(op, at) else { continue };
            let goal = match pending {
                Pending::Return => None,
                Pending::Jump { goal, .. } => goal,
            };
            let mut from = point.scope;
            while let Some(scope) = self.next_finally(from, goal) {
                let (block, outer) = (scope.block, scope.outer);
                let known = self.pending.get_mut(block).ok_or(Malformed)?;
                if !known.contains(&pending) {
                    known.push(pending)?;
                }
                from = outer;
            }
        }
        Ok(())
    }
}

struct Walk<'a> {
    ops: &'a [Op],
    shape: Shape,
    /// For each op that sets a scope up: the open scope; the active one follows it.
    open: Vec<Option<ScopeId>>,
    work: Vec<usize>,
}

impl Walk<'_> {
    /// Control may come to op `at` with `point` holding.
    fn reach(&mut self, at: usize, mut point: Point) -> Result<(), Shapeless> {
        // A suite that runs into its own `finally` makes it active.
        if let (Some(Op::Label(label)), Some(id)) = (self.ops.get(at), point.scope)
            && let Some(scope) = self.shape.scope(id)
            && !scope.active
            && scope.handler == *label
        {
            point.scope = Some(ScopeId(id.0 + 1));
        }
        match self.shape.points.get_mut(at) {
            None if at == self.ops.len() => Ok(()),
            None => Err(Malformed),
            Some(known @ None) => {
                *known = Some(point);
                self.shape.max_depth = self.shape.max_depth.max(point.depth);
                self.work.push(at)?;
                Ok(())
            }
            Some(Some(known)) if *known == point => Ok(()),
            Some(Some(_)) => Err(Malformed),
        }
    }

    fn reach_label(&mut self, label: Label, point: Point) -> Result<(), Shapeless> {
        let at = self.shape.at(label).ok_or(Malformed)?;
        self.reach(at, point)
    }

    fn outer(&self, point: Point) -> Result<Option<ScopeId>, Shapeless> {
        let id = point.scope.ok_or(Malformed)?;
        self.shape.scope(id).map(|scope| scope.outer).ok_or(Malformed)
    }

    fn follow(&mut self, at: usize) -> Result<(), Shapeless> {
        let (Some(&op), Some(point)) = (self.ops.get(at), self.shape.points.get(at).copied().flatten()) else {
            return Err(Malformed);
        };
        let depth = usize::try_from(point.depth as i64 + i64::from(op.effect())).map_err(|_| Malformed)?;
        let after = Point { depth, scope: point.scope };
        self.shape.max_depth = self.shape.max_depth.max(depth);
        match op {
            Op::Jump(to) => self.reach_label(to, after),
            Op::PopJumpIfTrue(to) | Op::PopJumpIfFalse(to) => {
                self.reach_label(to, after)?;
                self.reach(at + 1, after)
            }
            Op::JumpIfTrueOrPop(to) | Op::JumpIfFalseOrPop(to) => {
                self.reach_label(to, point)?;
                self.reach(at + 1, after)
            }
            Op::ForIter(to) => {
                let slots = vm::compile::op::ITER_SLOTS as usize;
                let end = Point { depth: point.depth.checked_sub(slots).ok_or(Malformed)?, scope: point.scope };
                self.reach_label(to, end)?;
                self.reach(at + 1, after)
            }
            Op::UnwindJump { to, .. } => match self.shape.pending_at(op, at) {
                Some(Pending::Jump { goal, depth, .. }) => self.reach_label(to, Point { depth, scope: goal }),
                Some(Pending::Return) | None => Err(Malformed),
            },
            Op::SetupWith(to) => self.set_up(ScopeKind::With, at, to, point, point.depth + 1),
            Op::SetupExcept(to) => self.set_up(ScopeKind::Except, at, to, point, point.depth),
            Op::SetupFinally(to) => self.set_up(ScopeKind::Finally, at, to, point, point.depth),
            Op::PopExceptJump(to) => {
                let scope = self.outer(point)?;
                self.reach_label(to, Point { depth: point.depth, scope })
            }
            Op::EndFinally => {
                let scope = self.outer(point)?;
                if self.shape.is_reraise(op, point) {
                    return Ok(());
                }
                self.reach(at + 1, Point { depth, scope })
            }
            _ if op.ends_flow() => Ok(()),
            _ => self.reach(at + 1, after),
        }
    }

    /// `depth`: operands below what the handler gets.
    fn set_up(
        &mut self,
        kind: ScopeKind,
        at: usize,
        handler: Label,
        point: Point,
        depth: usize,
    ) -> Result<(), Shapeless> {
        let id = match self.open.get(at).copied().flatten() {
            Some(id) => id,
            None => {
                let (id, block) = (ScopeId(self.shape.scopes.len()), self.shape.pending.len());
                self.shape.pending.push(Vec::new())?;
                let level = point.scope.and_then(|id| self.shape.scope(id)).map_or(0, |outer| outer.level + 1);
                for active in [false, true] {
                    let scope = Scope { kind, block, level, active, handler, depth, outer: point.scope };
                    self.shape.scopes.push(scope)?;
                }
                if let Some(open) = self.open.get_mut(at) {
                    *open = Some(id);
                }
                id
            }
        };
        self.reach_label(handler, Point { depth: depth + 1, scope: Some(ScopeId(id.0 + 1)) })?;
        let entered = usize::from(kind == ScopeKind::With);
        self.reach(at + 1, Point { depth: depth + entered, scope: Some(id) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use vm::compile::op::Local;

    #[test]
    fn a_return_passes_each_finally_outwards() {
        let (inner, outer) = (Label(0), Label(1));
        let ops = [
            Op::SetupFinally(outer),
            Op::SetupFinally(inner),
            Op::LoadNone,
            Op::ReturnValue,
            Op::Label(inner),
            Op::EndFinally,
            Op::LoadNone,
            Op::Label(outer),
            Op::EndFinally,
            Op::LoadNone,
            Op::ReturnValue,
        ];
        let shape = Shape::new(&ops).unwrap();
        assert!(shape.pending.iter().all(|known| **known == [Pending::Return]) && shape.pending.len() == 2);
        assert_eq!(shape.points[4].map(|point| point.depth), Some(1));
        assert_eq!(shape.points[9], Some(Point { depth: 0, scope: None }));
        assert_eq!(shape.catcher(shape.points[5].unwrap().scope).map(|scope| scope.handler), Some(outer));
    }

    #[test]
    fn a_break_out_of_with_drops_its_slots_and_the_iterator() {
        let (top, end, handler, after) = (Label(0), Label(1), Label(2), Label(3));
        let ops = [
            Op::LoadFast(Local(0)),
            Op::GetIterStack,
            Op::Label(top),
            Op::ForIter(end),
            Op::SetupWith(handler),
            Op::PopTop,
            Op::UnwindJump { to: after, depth: 1, from_for: true },
            Op::Label(handler),
            Op::WithCleanup,
            Op::EndFinally,
            Op::Jump(top),
            Op::Label(end),
            Op::Label(after),
            Op::LoadNone,
            Op::ReturnValue,
        ];
        let shape = Shape::new(&ops).unwrap();
        assert_eq!(shape.points[12], Some(Point { depth: 0, scope: None }));
        assert_eq!(shape.points[7].map(|point| point.depth), Some(7));
        assert_eq!(shape.pending[0].len(), 1);
    }
}
