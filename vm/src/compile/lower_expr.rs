//! Expressions and calls to ops.

use super::code::Const;
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
            ExprKind::Name(name) => return self.load_name(name),
            _ => self.mark(expr.span)?,
        }
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
                self.op(Op::LoadAttr(name))
            }
            ExprKind::Subscript { value, index } => {
                self.expr(value)?;
                self.mark_after(value)?;
                self.expr(index)?;
                self.op(Op::LoadSubscr)
            }
            ExprKind::Slice { lower, upper, step } => self.slice(lower, upper, step),
            ExprKind::Call { func, args } => self.call(func, args),
            ExprKind::Bool { op, values } => {
                let values = self.deciding(op, values)?;
                if let [value] = *values {
                    return self.expr(value);
                }
                let end = self.label()?;
                for (at, &value) in values.iter().enumerate() {
                    if at > 0 {
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
                self.op(Op::Unary(match op {
                    UnaryOp::Plus => Unary::Positive,
                    UnaryOp::Minus => Unary::Negative,
                    UnaryOp::Invert => Unary::Invert,
                    UnaryOp::Not => Unary::Not,
                }))
            }
            ExprKind::Binary { op, left, right } => {
                self.expr(left)?;
                self.expr(right)?;
                self.op(Op::Binary(binary(op)))
            }
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
            ExprKind::Await(value) => {
                if !self.in_function() && !self.options.top_level_await {
                    return Err(SyntaxError::new(expr.span, "'await' outside function"));
                }
                self.expr(value)?;
                self.yield_from()
            }
            ExprKind::Yield(value) => {
                if !self.in_function() {
                    return Err(SyntaxError::new(expr.span, "'yield' outside function"));
                }
                match value {
                    None => self.op(Op::LoadNone)?,
                    Some(value) => self.expr(value)?,
                }
                self.yield_value()
            }
            ExprKind::YieldFrom(value) => {
                if !self.in_function() {
                    return Err(SyntaxError::new(expr.span, "'yield' outside function"));
                }
                self.expr(value)?;
                self.yield_from()
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
                self.expr(id)?;
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
    fn deciding(&self, op: BoolOp, values: List<ExprId>) -> Result<Vec<ExprId>, SyntaxError> {
        let values = self.ast.list(values);
        let mut kept = Vec::new();
        for (at, &value) in values.iter().enumerate() {
            let decides = self.truth(value).map(|truth| truth == (op == BoolOp::Or));
            if decides != Some(false) || at + 1 == values.len() {
                kept.push(value)?;
            }
            if decides == Some(true) {
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
        // The small ints of a 32-bit machine; all machines can load them.
        if (-(1 << 30)..1 << 30).contains(&value) {
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

    fn first_star(&self, items: List<ExprId>) -> Option<usize> {
        self.ast.list(items).iter().position(|&item| matches!(self.ast.kind(item), ExprKind::Starred(_)))
    }

    fn tuple(&mut self, id: ExprId, items: List<ExprId>) -> Lowered {
        if let Some(star) = self.first_star(items) {
            // The type of the empty tuple makes a tuple of a list, whatever `tuple` means here.
            self.op(Op::BuildTuple(0))?;
            self.op(Op::LoadAttr(q!("__class__")))?;
            self.starred(items, star, Collection::List)?;
            return self.op(Op::CallFunction(Args { n_pos: 1, n_kw: 0 }));
        }
        match self.constant(id)? {
            Some(constant) if !items.is_empty() => self.load_const(constant),
            _ => {
                self.exprs(items)?;
                self.op(Op::BuildTuple(items.len() as u32))
            }
        }
    }

    /// A list or set display with `*`: built up to the first star, then extended.
    fn starred(&mut self, items: List<ExprId>, star: usize, collection: Collection) -> Lowered {
        let (plain, rest) = self.ast.list(items).split_at(star);
        plain.iter().try_for_each(|&item| self.expr(item))?;
        let (build, extend) = match collection {
            Collection::Set => (Op::BuildSet(star as u32), q!("update")),
            Collection::List | Collection::Dict => (Op::BuildList(star as u32), q!("extend")),
        };
        self.op(build)?;
        for &item in rest {
            match self.ast.kind(item) {
                ExprKind::Starred(value) => self.extend(extend, value)?,
                _ => {
                    self.expr(item)?;
                    self.op(Op::StoreComp(collection, 1))?;
                }
            }
        }
        Ok(())
    }

    /// Calls `top.method(value)`, keeping top.
    fn extend(&mut self, method: Qstr, value: ExprId) -> Lowered {
        self.op(Op::DupTop)?;
        self.op(Op::LoadMethod(method))?;
        self.expr(value)?;
        self.op(Op::CallMethod(Args { n_pos: 1, n_kw: 0 }))?;
        self.op(Op::PopTop)
    }

    fn dict_items(&mut self, items: List<DictItem>) -> Lowered {
        for item in self.ast.list(items) {
            match item.key {
                None => self.extend(q!("update"), item.value)?,
                Some(key) => {
                    self.expr(item.value)?;
                    self.expr(key)?;
                    self.op(Op::StoreMap)?;
                }
            }
        }
        Ok(())
    }

    fn slice(&mut self, lower: Option<ExprId>, upper: Option<ExprId>, step: Option<ExprId>) -> Lowered {
        for part in [lower, upper] {
            match part {
                Some(part) => self.expr(part)?,
                None => self.op(Op::LoadNone)?,
            }
        }
        match step {
            Some(step) => {
                self.expr(step)?;
                self.op(Op::BuildSlice(3))
            }
            None => self.op(Op::BuildSlice(2)),
        }
    }

    fn compare(&mut self, left: ExprId, rest: List<Comparison>) -> Lowered {
        self.expr(left)?;
        let Some((last, links)) = self.ast.list(rest).split_last() else { return Ok(()) };
        if links.is_empty() {
            self.expr(last.right)?;
            return self.compare_op(last.op);
        }
        let fail = self.label()?;
        for link in links {
            self.expr(link.right)?;
            self.op(Op::DupTop)?;
            self.op(Op::RotThree)?;
            self.compare_op(link.op)?;
            self.op(Op::JumpIfFalseOrPop(fail))?;
        }
        self.expr(last.right)?;
        self.compare_op(last.op)?;
        let end = self.label()?;
        self.op(Op::Jump(end))?;
        self.place(fail)?;
        self.adjust(1)?;
        self.op(Op::RotTwo)?;
        self.op(Op::PopTop)?;
        self.place(end)
    }

    fn compare_op(&mut self, op: CompareOp) -> Lowered {
        let (op, not) = match op {
            CompareOp::Less => (Binary::Less, false),
            CompareOp::More => (Binary::More, false),
            CompareOp::Equal => (Binary::Equal, false),
            CompareOp::LessEqual => (Binary::LessEqual, false),
            CompareOp::MoreEqual => (Binary::MoreEqual, false),
            CompareOp::NotEqual => (Binary::NotEqual, false),
            CompareOp::In => (Binary::In, false),
            CompareOp::NotIn => (Binary::In, true),
            CompareOp::Is => (Binary::Is, false),
            CompareOp::IsNot => (Binary::Is, true),
        };
        self.op(Op::Binary(op))?;
        if not { self.op(Op::Unary(Unary::Not)) } else { Ok(()) }
    }

    fn call(&mut self, func: ExprId, args: List<Arg>) -> Lowered {
        if let ExprKind::Attribute { value, name } = self.ast.kind(func) {
            // A method call: no bound method is made.
            let is_super = self.is_super(value);
            if is_super {
                self.mark_expr(value)?;
                self.super_parts(value)?;
            } else {
                self.expr(value)?;
            }
            self.op(if is_super { Op::LoadSuperMethod(name) } else { Op::LoadMethod(name) })?;
            return self.args(args, true, 0);
        }
        if args.is_empty() && self.super_name(func) {
            self.super_parts(func)?;
            return self.op(Op::CallFunction(Args { n_pos: 2, n_kw: 0 }));
        }
        self.expr(func)?;
        self.mark_after(func)?;
        if let (ExprKind::Name(q), [Arg::Positional(arg)]) = (self.ast.kind(func), self.ast.list(args))
            && let ExprKind::Dict(items) = self.ast.kind(*arg)
            && q == q!("OrderedDict")
            && self.ast.list(items).iter().all(|item| item.key.is_some())
        {
            // Stored one by one, because a plain dict would lose the order.
            self.op(Op::CallFunction(Args { n_pos: 0, n_kw: 0 }))?;
            return self.dict_items(items);
        }
        self.args(args, false, 0)
    }

    /// `super()` without arguments, in a function.
    fn is_super(&mut self, id: ExprId) -> bool {
        match self.ast.kind(id) {
            ExprKind::Call { func, args } => args.is_empty() && self.super_name(func),
            _ => false,
        }
    }

    fn super_name(&mut self, id: ExprId) -> bool {
        self.ast.kind(id) == ExprKind::Name(q!("super")) && matches!(self.scope().node, Node::Function(_))
    }

    /// Pushes `super`, the class and `self`.
    fn super_parts(&mut self, at: ExprId) -> Lowered {
        self.load_name(q!("super"))?;
        self.load_name(q!("__class__"))?;
        match self.first_param() {
            Some(name) => self.load_name(name),
            None => Err(self.wrong(at, "super() can't find self")),
        }
    }

    /// Pushes arguments and calls what is below them; `n_before` positional ones are there already.
    pub fn args(&mut self, args: List<Arg>, method: bool, n_before: u8) -> Lowered {
        let args = self.ast.list(args);
        let (mut n_pos, mut n_kw, mut stars, mut starred, mut double) = (u32::from(n_before), 0u32, 0u32, false, None);
        for (at, arg) in args.iter().enumerate() {
            let value = match *arg {
                Arg::Positional(value) => {
                    if double.is_some() {
                        return Err(self.wrong(value, "positional arg after **"));
                    }
                    if args.iter().take(at).any(|arg| matches!(arg, Arg::Keyword(..))) {
                        return Err(self.wrong(value, "positional arg after keyword arg"));
                    }
                    value
                }
                Arg::Star(value) => {
                    if double.is_some() {
                        return Err(self.wrong(value, "* arg after **"));
                    }
                    // Bits of a small int.
                    if n_pos >= 30 {
                        return Err(self.wrong(value, "too many args"));
                    }
                    stars |= 1 << n_pos;
                    starred = true;
                    value
                }
                Arg::DoubleStar(value) => {
                    double = Some(value);
                    continue;
                }
                Arg::Keyword(..) => continue,
            };
            self.expr(value)?;
            n_pos += 1;
        }
        // A star behind keywords is evaluated before them, as the language asks.
        for arg in args {
            match *arg {
                Arg::Keyword(name, value) => {
                    self.op(Op::LoadStr(name))?;
                    self.expr(value)?;
                }
                Arg::DoubleStar(value) => {
                    self.op(Op::LoadNull)?;
                    self.expr(value)?;
                }
                Arg::Positional(_) | Arg::Star(_) => continue,
            }
            n_kw += 1;
        }
        let counts = match (u8::try_from(n_pos), u16::try_from(n_kw)) {
            (Ok(n_pos), Ok(n_kw)) => Args { n_pos, n_kw },
            _ => return Err(SyntaxError::new(self.span_of(args), "too many args")),
        };
        let special = starred || double.is_some();
        if special {
            self.op(Op::LoadInt(stars as i32))?;
        }
        self.op(match (method, special) {
            (false, false) => Op::CallFunction(counts),
            (false, true) => Op::CallFunctionVarKw(counts),
            (true, false) => Op::CallMethod(counts),
            (true, true) => Op::CallMethodVarKw(counts),
        })
    }

    fn span_of(&self, args: &[Arg]) -> Span {
        match args.first() {
            Some(Arg::Positional(id) | Arg::Star(id) | Arg::Keyword(_, id) | Arg::DoubleStar(id)) => {
                self.ast.expr(*id).span
            }
            None => Span::default(),
        }
    }

    /// The line of what follows an operand: a trailer such as `.name`.
    fn mark_after(&mut self, operand: ExprId) -> Lowered {
        let end = self.ast.expr(operand).span.end;
        self.mark(Span { start: end, end })
    }

    /// `'...{}...'.format(...)`
    pub fn fstring(&mut self, parts: List<Part>) -> Lowered {
        let mut format = Vec::new();
        self.format_text(parts, false, &mut format)?;
        let mut n_fields = 0;
        self.count_fields(parts, &mut n_fields);
        if n_fields == 0 {
            // Without fields doubled braces stay what they are.
            let mut plain = Vec::new();
            for part in self.ast.list(parts) {
                if let Part::Text(text) = part {
                    plain.extend_from_slice(self.ast.list(*text))?;
                }
            }
            return self.load_text(plain);
        }
        self.load_text(format)?;
        self.op(Op::LoadMethod(q!("format")))?;
        self.fields(parts)?;
        match u8::try_from(n_fields) {
            Ok(n_pos) => self.op(Op::CallMethod(Args { n_pos, n_kw: 0 })),
            Err(_) => Err(SyntaxError::new(Span::default(), "too many args")),
        }
    }

    /// A str that is not in the source as such.
    pub fn load_text(&mut self, text: Vec<u8>) -> Lowered {
        let known = match core::str::from_utf8(&text) {
            Ok(text) if text.len() <= MAX_INTERNED => Some(self.pool.intern(text)?),
            Ok(text) => self.pool.find(text),
            Err(_) => None,
        };
        match known {
            Some(name) => self.op(Op::LoadStr(name)),
            None => self.load_const(Const::Str(text)),
        }
    }

    fn format_text(&self, parts: List<Part>, in_spec: bool, out: &mut Vec<u8>) -> Lowered {
        for part in self.ast.list(parts) {
            match *part {
                Part::Text(text) => {
                    for &byte in self.ast.list(text) {
                        out.push(byte)?;
                        if !in_spec && matches!(byte, b'{' | b'}') {
                            out.push(byte)?;
                        }
                    }
                }
                Part::Field { conversion, spec, .. } => {
                    out.push(b'{')?;
                    out.extend_from_slice(match conversion {
                        Conversion::None => b"",
                        Conversion::Str => b"!s",
                        Conversion::Repr => b"!r",
                        Conversion::Ascii => b"!a",
                    })?;
                    if let Some(spec) = spec {
                        out.push(b':')?;
                        self.format_text(spec, true, out)?;
                    }
                    out.push(b'}')?;
                }
            }
        }
        Ok(())
    }

    fn count_fields(&self, parts: List<Part>, count: &mut usize) {
        for part in self.ast.list(parts) {
            if let Part::Field { spec, .. } = *part {
                *count += 1;
                if let Some(spec) = spec {
                    self.count_fields(spec, count);
                }
            }
        }
    }

    fn fields(&mut self, parts: List<Part>) -> Lowered {
        for part in self.ast.list(parts) {
            if let Part::Field { value, spec, .. } = *part {
                self.expr(value)?;
                if let Some(spec) = spec {
                    self.fields(spec)?;
                }
            }
        }
        Ok(())
    }
}

fn binary(op: BinOp) -> Binary {
    match op {
        BinOp::Or => Binary::Or,
        BinOp::Xor => Binary::Xor,
        BinOp::And => Binary::And,
        BinOp::LeftShift => Binary::LeftShift,
        BinOp::RightShift => Binary::RightShift,
        BinOp::Add => Binary::Add,
        BinOp::Sub => Binary::Sub,
        BinOp::Mul => Binary::Mul,
        BinOp::MatMul => Binary::MatMul,
        BinOp::Div => Binary::Div,
        BinOp::FloorDiv => Binary::FloorDiv,
        BinOp::Mod => Binary::Mod,
        BinOp::Pow => Binary::Pow,
    }
}
