//! Locals: registers of their type from entry to return.

use super::Viper;
use crate::operand::Value;
use crate::vty::Ty;
use crate::word;
use ir::{Cc, Inst, V};
use vm::compile::code::Place;
use vm::compile::op::Local;
use vm::run::helpers::Helper;
use vm::value::Obj;

impl Viper<'_> {
    pub fn local(&self, local: Local) -> (V, Ty) {
        let at = usize::from(local.0);
        let v = self.locals.get(at).copied().unwrap_or(V::FIRST);
        (v, self.types.locals.get(at).copied().unwrap_or(Ty::Object))
    }

    pub fn is_cell(&self, local: Local) -> bool {
        self.unit.code.locals.get(usize::from(local.0)).is_some_and(|info| info.place != Place::Fast)
    }

    pub fn load_fast(&mut self, local: Local) {
        let (v, ty) = self.local(local);
        let sure = self.given.bound.get(self.at).copied().unwrap_or(false);
        if ty == Ty::Object && !sure && !self.is_cell(local) {
            self.check_bound(v);
        }
        self.push(Value::Reg(v), ty);
    }

    /// NameError if an object is no value.
    pub fn check_bound(&mut self, v: V) {
        let unbound = self.raising(Some(Helper::UnboundLocal));
        self.b.exit(Cc::Eq, v, word::imm(Obj::NULL), unbound);
    }

    pub fn store_fast(&mut self, local: Local) {
        let (v, ty) = self.local(local);
        let operand = self.pop();
        let from = self.convert(operand, ty);
        self.part_pointer(v);
        if self.checks() && matches!(ty, Ty::Ptr(_)) {
            let reach = self.reach(from);
            self.set_reach(v, Some(reach));
        }
        self.put(v, from.value);
    }

    /// Sets a register of the operand's class.
    pub fn put(&mut self, v: V, from: Value) {
        match from {
            Value::Int(value) | Value::Word(value) => self.b.set_int(v, value),
            Value::Reg(from) => self.b.copy(v, from),
            Value::Float(value) => self.b.push(Inst::Float { d: v, value }),
        }
    }

    pub fn delete_fast(&mut self, local: Local) {
        let (v, ty) = self.local(local);
        if ty == Ty::Object {
            self.check_bound(v);
            self.stack.part_from(&mut self.b, v);
            self.b.set_int(v, word::bits(Obj::NULL));
        }
    }
}
