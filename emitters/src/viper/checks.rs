//! Pointers that know how far they reach, under `-X viper-checks`.
//!
//! Beside the register of such a pointer there is one with the bytes behind it. A pointer made from a number reaches
//! anywhere: `ANYWHERE`. In generators nothing is checked: there is no room for it while they wait.

use super::Viper;
use crate::operand::{Operand, Value};
use crate::vty::Ty;
use ir::{Alu, Cc, V};
use vm::compile::op::Local;
use vm::run::helpers::Helper;

/// The reach of pointers made from numbers.
const ANYWHERE: i32 = -1;

impl Viper<'_> {
    /// Whether pointers are checked here.
    pub fn checks(&self) -> bool {
        self.unit.checks && self.waiting.is_none()
    }

    /// The register beside a pointer's, made when first asked for.
    pub fn reach_of(&mut self, v: V) -> V {
        match self.known_reach(v) {
            Some(reach) => reach,
            None => {
                let reach = self.b.word();
                self.b.held(self.reaches.push((v, reach)));
                reach
            }
        }
    }

    /// The register beside a pointer's, if there is one.
    pub fn known_reach(&self, v: V) -> Option<V> {
        self.reaches.iter().find(|(of, _)| *of == v).map(|(_, reach)| *reach)
    }

    /// How far an operand reaches.
    pub fn reach(&mut self, operand: Operand<Ty>) -> V {
        match operand.value {
            Value::Reg(v) if self.known_reach(v).is_some() => self.reach_of(v),
            Value::Reg(_) | Value::Int(_) | Value::Word(_) | Value::Float(_) => self.b.int(i64::from(ANYWHERE)),
        }
    }

    /// A word becomes a pointer: it must not be taken for the pointer that it was.
    pub fn made_pointer(&mut self, value: Value) -> Value {
        match value {
            Value::Reg(v) if self.known_reach(v).is_some() => {
                let copy = self.b.word();
                self.b.copy(copy, v);
                Value::Reg(copy)
            }
            Value::Reg(_) | Value::Int(_) | Value::Word(_) | Value::Float(_) => value,
        }
    }

    /// A local is stored to: what it reached before goes with operands that are it.
    pub fn part_pointer(&mut self, v: V) {
        let is_it = |operand: &Operand<Ty>| operand.value == Value::Reg(v);
        let Some(at) = self.stack.items().iter().position(is_it).filter(|_| self.known_reach(v).is_some()) else {
            return self.stack.part_from(&mut self.b, v);
        };
        self.stack.part_from(&mut self.b, v);
        if let Some(Operand { value: Value::Reg(copy), .. }) = self.stack.items().get(at).copied() {
            let (from, to) = (self.reach_of(v), self.reach_of(copy));
            self.b.copy(to, from);
        }
    }

    /// A local pointer without a value yet.
    pub fn clear_reach(&mut self, local: Local) {
        let (v, ty) = self.local(local);
        if self.checks() && matches!(ty, Ty::Ptr(_)) {
            let reach = self.reach_of(v);
            self.b.set_int(reach, i64::from(ANYWHERE));
        }
    }

    /// An int object reaches anywhere, another as far as its buffer, which `out` tells behind the address.
    pub fn set_reach(&mut self, pointer: V, reach: Option<V>) {
        let to = self.reach_of(pointer);
        match reach {
            Some(reach) => self.b.copy(to, reach),
            None => self.b.set_int(to, i64::from(ANYWHERE)),
        }
    }

    /// IndexError if a pointer does not reach an item.
    pub fn check_item(&mut self, base: Operand<Ty>, index: Operand<Ty>, shift: u8) {
        if !self.checks() {
            return;
        }
        let reach = self.reach(base);
        let count = if shift == 0 { reach } else { self.b.alu(Alu::Shr, reach, i32::from(shift)) };
        let index = self.reg(index);
        let (outside, fails, on) = (self.b.cold_block(), self.b.cold_block(), self.b.block());
        self.b.br(Cc::Uge, index, count, outside, on);
        self.b.start(outside);
        self.b.br(Cc::Eq, reach, ANYWHERE, on, fails);
        self.b.start(fails);
        let err = self.raising(None);
        self.call_or(Helper::PointerRange, &[index, count], None);
        self.b.jump(err);
        self.b.start(on);
    }
}
