//! Setting handlers up, running what is to run on the way out, and leaving.

use super::{Viper, class};
use crate::control::{Pending, Scope, ScopeId};
use crate::operand::{Operand, Value};
use crate::word;
use ir::{Cc, Class, V, Width};
use vm::compile::op::{Label, Op};
use vm::mem::Vec;
use vm::run::helpers::Helper;
use vm::value::Obj;

impl Viper<'_> {
    pub fn set_up(&mut self, op: Op) {
        if let Op::SetupWith(_) = op {
            let manager = self.pop();
            let (manager, out) = (self.object(manager), self.area(3));
            self.call(Helper::WithEnter, &[manager, out]);
            for at in 0..3 {
                let v = self.b.load(Width::Word, out, at * word::BYTES);
                self.push_object(v);
            }
        }
        let Some(handler) = op.target() else { return };
        let scope = self.shape.scopes.iter().find(|scope| scope.handler == handler);
        if let Some(before) = scope.and_then(|scope| self.before_caught.get(scope.block)).copied() {
            self.b.set_int(before, 0);
        }
        // What lies below the handler's operand stays at home while the suite runs.
        let types = self.types_copied(handler).unwrap_or_default();
        let below = types.len().saturating_sub(1);
        self.go_home(types.get(..below).unwrap_or(&[]));
        for (depth, ty) in types.into_iter().enumerate().take(below) {
            let home = self.homes.of(&mut self.b, depth, class(ty));
            if let Some(operand) = self.stack.items_mut().get_mut(depth) {
                *operand = Operand { value: Value::Reg(home), ty };
            }
        }
    }

    pub fn with_cleanup(&mut self) {
        let args = self.pop_objects(3);
        if let [exit, this, pending] = args[..] {
            let left = self.call(Helper::WithExit, &[exit, this, pending]);
            self.push_object(left);
        }
    }

    pub fn end_finally(&mut self, op: Op) {
        let pending = self.pop();
        let pending = self.object(pending);
        let Some(point) = self.shape.points.get(self.at).copied().flatten() else { return };
        self.handled(point.scope);
        if self.shape.is_reraise(op, point) {
            return self.reraise(pending);
        }
        let Some(scope) = point.scope.and_then(|id| self.shape.scope(id)) else { return };
        let (on, raise) = (self.b.block(), self.b.cold_block());
        let known = self.shape.pending.get(scope.block).map_or(&[][..], |known| known);
        let mut ways = Vec::new();
        self.b.held(ways.push((word::imm(Obj::NONE), on)));
        for number in 0..known.len() {
            let way = self.b.block();
            self.b.held(ways.push((number_word(number), way)));
        }
        for &(word, way) in ways.iter() {
            let other = self.b.block();
            self.b.br(Cc::Eq, pending, word, way, other);
            self.b.start(other);
        }
        self.b.jump(raise);
        self.b.start(raise);
        self.reraise(pending);
        let stack = self.stack_copied();
        for (&known, &(_, way)) in known.iter().zip(ways.iter().skip(1)) {
            self.b.start(way);
            self.go_on(known, scope.outer);
            self.b.held(self.stack.copy_from(&stack));
        }
        self.b.start(on);
    }

    fn reraise(&mut self, exception: V) {
        let err = self.edge(None, None);
        self.call_or(Helper::Reraise, &[exception], None);
        self.b.jump(err);
    }

    /// The scope in force.
    pub fn scope(&self) -> Option<ScopeId> {
        self.shape.points.get(self.at).copied().flatten().and_then(|point| point.scope)
    }

    /// A handler ends: if it was at work on an exception, what was handled before is handled again.
    pub fn handled(&mut self, scope: Option<ScopeId>) {
        let Some(scope) = scope.and_then(|id| self.shape.scope(id)) else { return };
        let Some(before) = self.before_caught.get(scope.block).copied().filter(|_| scope.active) else { return };
        let (restore, on) = (self.b.block(), self.b.block());
        self.b.br(Cc::Ne, before, 0, restore, on);
        self.b.start(restore);
        self.call_or(Helper::Handling, &[before], None);
        self.b.set_int(before, 0);
        self.b.jump(on);
        self.b.start(on);
    }

    /// All handlers end from `scope` outwards, up to the one at `handler`.
    pub fn handled_up_to(&mut self, mut scope: Option<ScopeId>, handler: Option<Label>) {
        let shape = self.shape;
        while let Some(this) = scope.and_then(|id| shape.scope(id)) {
            if !this.active && handler == Some(this.handler) {
                return;
            }
            self.handled(scope);
            scope = this.outer;
        }
    }

    /// All handlers end from `scope` outwards, `goal` not among them.
    fn handled_before(&mut self, mut scope: Option<ScopeId>, goal: Option<ScopeId>) {
        let shape = self.shape;
        while scope != goal {
            let Some(this) = scope.and_then(|id| shape.scope(id)) else { return };
            self.handled(scope);
            scope = this.outer;
        }
    }

    /// Leaves `scope` with something pending.
    fn go_on(&mut self, pending: Pending, scope: Option<ScopeId>) {
        let goal = match pending {
            Pending::Return => None,
            Pending::Jump { goal, .. } => goal,
        };
        let shape = self.shape;
        if let Some(Scope { block, handler, depth, .. }) = shape.next_finally(scope, goal) {
            self.handled_up_to(scope, Some(*handler));
            let (number, home) =
                (shape.pending_number(*block, pending), self.homes.of(&mut self.b, *depth, Class::Word));
            self.b.set_int(home, i64::from(number_word(number.unwrap_or(0))));
            let block = self.block_of(*handler);
            return self.b.jump(block);
        }
        self.handled_before(scope, goal);
        match pending {
            Pending::Return => self.leave(self.answer),
            Pending::Jump { to, depth, .. } => {
                self.stack.truncate(depth);
                self.jump(to);
            }
        }
    }

    pub fn unwind(&mut self, op: Op) {
        let scope = self.scope();
        if let Some(pending) = self.shape.pending_at(op, self.at) {
            self.go_on(pending, scope);
        }
    }

    pub fn return_value(&mut self, op: Op) {
        let operand = self.pop();
        let typed = self.convert(operand, self.types.result);
        let word = self.reg(typed);
        let scope = self.scope();
        match self.shape.pending_at(op, self.at) {
            Some(pending) if self.shape.next_finally(scope, None).is_some() => {
                self.b.copy(self.answer, word);
                self.go_on(pending, scope);
            }
            Some(_) | None => {
                self.handled_before(scope, None);
                self.leave(word);
            }
        }
    }

    /// Raises by a helper that takes the topmost operands.
    pub fn raise(&mut self, helper: Helper, count: usize) {
        let objects = self.pop_objects(count);
        let err = self.raising(None);
        self.call_or(helper, &objects, None);
        self.b.jump(err);
    }

    /// Raises again what is being handled, which the machine knows.
    pub fn raise_last(&mut self) {
        let (none, err) = (self.null(), self.edge(None, None));
        self.call_or(Helper::RaiseLast, &[none], None);
        self.b.jump(err);
    }
}

/// The word that tells a `finally` which of the pending ways to go on.
fn number_word(number: usize) -> i32 {
    (number as i32) << word::INT_SHIFT | word::INT_BIT
}
