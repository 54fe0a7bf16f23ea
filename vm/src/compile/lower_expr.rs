//! Expressions and calls to ops.

mod collection;

mod text;

mod call;

mod operators;

use super::code::Const;
#[cfg(feature = "diagnostics")]
use super::code::Kind;
#[cfg(feature = "diagnostics")]
use super::lower::Item;
use super::lower::{Lower, Lowered};
use super::op::{Args, Binary, Collection, Label, Op, Unary};
use super::scope::Node;
use crate::mem::Vec;
use crate::q;
use crate::qstr::Qstr;
use crate::syntax::ast::{
    Arg, BinOp, BoolOp, CompareOp, Comparison, Conversion, DictItem, ExprId, ExprKind, List, Part, Text, UnaryOp,
};
use crate::text::error::SyntaxError;
use crate::text::source::Span;

/// Longer text is kept as an object of its own.
const MAX_INTERNED: usize = 10;

impl Lower<'_> {
    /// Pushes the value of an expression.
    pub fn expr(&mut self, id: ExprId) -> Lowered {
        self.operation(id)?;
        #[cfg(feature = "diagnostics")]
        self.tell_column(id)?;
        Ok(())
    }

    /// Where viper's types are checked: tells where the operation stands that came last.
    #[cfg(feature = "diagnostics")]
    fn tell_column(&mut self, id: ExprId) -> Lowered {
        if self.scope().kind == Kind::Viper {
            let column = self.lines.column(self.ast.expr(id).span.start);
            self.items.push(Item::Column(column))?;
            let count = self.items.len();
            if count >= 2 {
                self.items.swap(count - 2, count - 1);
            }
        }
        Ok(())
    }

    fn operation(&mut self, id: ExprId) -> Lowered {
        let expr = self.ast.expr(id);
        match expr.kind {
            ExprKind::None => return self.op(Op::LoadNone),
            ExprKind::True => return self.op(Op::LoadTrue),
            ExprKind::False => return self.op(Op::LoadFalse),
            ExprKind::Ellipsis => return self.load_const(Const::Ellipsis),
            ExprKind::Int(value) => return self.int(value),
            ExprKind::Str(text) => return self.text(text),
            ExprKind::Name(q) if q == q!("__debug__") => {
                return self.op(if self.options.optimise == 0 { Op::LoadTrue } else { Op::LoadFalse });
            }
            ExprKind::Name(name) => {
                self.mark_first(id)?;
                return self.load_name(name);
            }
            _ => self.mark(expr.span)?,
        }
        let line = self.line;
        match expr.kind {
            ExprKind::None | ExprKind::True | ExprKind::False | ExprKind::Ellipsis => Ok(()),
            ExprKind::Int(_) | ExprKind::Str(_) | ExprKind::Name(_) => Ok(()),
            ExprKind::BigInt { .. } | ExprKind::Float(_) | ExprKind::Imaginary(_) | ExprKind::Bytes(_) => {
                match self.constant(id)? {
                    Some(constant) => self.load_const(constant),
                    None => Ok(()),
                }
            }
            ExprKind::FString(parts) => self.fstring(parts),
            ExprKind::TString(parts) => self.tstring(parts),
            ExprKind::Attribute { value, name } => {
                self.expr(value)?;
                self.mark_after(value)?;
                self.mark_name(id)?;
                let name = self.mangle(name)?;
                self.op(Op::LoadAttr(name))
            }
            ExprKind::Subscript { value, index } => {
                self.expr(value)?;
                self.mark_after(value)?;
                self.expr(index)?;
                self.back_to(line)?;
                self.op(Op::LoadSubscr)
            }
            ExprKind::Slice { lower, upper, step } => self.slice(lower, upper, step),
            ExprKind::Call { func, args } => self.call(func, args, line),
            ExprKind::Bool { op, values } => {
                let values = self.deciding(op, values)?;
                if let [value] = *values {
                    return self.expr(value);
                }
                let end = self.label()?;
                for (at, &value) in values.iter().enumerate() {
                    if at > 0 {
                        self.back_to(line)?;
                        self.op(match op {
                            BoolOp::And => Op::JumpIfFalseOrPop(end),
                            BoolOp::Or => Op::JumpIfTrueOrPop(end),
                        })?;
                    }
                    self.expr(value)?;
                }
                self.place(end)
            }
            ExprKind::Unary { op, operand } => {
                if let Some(truth) = self.truth(id) {
                    return self.op(if truth { Op::LoadTrue } else { Op::LoadFalse });
                }
                self.expr(operand)?;
                self.back_to(line)?;
                self.op(Op::Unary(match op {
                    UnaryOp::Plus => Unary::Positive,
                    UnaryOp::Minus => Unary::Negative,
                    UnaryOp::Invert => Unary::Invert,
                    UnaryOp::Not => Unary::Not,
                }))
            }
            ExprKind::Binary { left, .. } => self.operators(id, left, line),
            ExprKind::Compare { left, rest } => self.compare(left, rest),
            ExprKind::Conditional { test, then, orelse } => {
                let (fail, end) = (self.label()?, self.label()?);
                self.condition(test, false, fail)?;
                self.expr(then)?;
                self.op(Op::Jump(end))?;
                self.place(fail)?;
                self.adjust(-1)?;
                self.expr(orelse)?;
                self.place(end)
            }
            ExprKind::Walrus { target, value } => self.walrus(target, value, expr.span),
            ExprKind::Lambda { params, .. } => {
                let scope = self.new_scope(Node::Lambda(id), q!("<lambda>"), None)?;
                self.make(scope, params)
            }
            ExprKind::Tuple(items) => self.tuple(id, items),
            ExprKind::List(items) => match self.first_star(items) {
                None => {
                    self.exprs(items)?;
                    self.op(Op::BuildList(items.len() as u32))
                }
                Some(star) => self.starred(items, star, Collection::List),
            },
            ExprKind::Set(items) => match self.first_star(items) {
                None => {
                    self.exprs(items)?;
                    self.back_to(line)?;
                    self.op(Op::BuildSet(items.len() as u32))
                }
                Some(star) => self.starred(items, star, Collection::Set),
            },
            ExprKind::Dict(items) => {
                let plain = self.ast.list(items).iter().filter(|item| item.key.is_some()).count();
                self.op(Op::BuildMap(plain as u32))?;
                self.dict_items(items)
            }
            ExprKind::Starred(_) => Err(SyntaxError::new(expr.span, "*x must be assignment target")),
            ExprKind::Comp(comp) => self.comp(comp, id),
            ExprKind::Await(value) => self.await_expr(value, expr.span),
            ExprKind::Yield(value) => self.yield_expr(value, expr.span),
            ExprKind::YieldFrom(value) => {
                self.may_yield(expr.span)?;
                if self.is_async() && !self.options.is_for_stock() {
                    return Err(SyntaxError::new(expr.span, "'yield from' inside async function"));
                }
                self.expr(value)?;
                self.back_to(line)?;
                self.op(Op::GetIter)?;
                self.delegate()
            }
        }
    }

    /// Jumps to `to` if the truth of an expression is `wanted`.
    pub fn condition(&mut self, id: ExprId, wanted: bool, to: Label) -> Lowered {
        if let Some(truth) = self.truth(id) {
            return if truth == wanted { self.op(Op::Jump(to)) } else { Ok(()) };
        }
        match self.ast.kind(id) {
            ExprKind::Bool { op, values } => {
                let values = self.deciding(op, values)?;
                if let [value] = *values {
                    return self.condition(value, wanted, to);
                }
                if (op == BoolOp::Or) == wanted {
                    return values.iter().try_for_each(|&value| self.condition(value, wanted, to));
                }
                let skip = self.label()?;
                if let Some((&last, first)) = values.split_last() {
                    first.iter().try_for_each(|&value| self.condition(value, !wanted, skip))?;
                    self.condition(last, wanted, to)?;
                }
                self.place(skip)
            }
            ExprKind::Unary { op: UnaryOp::Not, operand } => self.condition(operand, !wanted, to),
            _ => {
                let line = self.line;
                self.expr(id)?;
                self.back_to(line)?;
                self.op(if wanted { Op::PopJumpIfTrue(to) } else { Op::PopJumpIfFalse(to) })
            }
        }
    }

    /// The truth of an expression if it is constant.
    pub fn truth(&self, id: ExprId) -> Option<bool> {
        Some(match self.ast.kind(id) {
            ExprKind::None | ExprKind::False => false,
            ExprKind::True | ExprKind::Ellipsis | ExprKind::BigInt { .. } => true,
            ExprKind::Int(value) => value != 0,
            ExprKind::Float(value) | ExprKind::Imaginary(value) => value != 0.0,
            ExprKind::Str(text) | ExprKind::Bytes(text) => !text.is_empty(),
            ExprKind::Name(q) if q == q!("__debug__") => self.options.optimise == 0,
            ExprKind::Tuple(items) => {
                self.ast.list(items).iter().all(|&item| self.is_constant(item)).then_some(!items.is_empty())?
            }
            ExprKind::Unary { op: UnaryOp::Not, operand } => !self.truth(operand)?,
            _ => return None,
        })
    }

    /// The operands of `and` or `or` that matter: constants that cannot decide are dropped, and all behind one that does.
    fn deciding(&mut self, op: BoolOp, values: List<ExprId>) -> Result<Vec<ExprId>, SyntaxError> {
        let values = self.ast.list(values);
        let mut kept = Vec::new();
        for (at, &value) in values.iter().enumerate() {
            let decides = self.truth(value).map(|truth| truth == (op == BoolOp::Or));
            if decides != Some(false) || at + 1 == values.len() {
                kept.push(value)?;
            }
            if decides == Some(true) {
                let rest = values.get(at + 1..).unwrap_or_default();
                self.dead(|lower| rest.iter().try_for_each(|&value| lower.expr(value)))?;
                break;
            }
        }
        Ok(kept)
    }

    fn is_constant(&self, id: ExprId) -> bool {
        match self.ast.kind(id) {
            ExprKind::None | ExprKind::False | ExprKind::True | ExprKind::Ellipsis | ExprKind::BigInt { .. } => true,
            ExprKind::Int(_) | ExprKind::Float(_) | ExprKind::Imaginary(_) => true,
            ExprKind::Str(_) | ExprKind::Bytes(_) => true,
            ExprKind::Tuple(items) => self.ast.list(items).iter().all(|&item| self.is_constant(item)),
            _ => false,
        }
    }

    /// The value of an expression if it is constant.
    pub fn constant(&self, id: ExprId) -> Result<Option<Const>, SyntaxError> {
        let bytes = |text: Text| Vec::from_slice(self.ast.list(text));
        Ok(Some(match self.ast.kind(id) {
            ExprKind::None => Const::None,
            ExprKind::True => Const::True,
            ExprKind::False => Const::False,
            ExprKind::Ellipsis => Const::Ellipsis,
            ExprKind::Int(value) => Const::Int(value),
            ExprKind::BigInt { digits, base } => Const::BigInt { digits: bytes(digits)?, base },
            ExprKind::Float(value) => Const::Float(value),
            ExprKind::Imaginary(imag) => Const::Complex { real: 0.0, imag },
            ExprKind::Str(text) => Const::Str(bytes(text)?),
            ExprKind::Bytes(text) => Const::Bytes(bytes(text)?),
            ExprKind::Tuple(items) if self.is_constant(id) => {
                let mut values = Vec::new();
                for &item in self.ast.list(items) {
                    if let Some(value) = self.constant(item)? {
                        values.push(value)?;
                    }
                }
                Const::Tuple(values)
            }
            _ => return Ok(None),
        }))
    }

    fn int(&mut self, value: i64) -> Lowered {
        // The small ints of a 32-bit machine, which all machines can load, unless others are asked for.
        let bits = if cfg!(feature = "cross") { self.options.small_int_bits } else { 31 };
        let above = 1i64 << (bits.clamp(1, 32) - 1);
        if (-above..above).contains(&value) {
            self.op(Op::LoadInt(value as i32))
        } else {
            self.load_const(Const::Int(value))
        }
    }

    fn text(&mut self, text: Text) -> Lowered {
        let text = self.ast.str(text);
        let known = if text.len() <= MAX_INTERNED { Some(self.pool.intern(text)?) } else { self.pool.find(text) };
        match known {
            Some(name) => self.op(Op::LoadStr(name)),
            None => self.load_const(Const::Str(Vec::from_slice(text.as_bytes())?)),
        }
    }

    fn exprs(&mut self, items: List<ExprId>) -> Lowered {
        self.ast.list(items).iter().try_for_each(|&item| self.expr(item))
    }

    fn slice(&mut self, lower: Option<ExprId>, upper: Option<ExprId>, step: Option<ExprId>) -> Lowered {
        let line = self.line;
        for part in [lower, upper] {
            match part {
                Some(part) => self.expr(part)?,
                None => self.op(Op::LoadNone)?,
            }
        }
        match step {
            Some(step) => {
                self.expr(step)?;
                self.back_to(line)?;
                self.op(Op::BuildSlice(3))
            }
            None => self.op(Op::BuildSlice(2)),
        }
    }
}
