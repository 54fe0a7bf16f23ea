//! Guards: what the fast version takes for granted of an operand, and leaves for otherwise.

use super::*;

/// Ints up to here are floats.
const EXACT: u64 = 1 << 53;

impl<'a> Native<'a> {
    /// Everywhere `v` is: it is known to be of type `ty` from here on.
    pub(super) fn refine(&mut self, v: V, ty: Ty) {
        for operand in self.now.stack.items_mut() {
            if operand.value == Value::Reg(v) && operand.ty == Ty::Any {
                operand.ty = ty;
            }
        }
        if let Some(local) = self.words.iter().position(|word| *word == v)
            && let Some(known @ Ty::Any) = self.now.locals.get_mut(local)
        {
            *known = ty;
        }
    }

    /// The operand's word; the fast version is left unless it is a small int.
    pub(super) fn guard_int(&mut self, operand: Operand<Ty>) -> V {
        let v = self.word_of(operand);
        if operand.ty != Ty::Int {
            let exit = self.leave_fast();
            self.b.exit(Cc::NoBits, v, word::INT_BIT, exit);
            self.refine(v, Ty::Int);
        }
        v
    }

    /// As `guard_int`; an operand whose value is known stays a constant.
    pub(super) fn guarded_int(&mut self, operand: Operand<Ty>) -> Operand<Ty> {
        match operand.value {
            Value::Int(_) if operand.ty == Ty::Int => operand,
            Value::Int(_) | Value::Reg(_) | Value::Word(_) | Value::Float(_) => {
                Operand { value: Value::Reg(self.guard_int(operand)), ty: Ty::Int }
            }
        }
    }

    /// The operand as a float; the fast version is left unless it is a float or a small int.
    pub(super) fn guard_number(&mut self, operand: Operand<Ty>) -> V {
        if operand.ty == Ty::Float || operand.ty == Ty::Int {
            return self.float_of(operand);
        }
        let v = self.word_of(operand);
        let exit = self.leave_fast();
        let d = self.b.float();
        let (other, join) = (self.b.cold_block(), self.b.block());
        word::unless_float(&mut self.b, v, other);
        let float = word::decode(&mut self.b, v);
        self.b.copy(d, float);
        self.b.start(join);
        self.later(move |n: &mut Native<'a>| {
            n.b.start(other);
            let (int, zero, minus) = (n.b.cold_block(), n.b.cold_block(), n.b.cold_block());
            n.b.exit(Cc::Bits, v, word::INT_BIT, int);
            n.b.exit(Cc::Eq, v, word::imm(Obj::ZERO), zero);
            n.b.br(Cc::Eq, v, word::imm(Obj::MINUS_ZERO), minus, exit);
            n.b.start(int);
            let value = word::untag(&mut n.b, v);
            n.exit_inexact(value, exit);
            n.b.push(ir::Inst::ToFloat { d, a: value });
            n.b.jump(join);
            n.b.start(zero);
            n.b.push(ir::Inst::Float { d, value: 0.0 });
            n.b.jump(join);
            n.b.start(minus);
            n.b.push(ir::Inst::Float { d, value: -0.0 });
            n.b.jump(join);
        });
        d
    }

    /// As `guard_number`, where the quotient of two ints must be rounded once only: the fast version is left for an int
    /// that no float is.
    pub(super) fn guard_exact(&mut self, operand: Operand<Ty>) -> V {
        if operand.ty != Ty::Int || matches!(operand.value, Value::Int(value) if value.unsigned_abs() <= EXACT) {
            return self.guard_number(operand);
        }
        let exit = self.leave_fast();
        let v = self.word_of(operand);
        let value = word::untag(&mut self.b, v);
        self.exit_inexact(value, exit);
        self.b.to_float(value)
    }

    /// Leaves for an int that may not be a float.
    fn exit_inexact(&mut self, value: V, to: Block) {
        let most = self.b.int(EXACT as i64);
        let above = self.b.alu(Alu::Add, value, most);
        let span = self.b.int(2 * EXACT as i64);
        self.b.exit(Cc::Ugt, above, span, to);
    }
}
