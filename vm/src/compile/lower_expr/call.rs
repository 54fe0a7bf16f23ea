//! Calls: arguments, `super()` without any.

use super::*;
use crate::text::error::either;

impl Lower<'_> {
    pub(super) fn call(&mut self, func: ExprId, args: List<Arg>, line: u32) -> Lowered {
        if let ExprKind::Attribute { value, name } = self.ast.kind(func) {
            // A method call: no bound method is made.
            let is_super = self.is_super(value);
            if is_super {
                self.mark_expr(value)?;
                self.super_parts(value)?;
            } else {
                self.expr(value)?;
            }
            self.mark_name(func)?;
            let name = self.mangle(name)?;
            self.op(if is_super { Op::LoadSuperMethod(name) } else { Op::LoadMethod(name) })?;
            return self.args(args, true, 0);
        }
        if args.is_empty() && self.super_name(func) {
            self.super_parts(func)?;
            return self.op(Op::CallFunction(Args { n_pos: 2, n_kw: 0 }));
        }
        self.expr(func)?;
        self.mark_after(func)?;
        self.back_to(line)?;
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
    pub(super) fn is_super(&mut self, id: ExprId) -> bool {
        match self.ast.kind(id) {
            ExprKind::Call { func, args } => args.is_empty() && self.super_name(func),
            _ => false,
        }
    }

    pub(super) fn super_name(&mut self, id: ExprId) -> bool {
        self.ast.kind(id) == ExprKind::Name(q!("super")) && matches!(self.scope().node, Node::Function(_))
    }

    /// Pushes `super`, the class and `self`.
    pub(super) fn super_parts(&mut self, at: ExprId) -> Lowered {
        self.load_name(q!("super"))?;
        self.load_name(q!("__class__"))?;
        match self.first_param() {
            Some(name) => self.load_name(name),
            None => Err(self.wrong(at, "super() can't find self")),
        }
    }

    /// Pushes arguments and calls what is below them; `n_before` positional ones are there already.
    pub fn args(&mut self, args: List<Arg>, method: bool, n_before: u8) -> Lowered {
        let (args, line) = (self.ast.list(args), self.line);
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
                Arg::Keyword(name, value) => {
                    if args.iter().take(at).any(|arg| matches!(arg, Arg::Keyword(other, _) if *other == name)) {
                        return Err(self.repeated(name, value));
                    }
                    continue;
                }
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
        self.back_to(line)?;
        self.op(match (method, special) {
            (false, false) => Op::CallFunction(counts),
            (false, true) => Op::CallFunctionVarKw(counts),
            (true, false) => Op::CallMethod(counts),
            (true, true) => Op::CallMethodVarKw(counts),
        })
    }

    /// The name before `=` and `value` stood there before.
    #[cold]
    fn repeated(&self, name: Qstr, value: ExprId) -> SyntaxError {
        let before = self.source.get(..self.ast.expr(value).span.start as usize).unwrap_or(&[]);
        let equal = before.iter().rposition(|&byte| byte == b'=').unwrap_or(0);
        let end = before.get(..equal).map_or(0, |before| before.trim_ascii_end().len());
        let start = end.saturating_sub(self.pool.get(name).len()) as u32;
        let message = either("keyword argument repeated: {w}", "keyword argument repeated");
        SyntaxError::new(Span { start, end: end as u32 }, message).with([start, 0, 0])
    }

    pub(super) fn span_of(&self, args: &[Arg]) -> Span {
        match args.first() {
            Some(Arg::Positional(id) | Arg::Star(id) | Arg::Keyword(_, id) | Arg::DoubleStar(id)) => {
                self.ast.expr(*id).span
            }
            None => Span::default(),
        }
    }

    /// The line of what follows an operand: a trailer such as `.name`.
    pub(super) fn mark_after(&mut self, operand: ExprId) -> Lowered {
        let end = self.ast.expr(operand).span.end;
        self.mark(Span { start: end, end })
    }
}
