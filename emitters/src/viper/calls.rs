//! Calls, casts, and functions made by functions.

use super::Viper;
use crate::operand::Value;
use crate::vty::Ty;
use vm::compile::op::{Args, ChildId, Op};
use vm::run::helpers::Helper;

/// What a call with stars finds below its arguments.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Callee {
    /// A function.
    Function,
    /// A method and its self.
    Method,
}

/// Whether tuple and dict of defaults are on the stack.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Defaults {
    None,
    Given,
}

impl Viper<'_> {
    pub fn call_function(&mut self, args: Args) {
        let slots = args.slots() as usize;
        if slots == 1
            && let Some(callee) = self.stack.peek(1)
            && let Ty::Cast(target) = callee.ty
        {
            let operand = self.pop();
            self.pop();
            let cast = self.convert(operand, target.ty());
            return self.push_operand(cast);
        }
        self.settle_flag();
        if self.call_direct(args) || (self.loops_next() && self.count_range(slots)) {
            return;
        }
        let words = self.pop_objects(slots + 1);
        let area = self.laid_out(&words);
        self.call_area(Helper::Call, area, args);
    }

    fn loops_next(&self) -> bool {
        self.next() == Some(Op::GetIterStack)
    }

    pub fn call_method(&mut self, args: Args) {
        let words = self.pop_objects(args.slots() as usize + 2);
        let area = self.laid_out(&words);
        self.call_area(Helper::CallMethod, area, args);
    }

    fn call_area(&mut self, helper: Helper, area: ir::V, args: Args) {
        let (n_pos, n_kw) = (self.b.int(i64::from(args.n_pos)), self.b.int(i64::from(args.n_kw)));
        let made = self.call(helper, &[area, n_pos, n_kw]);
        self.push_object(made);
    }

    pub fn call_spread(&mut self, args: Args, callee: Callee) {
        let stars = self.pop();
        let stars = self.object(stars);
        let below = if callee == Callee::Method { 2 } else { 1 };
        let mut words = self.pop_objects(args.slots() as usize + below);
        if callee == Callee::Function {
            let null = self.null();
            self.b.held(words.insert(1, null));
        }
        let area = self.laid_out(&words);
        let (n_pos, n_kw) = (self.b.int(i64::from(args.n_pos)), self.b.int(i64::from(args.n_kw)));
        let made = self.call(Helper::CallSpread, &[area, n_pos, n_kw, stars]);
        self.push_object(made);
    }

    pub fn make_function(&mut self, child: ChildId, defaults: Defaults, n_cells: u8) {
        let cells = self.pop_objects(usize::from(n_cells));
        let (pos, kw) = match defaults {
            Defaults::None => (self.null(), self.null()),
            Defaults::Given => match *self.pop_objects(2) {
                [pos, kw] => (pos, kw),
                _ => return,
            },
        };
        let number = self.b.int(i64::from(child.0));
        let made = if cells.is_empty() {
            self.call_here(Helper::MakeFunction, &[number, pos, kw])
        } else {
            let (area, count) = (self.laid_out(&cells), self.b.int(i64::from(n_cells)));
            self.call_here(Helper::MakeClosure, &[number, pos, kw, area, count])
        };
        self.push(Value::Reg(made), Ty::Object);
    }
}
