//! Operands as other types: objects, words, floats.

use super::Viper;
use crate::operand::{Operand, Value};
use crate::target;
use crate::vty::{Target, Ty, Whole};
use crate::word;
use ir::{Alu, Block, Cc, Class, Fcc, Fop, Inst, Ov, Un, V, Width};
use vm::q;
use vm::run::helpers::{self, Helper};

/// What `Helper::ToWord` makes of an object that is no small int.
#[derive(Clone, Copy)]
enum Wanted {
    Integer = 0,
    Pointer = 1,
}

/// Whether the highest bit of a word counts as a number's, not as its sign.
fn fills_word(ty: Ty) -> bool {
    matches!(ty, Ty::Whole(Whole::Uint | Whole::Uint64))
}

impl Viper<'_> {
    /// An operand as an object.
    pub fn object(&mut self, operand: Operand<Ty>) -> V {
        match (operand.ty, operand.value) {
            (Ty::Object, _) => self.reg(operand),
            (Ty::None, _) => self.b.int(word::bits(vm::value::Obj::NONE)),
            (Ty::Cast(target), _) => self.cast_object(target),
            (Ty::Range, _) => self.global(q!("range"), usize::MAX),
            (Ty::Bool, Value::Int(value)) => {
                self.b.int(word::bits(if value != 0 { vm::value::Obj::TRUE } else { vm::value::Obj::FALSE }))
            }
            (Ty::Bool, _) => {
                let truth = self.reg(operand);
                word::bool_word(&mut self.b, truth)
            }
            (Ty::Whole(whole), Value::Int(value))
                if (whole.is_signed() || value >= 0)
                    && let Some(word) = word::int(value) =>
            {
                self.b.int(word)
            }
            (Ty::Whole(whole), _) if whole.is_narrow() => {
                let value = self.reg(operand);
                word::tag(&mut self.b, value)
            }
            (Ty::Whole(Whole::Int | Whole::Int64), _) => {
                let value = self.reg(operand);
                let (object, slow) = (self.b.word(), self.b.cold_block());
                let doubled = self.b.alu_ov(Ov::Add, value, value, slow);
                self.b.push(Inst::Alu { op: Alu::Or, d: object, a: doubled, b: word::INT_BIT.into() });
                self.slowly(slow, Helper::FromInt, value, object)
            }
            (Ty::Whole(_) | Ty::Ptr(_), _) => {
                let value = self.reg(operand);
                let (object, slow) = (self.b.word(), self.b.cold_block());
                let high = self.b.alu(Alu::Shr, value, self.b.word_size().bits() as i32 - 2);
                self.b.exit(Cc::Ne, high, 0, slow);
                let tagged = word::tag(&mut self.b, value);
                self.b.copy(object, tagged);
                self.slowly(slow, Helper::FromUint, value, object)
            }
            (Ty::Float, Value::Float(value)) if let Some(word) = word::float(value) => self.b.int(word),
            (Ty::Float, _) => {
                let float = self.reg(operand);
                let (object, bits, slow) = (self.b.word(), self.b.word(), self.b.cold_block());
                word::encode(&mut self.b, float, object, bits, slow);
                self.slowly(slow, Helper::BoxFloat, bits, object)
            }
        }
    }

    /// Out of line: `object = helper(value)`.
    fn slowly(&mut self, slow: Block, helper: Helper, value: V, object: V) -> V {
        let done = self.b.block();
        self.b.jump(done);
        self.b.start(slow);
        let made = self.call(helper, &[value]);
        self.b.copy(object, made);
        self.b.jump(done);
        self.b.start(done);
        object
    }

    /// What an object stands for as type `ty`.
    pub fn unbox(&mut self, object: V, ty: Ty) -> V {
        let wanted = match ty {
            Ty::Object | Ty::None | Ty::Cast(_) | Ty::Range => return object,
            Ty::Bool => {
                let answer = self.call(Helper::Truth, &[object]);
                return self.b.alu(Alu::Sub, answer, helpers::NO as i32);
            }
            Ty::Float => return self.unbox_float(object),
            Ty::Whole(_) => Wanted::Integer,
            Ty::Ptr(_) => Wanted::Pointer,
        };
        let checked = self.checks() && matches!(ty, Ty::Ptr(_));
        let (value, slow, done) = (self.b.word(), self.b.cold_block(), self.b.block());
        self.b.exit(Cc::NoBits, object, word::INT_BIT, slow);
        self.b.push(Inst::Alu { op: Alu::Sar, d: value, a: object, b: word::INT_SHIFT.into() });
        if checked {
            self.set_reach(value, None);
        }
        self.b.jump(done);
        self.b.start(slow);
        let out = self.area(2);
        if checked {
            self.call(Helper::ToPointer, &[object, out]);
            let reach = self.b.load(Width::Word, out, word::BYTES);
            self.set_reach(value, Some(reach));
        } else {
            let kind = self.b.int(wanted as i64);
            self.call(Helper::ToWord, &[object, kind, out]);
        }
        self.b.push(Inst::Load { w: Width::Word, d: value, base: out, off: 0 });
        self.b.jump(done);
        self.b.start(done);
        match ty {
            Ty::Whole(whole) => self.wrapped(value, whole),
            _ => value,
        }
    }

    fn unbox_float(&mut self, object: V) -> V {
        let (float, slow, done) = (self.b.float(), self.b.cold_block(), self.b.block());
        word::unless_float(&mut self.b, object, slow);
        let decoded = word::decode(&mut self.b, object);
        self.b.copy(float, decoded);
        self.b.jump(done);
        self.b.start(slow);
        let out = self.area(1);
        self.call(Helper::ToFloat, &[object, out]);
        self.b.push(Inst::FLoad { w: target::FWIDTH, d: float, base: out, off: 0 });
        self.b.jump(done);
        self.b.start(done);
        float
    }

    /// The type that a casting name stands for where it is used as an object.
    fn cast_object(&mut self, target: Target) -> V {
        let name = match target {
            Target::Bool => q!("bool"),
            Target::Float => q!("float"),
            Target::Whole(_) | Target::Ptr(_) => q!("int"),
        };
        self.global(name, usize::MAX)
    }

    /// A word cut off to the bits of a type and extended again.
    pub fn wrapped(&mut self, v: V, whole: Whole) -> V {
        match extension(whole) {
            Some(op) => self.b.un(op, v),
            None => v,
        }
    }

    /// An operand as another type. What is no cast of the program's keeps its word.
    pub fn convert(&mut self, operand: Operand<Ty>, to: Ty) -> Operand<Ty> {
        let value = match (operand.ty, to) {
            (from, to) if from == to => operand.value,
            (Ty::Object, to) => {
                let object = self.reg(operand);
                Value::Reg(self.unbox(object, to))
            }
            (_, Ty::Object) => match (operand.ty, operand.value) {
                (Ty::Whole(Whole::Int), Value::Int(value)) if let Some(word) = word::int(value) => Value::Word(word),
                (_, _) => Value::Reg(self.object(operand)),
            },
            (Ty::None, Ty::Float) => Value::Float(0.0),
            (Ty::Float, Ty::Whole(whole)) => Value::Reg(self.whole_part(operand, whole)),
            (Ty::Float, Ty::Bool) => {
                let (float, zero) = (self.reg(operand), self.b.float_const(0.0));
                Value::Reg(self.b.fset(Fcc::Ne, float, zero))
            }
            (_, Ty::Float) => match operand.value {
                Value::Int(value) if !fills_word(operand.ty) => Value::Float(value as f64),
                _ => Value::Reg(self.float_of_word(operand)),
            },
            (Ty::Whole(_) | Ty::Ptr(_), Ty::Bool) => match operand.value {
                Value::Int(value) => Value::Int(i64::from(value != 0)),
                Value::Reg(v) => Value::Reg(self.b.set(Cc::Ne, v, 0)),
                other => other,
            },
            (from, Ty::Whole(whole)) => match operand.value {
                Value::Int(value) => Value::Int(whole.wrapped(value)),
                value if from.whole().is_some_and(|from| from.is_narrow() && from.widens_to(whole)) => value,
                _ => {
                    let v = self.reg(operand);
                    Value::Reg(self.wrapped(v, whole))
                }
            },
            (Ty::Ptr(_), Ty::Ptr(_)) => operand.value,
            (_, Ty::Ptr(_)) => self.made_pointer(operand.value),
            (_, _) => operand.value,
        };
        Operand { value, ty: to }
    }

    /// A float cut off to a whole number; what no word holds loses its high bits, as ints do.
    fn whole_part(&mut self, operand: Operand<Ty>, whole: Whole) -> V {
        let float = self.reg(operand);
        let (value, slow, done) = (self.b.word(), self.b.cold_block(), self.b.block());
        self.b.push(Inst::ToInt { d: value, a: float, to: slow });
        self.b.jump(done);
        self.b.start(slow);
        let (bits, out) = (self.b.bits(float), self.area(1));
        self.call(Helper::FloatToWord, &[bits, out]);
        self.b.push(Inst::Load { w: Width::Word, d: value, base: out, off: 0 });
        self.b.jump(done);
        self.b.start(done);
        self.wrapped(value, whole)
    }

    /// A number in a word as a float.
    fn float_of_word(&mut self, operand: Operand<Ty>) -> V {
        let value = self.reg(operand);
        if !fills_word(operand.ty) {
            return self.b.to_float(value);
        }
        // With the highest bit set: half of it, the lowest bit kept for rounding, twice.
        let (float, high, done) = (self.b.float(), self.b.cold_block(), self.b.block());
        self.b.exit(Cc::Lt, value, 0, high);
        self.b.push(Inst::ToFloat { d: float, a: value });
        self.b.jump(done);
        self.b.start(high);
        let (half, low) = (self.b.alu(Alu::Shr, value, 1), self.b.alu(Alu::And, value, 1));
        let half = self.b.alu(Alu::Or, half, low);
        let half = self.b.to_float(half);
        self.b.push(Inst::Fop { op: Fop::Add, d: float, a: half, b: half });
        self.b.jump(done);
        self.b.start(done);
        float
    }

    /// An operand as a float.
    pub fn float(&mut self, operand: Operand<Ty>) -> V {
        let float = self.convert(operand, Ty::Float);
        debug_assert!(super::class(float.ty) == Class::Float);
        self.reg(float)
    }
}

/// What extends the low bits of a word to a value of the type; nothing for types as wide as the word.
pub fn extension(whole: Whole) -> Option<Un> {
    match whole {
        Whole::Int8 => Some(Un::S8),
        Whole::Int16 => Some(Un::S16),
        Whole::Int32 => Some(Un::S32),
        Whole::Uint8 => Some(Un::U8),
        Whole::Uint16 => Some(Un::U16),
        Whole::Uint32 => Some(Un::U32),
        Whole::Int | Whole::Uint | Whole::Int64 | Whole::Uint64 => None,
    }
}
