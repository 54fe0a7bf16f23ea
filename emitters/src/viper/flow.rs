//! Jumps, loops, and where exceptions go.

use super::{Flag, Jumps, Viper, class};
use crate::control::{ScopeId, Shape};
use crate::operand::{Value, settle};
use crate::vty::Ty;
use crate::word;
use ir::{Block, Cc, Class, Width};
use vm::compile::op::{ITER_SLOTS, Label, Op};
use vm::mem::NoMemory;
use vm::mem::Vec;
use vm::run::helpers::Helper;
use vm::run::layout;
use vm::value::Obj;

/// The way of an exception from one line to its handler or out of the function.
pub struct Edge {
    block: Block,
    at: usize,
    /// The line that the traceback is told; nothing for what is raised again.
    line: Option<u32>,
    from: Option<ScopeId>,
    /// What raises it, if it is not waiting already.
    raise: Option<Helper>,
}

/// A loop whose condition stands behind its body. What waits to be done runs in front of the condition: then what the
/// condition has loaded is known in the body.
pub struct Loop {
    top: Label,
    condition: Label,
}

/// The loops that begin with a jump to their condition.
pub fn loops(ops: &[Op], shape: &Shape) -> Result<Vec<Loop>, NoMemory> {
    let mut loops = Vec::new();
    for (at, pair) in ops.windows(2).enumerate() {
        if let &[Op::Jump(condition), Op::Label(top)] = pair
            && let Some(start) = shape.at(condition).filter(|start| *start > at)
            && ops.iter().skip(start).any(|op| op.target() == Some(top))
            && !ops.iter().take(start).any(|op| op.target() == Some(top))
        {
            loops.push(Loop { top, condition })?;
        }
    }
    Ok(loops)
}

