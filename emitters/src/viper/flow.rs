//! Jumps, loops, handlers, and the ways out.

use super::{Flag, Jumps, Viper};
use crate::control::{Pending, Scope};
use crate::operand::{Operand, Value, settle};
use crate::vty::Ty;
use crate::word;
use ir::{Block, Cc, Class, V, Width};
use vm::compile::op::{ITER_SLOTS, Label, Op};
use vm::run::helpers::Helper;
use vm::run::layout;
use vm::value::Obj;

/// The way of an exception from one line to its handler or out of the function.
pub struct Edge {
    block: Block,
    line: u32,
    /// The handler, and the operands below the exception there.
    handler: Option<(Label, usize)>,
    /// What raises it, if it is not waiting already.
    raise: Option<Helper>,
}

impl Viper<'_> {
    /// The block of a label.
    fn block_of(&mut self, label: Label) -> Block {
        let at = usize::from(label.0);
        if self.blocks.len() <= at {
            self.blocks.resize(at + 1, None);
        }
        match self.blocks.get(at).copied().flatten() {
            Some(block) => block,
            None => {
                let block = self.b.block();
                if let Some(slot) = self.blocks.get_mut(at) {
                    *slot = Some(block);
                }
                block
            }
        }
    }

    fn types_at(&self, label: Label) -> Option<&[Ty]> {
        self.types.labels.get(usize::from(label.0)).and_then(|types| types.as_deref())
    }

    pub fn arrive(&mut self, label: Label) {
        let Some(types) = self.types_at(label).map(<[Ty]>::to_vec) else {
            return self.stack.truncate(0);
        };
        if self.b.is_open() {
            self.go_home(&types);
        }
        let block = self.block_of(label);
        self.b.start(block);
        self.at_home(types);
    }

    /// All operands are in their homes now.
    fn at_home(&mut self, types: Vec<Ty>) {
        self.stack.truncate(0);
        for (depth, ty) in types.into_iter().enumerate() {
            let home = self.homes.of(&mut self.b, depth, Class::Word);
            self.stack.push(Value::Reg(home), ty);
        }
    }

    /// Moves operands to where a label of these types expects them.
    fn go_home(&mut self, types: &[Ty]) {
        self.settle_flag();
        let operands = self.stack.items().to_vec();
        let mut moves = Vec::new();
        let mut constants = Vec::new();
        for (depth, (&operand, &ty)) in operands.iter().zip(types).enumerate() {
            let home = self.homes.of(&mut self.b, depth, Class::Word);
            match self.convert(operand, ty).value {
                Value::Reg(v) => moves.push((home, v)),
                Value::Int(value) | Value::Word(value) => constants.push((home, value)),
                Value::Float(_) => {}
            }
        }
        settle(&mut self.b, &moves);
        for (home, value) in constants {
            self.b.set_int(home, value);
        }
    }

    /// Whether operands need no moving for a label.
    fn is_home(&mut self, types: &[Ty]) -> bool {
        let operands = self.stack.items().to_vec();
        operands.iter().zip(types).enumerate().all(|(depth, (operand, ty))| {
            let home = self.homes.of(&mut self.b, depth, Class::Word);
            operand.value == Value::Reg(home) && operand.ty == *ty
        })
    }

    pub fn jump(&mut self, to: Label) {
        let types = self.types_at(to).map(<[Ty]>::to_vec).unwrap_or_default();
        self.go_home(&types);
        let block = self.block_of(to);
        self.poll(block);
        self.b.jump(block);
    }

    /// A jump to the condition at the end of a loop: tests it here instead, so that the loop has one jump a round.
    pub fn enter_loop(&mut self, to: Label) -> bool {
        let ops = &self.unit.code.ops;
        let (Some(&Op::Label(top)), Some(start)) = (ops.get(self.at + 1), self.shape.at(to)) else { return false };
        let condition = ops.iter().enumerate().skip(start + 1).take(LONGEST_CONDITION);
        let Some((end, &(Op::PopJumpIfTrue(back) | Op::PopJumpIfFalse(back)))) =
            condition.clone().find(|(_, op)| !is_simple(**op))
        else {
            return false;
        };
        if back != top || start < self.at {
            return false;
        }
        let types = self.types_at(to).map(<[Ty]>::to_vec).unwrap_or_default();
        self.go_home(&types);
        self.at_home(types);
        let (here, line) = (self.at, self.line);
        for (at, &op) in condition.take_while(|(at, _)| *at < end) {
            self.at = at;
            match op {
                Op::Line(line) => {
                    self.line = line;
                    self.b.line(line);
                }
                _ => self.step(op),
            }
        }
        self.at = end;
        let Flag { cc, a, b } = self.pop_flag();
        let jumps = if matches!(ops.get(end), Some(Op::PopJumpIfTrue(_))) { Jumps::IfTrue } else { Jumps::IfFalse };
        let (body, after) = (self.block_of(top), self.b.block());
        self.after_loops.push((end, after));
        self.b.br(jumps.condition(cc), a, b, body, after);
        (self.at, self.line) = (here, line);
        true
    }

    /// On a jump backwards: runs what waits to be done.
    fn poll(&mut self, to: Block) {
        if !self.b.is_filled(to) {
            return;
        }
        let pending = self.b.load(Width::U32, self.vm, layout::vm::PENDING as i32);
        let (slow, on) = (self.b.cold_block(), self.b.block());
        self.b.br(Cc::Ne, pending, 0, slow, on);
        self.b.start(slow);
        self.b.run(crate::helpers::number(Helper::Poll), &[self.vm]);
        let (waiting, err) = (self.b.load(Width::Word, self.vm, layout::vm::EXCEPTION as i32), self.raising(None));
        self.b.exit(Cc::Ne, waiting, word::imm(Obj::NULL), err);
        self.b.jump(on);
        self.b.start(on);
    }

    pub fn pop_jump(&mut self, to: Label, jumps: Jumps) {
        let flag = self.pop_flag();
        self.branch(to, jumps, flag);
    }

    fn pop_flag(&mut self) -> Flag {
        match self.flag.take() {
            Some(flag) => {
                self.stack.pop();
                flag
            }
            None => {
                let operand = self.pop();
                self.truth(operand)
            }
        }
    }

    fn branch(&mut self, to: Label, jumps: Jumps, Flag { cc, a, b }: Flag) {
        let types = self.types_at(to).map(<[Ty]>::to_vec).unwrap_or_default();
        let after = self.after_loops.iter().find(|(at, _)| *at == self.at).map(|(_, block)| *block);
        let (target, on) = (self.block_of(to), after.unwrap_or_else(|| self.b.block()));
        let cc = jumps.condition(cc);
        self.poll(target);
        if self.is_home(&types) {
            self.b.br(cc, a, b, target, on);
        } else {
            let edge = self.b.block();
            self.b.br(cc, a, b, edge, on);
            self.b.start(edge);
            self.go_home(&types);
            self.b.jump(target);
        }
        self.b.start(on);
    }

    pub fn jump_or_pop(&mut self, to: Label, jumps: Jumps) {
        let flag = match self.flag.take() {
            Some(flag) => {
                // Where it jumps, the value is known.
                self.stack.pop();
                self.stack.push(Value::Int(i64::from(jumps == Jumps::IfTrue)), Ty::Bool);
                flag
            }
            None => match self.stack.peek(0) {
                Some(operand) => self.truth(operand),
                None => return,
            },
        };
        self.branch(to, jumps, flag);
        self.stack.pop();
    }

    /// The handler that a raise goes to from here, and the operands below the exception there.
    fn catcher(&self) -> Option<(Label, usize)> {
        let point = self.shape.points.get(self.at).copied().flatten()?;
        self.shape.catcher(point.scope).map(|scope| (scope.handler, scope.depth))
    }

    /// The block that an operation on this line goes to when it raises. With `raise`, that helper does.
    pub fn raising(&mut self, raise: Option<Helper>) -> Block {
        let (line, handler) = (self.line, self.catcher());
        let same = |edge: &&Edge| edge.line == line && edge.handler == handler && edge.raise == raise;
        if let Some(edge) = self.edges.iter().rev().take(8).find(same) {
            return edge.block;
        }
        let block = self.b.cold_block();
        self.edges.push(Edge { block, line, handler, raise });
        block
    }

    /// Makes the blocks that `raising` promised.
    pub fn fill_edges(&mut self) {
        for edge in std::mem::take(&mut self.edges) {
            self.b.line(edge.line);
            self.b.start(edge.block);
            if let Some(raise) = edge.raise {
                self.call_or(raise, &[], None);
            }
            let line = self.b.int(i64::from(edge.line));
            self.call_or(Helper::Trace, &[self.function, line], None);
            match edge.handler {
                Some((label, depth)) => {
                    let caught = self.call_or(Helper::Catch, &[], None);
                    let home = self.homes.of(&mut self.b, depth, Class::Word);
                    self.b.copy(home, caught);
                    let block = self.block_of(label);
                    self.b.jump(block);
                }
                None => self.leave_raised(),
            }
        }
    }

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
        // What lies below the handler's operand stays at home while the suite runs.
        let Some(handler) = op.target() else { return };
        let types = self.types_at(handler).map(<[Ty]>::to_vec).unwrap_or_default();
        let below = types.len().saturating_sub(1);
        self.go_home(types.get(..below).unwrap_or(&[]));
        for (depth, ty) in types.into_iter().enumerate().take(below) {
            let home = self.homes.of(&mut self.b, depth, Class::Word);
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
        if self.shape.is_reraise(op, point) {
            return self.reraise(pending);
        }
        let Some(scope) = point.scope.and_then(|id| self.shape.scope(id)) else { return };
        let (on, raise) = (self.b.block(), self.b.cold_block());
        let known = self.shape.pending.get(scope.block).cloned().unwrap_or_default();
        let mut ways = vec![(word::imm(Obj::NONE), on)];
        for number in 0..known.len() {
            let way = self.b.block();
            ways.push((number_word(number), way));
        }
        for &(word, way) in &ways {
            let other = self.b.block();
            self.b.br(Cc::Eq, pending, word, way, other);
            self.b.start(other);
        }
        self.b.jump(raise);
        self.b.start(raise);
        self.reraise(pending);
        let stack = self.stack.clone();
        for (&known, &(_, way)) in known.iter().zip(ways.iter().skip(1)) {
            self.b.start(way);
            self.go_on(known, scope.outer);
            self.stack = stack.clone();
        }
        self.b.start(on);
    }

    fn reraise(&mut self, exception: V) {
        // The line was noted when it was raised.
        let err = self.raising(None);
        self.call_or(Helper::Reraise, &[exception], Some(err));
        let raised = self.b.int(0);
        self.b.ret(Some(raised));
    }

    /// Leaves `scope` with something pending.
    fn go_on(&mut self, pending: Pending, scope: Option<crate::control::ScopeId>) {
        let goal = match pending {
            Pending::Return => None,
            Pending::Jump { goal, .. } => goal,
        };
        if let Some(Scope { block, handler, depth, .. }) = self.shape.next_finally(scope, goal) {
            let (number, home) = (self.shape.pending_number(*block, pending), self.homes.of(&mut self.b, *depth, Class::Word));
            self.b.set_int(home, i64::from(number_word(number.unwrap_or(0))));
            let block = self.block_of(*handler);
            return self.b.jump(block);
        }
        match pending {
            Pending::Return => self.leave(self.answer),
            Pending::Jump { to, depth, .. } => {
                self.stack.truncate(depth);
                self.jump(to);
            }
        }
    }

    pub fn unwind(&mut self, op: Op) {
        let scope = self.shape.points.get(self.at).copied().flatten().and_then(|point| point.scope);
        if let Some(pending) = self.shape.pending_at(op, self.at) {
            self.go_on(pending, scope);
        }
    }

    pub fn return_value(&mut self, op: Op) {
        let operand = self.pop();
        let typed = self.convert(operand, self.types.result);
        let word = self.reg(typed);
        let scope = self.shape.points.get(self.at).copied().flatten().and_then(|point| point.scope);
        match self.shape.pending_at(op, self.at) {
            Some(pending) if self.shape.next_finally(scope, None).is_some() => {
                self.b.copy(self.answer, word);
                self.go_on(pending, scope);
            }
            Some(_) | None => self.leave(word),
        }
    }

    pub fn raise_obj(&mut self) {
        let operand = self.pop();
        let object = self.object(operand);
        self.call(Helper::RaiseObj, &[object]);
        let raised = self.b.int(0);
        self.b.ret(Some(raised));
    }

    pub fn get_iter_stack(&mut self) {
        let of = self.pop();
        let of = self.object(of);
        let iter = self.call(Helper::Iter, &[of]);
        self.push_object(iter);
        for _ in 1..ITER_SLOTS {
            self.stack.push(Value::Word(word::bits(Obj::NULL)), Ty::Object);
        }
    }

    pub fn for_iter(&mut self, to: Label) {
        let Some(iter) = self.stack.peek(ITER_SLOTS as usize - 1) else { return };
        let iter = self.reg(iter);
        let item = self.call(Helper::ForNext, &[iter]);
        let (none, on) = (self.b.block(), self.b.block());
        self.b.br(Cc::Eq, item, word::imm(Obj::NULL), none, on);
        self.b.start(none);
        let stack = self.stack.clone();
        self.stack.truncate(stack.len().saturating_sub(ITER_SLOTS as usize));
        self.jump(to);
        self.stack = stack;
        self.b.start(on);
        self.push_object(item);
    }
}

/// Most operations of a condition that is tested in two places.
const LONGEST_CONDITION: usize = 16;

/// Whether an operation may stand in two places: no jump, no cache, no store.
fn is_simple(op: Op) -> bool {
    matches!(
        op,
        Op::Line(_)
            | Op::LoadInt(_)
            | Op::LoadConst(_)
            | Op::LoadFast(_)
            | Op::LoadTrue
            | Op::LoadFalse
            | Op::LoadSubscr
            | Op::DupTop
            | Op::DupTopTwo
            | Op::RotTwo
            | Op::RotThree
            | Op::Unary(_)
            | Op::Binary(_)
    )
}

/// The word that tells a `finally` which of the pending ways to go on.
fn number_word(number: usize) -> i32 {
    (number as i32) << word::INT_SHIFT | word::INT_BIT
}
