//! `base[index]`: memory behind pointers, items of objects.

use super::Viper;
use crate::operand::{Operand, Value};
use crate::target;
use crate::vty::{Item, Ty};
use ir::{Fwidth, Inst, V, Width};
use vm::run::helpers::Helper;

/// What lies at an address.
#[derive(Clone, Copy)]
enum Cell {
    Word(Width),
    Float(Fwidth),
}

impl Viper<'_> {
    pub fn load_subscr(&mut self) {
        let (index, base) = (self.pop(), self.pop());
        let Some((item, shift)) = item_of(base.ty) else {
            let (base, index) = (self.reg(base), self.object(index));
            let item = self.call(Helper::LoadSubscr, &[base, index]);
            return self.push(Value::Reg(item), Ty::Object);
        };
        self.check_item(base, index, shift);
        let base = self.reg(base);
        let at = self.place_of(index, shift);
        match (cell(item), at) {
            (Cell::Word(w), place) => {
                let d = self.goal(Ty::INT);
                self.b.push(match place {
                    Place::Off(off) => Inst::Load { w, d, base, off },
                    Place::Index(index) => Inst::LoadAt { w, d, base, index, shift, off: 0 },
                });
                self.push(Value::Reg(d), Ty::INT);
            }
            (Cell::Float(w), place) => {
                let d = self.float_goal();
                self.b.push(match place {
                    Place::Off(off) => Inst::FLoad { w, d, base, off },
                    Place::Index(index) => Inst::FLoadAt { w, d, base, index, shift, off: 0 },
                });
                self.push(Value::Reg(d), Ty::Float);
            }
        }
    }

    pub fn store_subscr(&mut self) {
        let (index, base, value) = (self.pop(), self.pop(), self.pop());
        let Some((item, shift)) = item_of(base.ty) else {
            let (base, index, value) = (self.reg(base), self.object(index), self.object(value));
            self.call(Helper::StoreSubscr, &[base, index, value]);
            return;
        };
        self.check_item(base, index, shift);
        let base = self.reg(base);
        let cell = cell(item);
        let a = match cell {
            Cell::Word(_) => self.reg(value),
            Cell::Float(_) => self.float(value),
        };
        let place = self.place_of(index, shift);
        self.b.push(match (cell, place) {
            (Cell::Word(w), Place::Off(off)) => Inst::Store { w, a, base, off },
            (Cell::Word(w), Place::Index(index)) => Inst::StoreAt { w, a, base, index, shift, off: 0 },
            (Cell::Float(w), Place::Off(off)) => Inst::FStore { w, a, base, off },
            (Cell::Float(w), Place::Index(index)) => Inst::FStoreAt { w, a, base, index, shift, off: 0 },
        });
    }

    fn place_of(&mut self, index: Operand<Ty>, shift: u8) -> Place {
        match offset(index, shift) {
            Some(off) => Place::Off(off),
            None => Place::Index(self.reg(index)),
        }
    }
}

/// Where an item lies behind its base.
#[derive(Clone, Copy)]
enum Place {
    Off(i32),
    Index(V),
}

/// The items behind a pointer, and log2 of their size.
fn item_of(base: Ty) -> Option<(Item, u8)> {
    let item = base.item()?;
    Some((item, item.size_log2(target::BYTES_LOG2)?))
}

fn cell(item: Item) -> Cell {
    match item {
        Item::Any | Item::Bits8 => Cell::Word(Width::U8),
        Item::Bits16 => Cell::Word(Width::U16),
        Item::Bits32 => Cell::Word(Width::U32),
        Item::Bits64 => Cell::Word(Width::Word),
        Item::Float32 => Cell::Float(Fwidth::F32),
        Item::Float => Cell::Float(target::FWIDTH),
        Item::Float64 => Cell::Float(Fwidth::F64),
    }
}

/// The byte offset of a constant index.
fn offset(index: Operand<Ty>, shift: u8) -> Option<i32> {
    match index.value {
        Value::Int(index) => i32::try_from(index.checked_mul(1 << shift)?).ok(),
        Value::Reg(_) | Value::Word(_) | Value::Float(_) => None,
    }
}