impl Viper<'_> {
    /// The block of a label.
    pub fn block_of(&mut self, label: Label) -> Block {
        let at = usize::from(label.0);
        if self.blocks.len() <= at {
            self.b.held(self.blocks.resize(at + 1, None));
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

    /// The types of the operands at a label.
    pub fn types_copied(&mut self, label: Label) -> Option<Vec<Ty>> {
        let types = self.types;
        let known = types.labels.get(usize::from(label.0))?.as_ref()?;
        self.b.held(known.try_clone())
    }

    pub fn arrive(&mut self, label: Label) {
        let Some(types) = self.types_copied(label) else {
            return self.stack.truncate(0);
        };
        if self.b.is_open() {
            self.go_home(&types);
        }
        let block = self.block_of(label);
        self.b.start(block);
        self.at_home(types);
        if self.given.loops.iter().any(|known| known.condition == label) {
            self.run_pending();
        }
    }

    /// All operands are in their homes now.
    pub fn at_home(&mut self, types: Vec<Ty>) {
        self.stack.truncate(0);
        for (depth, ty) in types.into_iter().enumerate() {
            let home = self.homes.of(&mut self.b, depth, class(ty));
            self.push(Value::Reg(home), ty);
        }
    }

    /// Moves operands to where a label of these types expects them.
    pub fn go_home(&mut self, types: &[Ty]) {
        self.settle_flag();
        let mut moves = Vec::new();
        let mut constants = Vec::new();
        for (depth, &ty) in types.iter().enumerate() {
            let Some(operand) = self.stack.items().get(depth).copied() else { break };
            let home = self.homes.of(&mut self.b, depth, class(ty));
            let converted = self.convert(operand, ty);
            if self.checks() && matches!(ty, Ty::Ptr(_)) {
                let (reach, to) = (self.reach(converted), self.reach_of(home));
                self.b.held(moves.push((to, reach)));
            }
            match converted.value {
                Value::Reg(v) => self.b.held(moves.push((home, v))),
                constant => self.b.held(constants.push((home, constant))),
            };
        }
        settle(&mut self.b, &moves);
        for (home, constant) in constants {
            self.put(home, constant);
        }
    }

    /// Whether operands need no moving for a label.
    fn is_home(&mut self, types: &[Ty]) -> bool {
        self.stack.items().iter().zip(types).enumerate().all(|(depth, (operand, ty))| {
            let home = self.homes.of(&mut self.b, depth, class(*ty));
            operand.value == Value::Reg(home) && operand.ty == *ty
        })
    }

    pub fn jump(&mut self, to: Label) {
        let types = self.types_copied(to).unwrap_or_default();
        self.go_home(&types);
        let block = self.block_of(to);
        self.poll(to);
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
        let types = self.types_copied(to).unwrap_or_default();
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
        let flag = self.pop_flag();
        let jumps = if matches!(ops.get(end), Some(Op::PopJumpIfTrue(_))) { Jumps::IfTrue } else { Jumps::IfFalse };
        let (body, after) = (self.block_of(top), self.b.block());
        self.b.held(self.after_loops.push((end, after)));
        self.br(jumps.condition(flag), body, after);
        (self.at, self.line) = (here, line);
        true
    }

    /// On a jump backwards: runs what waits to be done.
    fn poll(&mut self, to: Label) {
        let block = self.block_of(to);
        let asked = |known: &&Loop| known.top == to && self.shape.at(known.condition).is_some_and(|at| at < self.at);
        if self.b.is_filled(block) && !self.given.loops.iter().any(|known| asked(&known)) {
            self.run_pending();
        }
    }

    /// Runs what waits to be done.
    fn run_pending(&mut self) {
        let vm = self.machine();
        let pending = self.b.load(Width::U32, vm, layout::vm::PENDING as i32);
        let (slow, on) = (self.b.cold_block(), self.b.block());
        self.b.br(Cc::Ne, pending, 0, slow, on);
        self.b.start(slow);
        self.b.run(crate::helpers::number(Helper::Poll), &[vm]);
        let (waiting, err) = (self.b.load(Width::Word, vm, layout::vm::EXCEPTION as i32), self.raising(None));
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

    fn branch(&mut self, to: Label, jumps: Jumps, flag: Flag) {
        let types = self.types_copied(to).unwrap_or_default();
        let after = self.after_loops.iter().find(|(at, _)| *at == self.at).map(|(_, block)| *block);
        let (target, on) = (self.block_of(to), after.unwrap_or_else(|| self.b.block()));
        let flag = jumps.condition(flag);
        self.poll(to);
        if self.is_home(&types) {
            self.br(flag, target, on);
        } else {
            let edge = self.b.block();
            self.br(flag, edge, on);
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
                self.push(Value::Int(i64::from(jumps == Jumps::IfTrue)), Ty::Bool);
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

    /// The block that an operation on this line goes to when it raises. With `raise`, that helper does.
    pub fn raising(&mut self, raise: Option<Helper>) -> Block {
        self.edge(Some(self.line), raise)
    }

    /// As `raising`; `line` is what the traceback is told.
    pub fn edge(&mut self, line: Option<u32>, raise: Option<Helper>) -> Block {
        let from = self.scope();
        let same = |edge: &&Edge| edge.line == line && edge.from == from && edge.raise == raise;
        if let Some(edge) = self.edges.iter().rev().take(8).find(same) {
            return edge.block;
        }
        let block = self.b.cold_block();
        self.b.held(self.edges.push(Edge { block, at: self.at, line, from, raise }));
        block
    }

    /// Makes the blocks that `raising` promised.
    pub fn fill_edges(&mut self) {
        for edge in core::mem::take(&mut self.edges) {
            self.b.mark(edge.at as u32);
            if let Some(line) = edge.line {
                self.b.line(line);
            }
            self.b.start(edge.block);
            if let Some(raise) = edge.raise {
                self.call_or(raise, &[], None);
            }
            if let Some(line) = edge.line {
                let (function, line) = (self.function(), self.b.int(i64::from(line)));
                self.call_or(Helper::Trace, &[function, line], None);
            }
            let shape = self.shape;
            let Some(scope) = shape.catcher(edge.from) else {
                self.handled_up_to(edge.from, None);
                self.leave_raised();
                continue;
            };
            self.handled_up_to(edge.from, Some(scope.handler));
            let caught = self.call_or(Helper::Catch, &[], None);
            let home = self.homes.of(&mut self.b, scope.depth, Class::Word);
            self.b.copy(home, caught);
            if let Some(before) = self.before_caught.get(scope.block).copied() {
                let handled = self.call_or(Helper::Handling, &[caught], None);
                self.b.copy(before, handled);
            }
            let block = self.block_of(scope.handler);
            self.b.jump(block);
        }
    }

    pub fn get_iter_stack(&mut self) {
        if self.start_counting() {
            return;
        }
        let of = self.pop();
        let of = self.object(of);
        let iter = self.call(Helper::Iter, &[of]);
        self.push_object(iter);
        for _ in 1..ITER_SLOTS {
            self.push(Value::Word(word::bits(Obj::NULL)), Ty::Object);
        }
    }

    pub fn for_iter(&mut self, to: Label) {
        if self.count_on(to) {
            return;
        }
        let Some(iter) = self.stack.peek(ITER_SLOTS as usize - 1) else { return };
        let iter = self.reg(iter);
        let item = self.call(Helper::ForNext, &[iter]);
        let (none, on) = (self.b.block(), self.b.block());
        self.b.br(Cc::Eq, item, word::imm(Obj::NULL), none, on);
        self.b.start(none);
        let stack = self.stack_copied();
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
