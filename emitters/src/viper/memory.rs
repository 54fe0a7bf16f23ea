//! `base[index]`: memory behind pointers, items of objects.

use super::Viper;
use crate::operand::{Operand, Value};
use crate::vty::Ty;
use ir::{Inst, Width};
use vm::run::helpers::Helper;

impl Viper<'_> {
    pub fn load_subscr(&mut self) {
        let (index, base) = (self.pop(), self.pop());
        let Some(shift) = base.ty.pointee() else {
            let (base, index) = (self.reg(base), self.object(index));
            let item = self.call(Helper::LoadSubscr, &[base, index]);
            return self.stack.push(Value::Reg(item), Ty::Object);
        };
        let from = self.reg(base);
        let (w, base) = (width(shift), from);
        let load = match offset(index, shift) {
            Some(off) => Inst::Load { w, d: self.goal(Ty::Int), base, off },
            None => {
                let index = self.reg(index);
                Inst::LoadAt { w, d: self.goal(Ty::Int), base, index, shift, off: 0 }
            }
        };
        self.b.push(load);
        if let Some(item) = load.def() {
            self.stack.push(Value::Reg(item), Ty::Int);
        }
    }

    pub fn store_subscr(&mut self) {
        let (index, base, value) = (self.pop(), self.pop(), self.pop());
        let Some(shift) = base.ty.pointee() else {
            let (base, index, value) = (self.reg(base), self.object(index), self.object(value));
            self.call(Helper::StoreSubscr, &[base, index, value]);
            return;
        };
        let (to, value) = (self.reg(base), self.reg(value));
        match offset(index, shift) {
            Some(off) => self.b.store(width(shift), value, to, off),
            None => {
                let index = self.reg(index);
                self.b.store_at(width(shift), value, to, index, shift, 0);
            }
        }
    }
}

fn width(shift: u8) -> Width {
    match shift {
        0 => Width::U8,
        1 => Width::U16,
        _ => Width::U32,
    }
}

/// The byte offset of a constant index.
fn offset(index: Operand<Ty>, shift: u8) -> Option<i32> {
    match index.value {
        Value::Int(index) => i32::try_from(index.checked_mul(1 << shift)?).ok(),
        Value::Reg(_) | Value::Word(_) | Value::Float(_) => None,
    }
}
