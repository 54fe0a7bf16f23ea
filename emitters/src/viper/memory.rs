//! `base[index]`: memory behind pointers, items of objects.

use super::Viper;
use crate::operand::{Operand, Value};
use crate::vty::Ty;
use ir::Width;
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
        let item = match offset(index, shift) {
            Some(off) => self.b.load(width(shift), from, off),
            None => {
                let index = self.reg(index);
                self.b.load_at(width(shift), from, index, shift, 0)
            }
        };
        self.stack.push(Value::Reg(item), Ty::Int);
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
