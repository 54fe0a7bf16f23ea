//! Raising, handlers, `finally` and `with`: error edges known at compile time.

use super::*;
use crate::control::Pending;

impl<'a> Native<'a> {
    /// The error edge of the current op: notes the line, then goes to the handler or out of the function.
    pub(super) fn error(&mut self) -> Block {
        if let Some(error) = self.error {
            return error;
        }
        let error = self.error_edge(Some(self.line));
        self.error = Some(error);
        error
    }

    /// An error edge that notes `line`; nothing for what is raised again, which was noted when it was raised first.
    fn error_edge(&mut self, line: Option<u32>) -> Block {
        let shape = self.given.shape;
        let from = self.scope_now();
        let Some(scope) = shape.catcher(from) else {
            let known = self.errors.iter().rev().find(|(key, _)| *key == (line, from));
            let error = match known {
                Some((_, error)) => *error,
                None => {
                    let error = self.b.cold_block();
                    self.b.held(self.errors.push(((line, from), error)));
                    self.later(move |n: &mut Native<'a>| {
                        n.b.start(error);
                        n.note_some(line);
                        n.handled_up_to(from, None);
                        let zero = n.b.int(0);
                        n.b.ret(Some(zero));
                    });
                    error
                }
            };
            return error;
        };
        let mut state = self.state_before();
        state.stack.truncate(scope.depth);
        if let Some((key, known, error)) = &self.caught
            && *key == (line, from)
            && *known == state
        {
            return *error;
        }
        let error = self.b.cold_block();
        self.caught = self.b.held(state.try_clone()).map(|state| ((line, from), state, error));
        let meeting = self.meet(scope.handler, &state, scope.depth);
        let handler = self.label_block(scope.handler);
        let (depth, level, label) = (scope.depth, scope.level, scope.handler);
        let floats = self.boxing_error_out(&state);
        self.later(move |n: &mut Native<'a>| {
            n.b.start(error);
            n.note_some(line);
            // Types may have met more since.
            let known = if n.guesses() { n.known_at(label) } else { None };
            let meeting = known.unwrap_or(meeting);
            n.settle_to(&state, &meeting, floats);
            n.handled_up_to(from, Some(label));
            let exception = n.run(Helper::Catch, &[]);
            let home = n.homes.of(&mut n.b, depth, Class::Word);
            n.b.copy(home, exception);
            if let Some(before) = n.before_caught.get(level).copied() {
                let handled = n.run(Helper::Handling, &[exception]);
                n.b.copy(before, handled);
            }
            n.b.jump(handler);
        });
        error
    }

    /// Where boxing on an error edge goes when memory is out: out of the function.
    fn boxing_error_out(&mut self, state: &State) -> Option<Block> {
        let mut types = state.stack.items().iter().map(|operand| operand.ty).chain(state.locals.iter().copied());
        if !types.any(|ty| ty == Ty::Float) {
            return None;
        }
        let out = self.b.cold_block();
        self.later(move |n: &mut Native<'a>| {
            n.b.start(out);
            let zero = n.b.int(0);
            n.b.ret(Some(zero));
        });
        Some(out)
    }

    fn note_some(&mut self, line: Option<u32>) {
        let Some(line) = line else { return };
        self.b.line(line);
        let number = self.b.int(i64::from(line));
        self.run(Helper::Trace, &[self.function, number]);
    }

    /// `try` begins.
    pub(super) fn setup(&mut self) {
        let inside = self.given.shape.points.get(self.at + 1).copied().flatten();
        let scope = inside.and_then(|point| point.scope).and_then(|id| self.given.shape.scope(id));
        if let Some(before) = scope.and_then(|scope| self.before_caught.get(scope.level)).copied() {
            self.b.set_int(before, 0);
        }
    }

    /// A handler ends: if it was at work on an exception, what was handled before is handled again.
    pub(super) fn handled(&mut self, scope: Option<ScopeId>) {
        let Some(scope) = scope.and_then(|id| self.given.shape.scope(id)) else { return };
        let Some(before) = self.before_caught.get(scope.level).copied().filter(|_| scope.active) else { return };
        let (restore, on) = (self.b.block(), self.b.block());
        self.b.br(Cc::Ne, before, 0, restore, on);
        self.b.start(restore);
        self.run(Helper::Handling, &[before]);
        self.b.set_int(before, 0);
        self.b.jump(on);
        self.b.start(on);
    }

    /// All handlers end from `scope` outwards, up to the one at `handler`.
    fn handled_up_to(&mut self, mut scope: Option<ScopeId>, handler: Option<Label>) {
        while let Some(this) = scope.and_then(|id| self.given.shape.scope(id)) {
            if !this.active && handler == Some(this.handler) {
                return;
            }
            self.handled(scope);
            scope = this.outer;
        }
    }

    pub(super) fn setup_with(&mut self) {
        let manager = self.pop_word();
        let area = self.area(3);
        self.run_or(Helper::WithEnter, &[manager, area]);
        for at in 0..3 {
            let v = self.b.load(Width::Word, area, at * word::BYTES);
            self.push(v, Ty::Any);
        }
    }

    pub(super) fn with_cleanup(&mut self) {
        let (pending, this, exit) = (self.pop_word(), self.pop_word(), self.pop_word());
        self.push_call(Helper::WithExit, &[exit, this, pending]);
    }

    pub(super) fn scope_now(&self) -> Option<ScopeId> {
        self.given.shape.points.get(self.at).copied().flatten().and_then(|point| point.scope)
    }

    pub(super) fn end_finally(&mut self) {
        let shape = self.given.shape;
        let pending = self.pop_word();
        let Some(scope) = self.scope_now().and_then(|id| shape.scope(id)) else { return };
        self.handled(self.scope_now());
        let point = shape.points.get(self.at).copied().flatten();
        if point.is_some_and(|point| shape.is_reraise(Op::EndFinally, point)) {
            return self.reraise(pending);
        }
        let (on, other) = (self.b.block(), self.b.block());
        self.b.br(Cc::Eq, pending, word::imm(Obj::NONE), on, other);
        self.b.start(other);
        let state = self.snapshot();
        let pendings = shape.pending.get(scope.block).map_or(&[][..], |known| known);
        for (number, &what) in pendings.iter().enumerate() {
            let (this, next) = (self.b.block(), self.b.block());
            let number = word::int(number as i64).and_then(|word| i32::try_from(word).ok()).unwrap_or(0);
            self.b.br(Cc::Eq, pending, number, this, next);
            self.b.start(this);
            let value = self.returned.get(scope.level).copied();
            self.leave(scope.outer, what, value);
            self.b.held(self.now.copy_from(&state));
            self.b.start(next);
        }
        self.reraise(pending);
        self.now = state;
        self.b.start(on);
    }

    fn reraise(&mut self, exception: V) {
        let error = self.error_edge(None);
        self.run(Helper::Reraise, &[exception]);
        self.b.jump(error);
    }

    /// All handlers end from `scope` outwards, `goal` not among them.
    fn handled_before(&mut self, mut scope: Option<ScopeId>, goal: Option<ScopeId>) {
        while scope != goal {
            let Some(this) = scope.and_then(|id| self.given.shape.scope(id)) else { return };
            self.handled(scope);
            scope = this.outer;
        }
    }

    /// Goes on with a return or a jump from `from` outwards, through the next `finally` on the way.
    fn leave(&mut self, from: Option<ScopeId>, what: Pending, value: Option<V>) {
        let shape = self.given.shape;
        let goal = match what {
            Pending::Return => None,
            Pending::Jump { goal, .. } => goal,
        };
        if let Some(scope) = shape.next_finally(from, goal) {
            self.handled_up_to(from, Some(scope.handler));
            if let (Pending::Return, Some(value), Some(to)) = (what, value, self.returned.get(scope.level).copied()) {
                self.b.copy(to, value);
            }
            let number = shape.pending_number(scope.block, what).unwrap_or(0);
            self.now.stack.truncate(scope.depth);
            self.push_value(Value::Int(number as i64), Ty::Int);
            return self.arrive(scope.handler);
        }
        self.handled_before(from, goal);
        match what {
            Pending::Return if self.frame.is_some() => {
                let value = value.map(|value| self.run(Helper::GeneratorEnd, &[value]));
                self.b.ret(value);
            }
            Pending::Return => self.b.ret(value),
            Pending::Jump { to, depth, .. } => {
                self.now.stack.truncate(depth);
                self.go_to(to);
            }
        }
    }

    pub(super) fn return_value(&mut self) {
        let value = self.pop_word();
        self.leave(self.scope_now(), Pending::Return, Some(value));
    }

    pub(super) fn unwind_jump(&mut self, op: Op) {
        if let Some(what) = self.given.shape.pending_at(op, self.at) {
            self.leave(self.scope_now(), what, None);
        }
    }

    pub(super) fn raise_last(&mut self) {
        // What is being handled is known to the machine.
        let none = self.b.int(word::bits(Obj::NULL));
        let error = self.error_edge(None);
        self.run(Helper::RaiseLast, &[none]);
        self.b.jump(error);
    }

    pub(super) fn raise(&mut self, helper: Helper, count: usize) {
        let args = self.pop_words(count);
        let error = self.error();
        self.run(helper, &args);
        self.b.jump(error);
    }
}
