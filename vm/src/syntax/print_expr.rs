//! Text form of expressions.

use core::fmt::{self, Write};

use super::ast::{Arg, Ast, ExprId, ExprKind, List, Part};
use crate::qstr::Pool;

/// What is deeper in a tree is left out.
const DEEPEST: usize = 1500;

/// Prints expressions into a dump.
pub(super) struct ExprPrinter<'a> {
    pub(super) ast: &'a Ast,
    pub(super) pool: &'a Pool,
    pub(super) out: &'a mut dyn Write,
}

impl ExprPrinter<'_> {
    /// A line `label: node` and the children below it.
    pub(super) fn expr(&mut self, label: &str, id: ExprId, depth: usize) -> fmt::Result {
        write!(self.out, "{:width$}", "", width = depth * 2)?;
        if !label.is_empty() {
            write!(self.out, "{label}: ")?;
        }
        if depth > DEEPEST {
            return writeln!(self.out, "...");
        }
        self.node(self.ast.kind(id), depth + 1)
    }

    /// Arguments of a call or a class.
    pub(super) fn args(&mut self, args: List<Arg>, depth: usize) -> fmt::Result {
        let ast = self.ast;
        for arg in ast.list(args) {
            match *arg {
                Arg::Positional(value) => self.expr("arg", value, depth)?,
                Arg::Star(value) => self.expr("arg *", value, depth)?,
                Arg::DoubleStar(value) => self.expr("arg **", value, depth)?,
                Arg::Keyword(name, value) => self.expr(self.pool.get(name), value, depth)?,
            }
        }
        Ok(())
    }

    /// The rest of the line, then the children.
    fn node(&mut self, kind: ExprKind, depth: usize) -> fmt::Result {
        let (ast, pool) = (self.ast, self.pool);
        macro_rules! head {
            ($($text:tt)*) => { writeln!(self.out, $($text)*)? };
        }
        match kind {
            ExprKind::None => head!("None"),
            ExprKind::True => head!("True"),
            ExprKind::False => head!("False"),
            ExprKind::Ellipsis => head!("..."),
            ExprKind::Int(value) => head!("int {value}"),
            ExprKind::BigInt { digits, base } => head!("bigint {} base {base}", ast.str(digits)),
            ExprKind::Float(value) => head!("float {value:?}"),
            ExprKind::Imaginary(value) => head!("imaginary {value:?}"),
            ExprKind::Str(text) => head!("str {:?}", ast.str(text)),
            ExprKind::Bytes(bytes) => head!("bytes {}", ast.list(bytes).escape_ascii()),
            ExprKind::Name(name) => head!("name {}", pool.get(name)),
            ExprKind::FString(parts) => {
                head!("fstring");
                return self.parts(parts, depth);
            }
            ExprKind::TString(parts) => {
                head!("tstring");
                return self.parts(parts, depth);
            }
            ExprKind::Attribute { name, .. } => head!("attribute {}", pool.get(name)),
            ExprKind::Subscript { .. } => head!("subscript"),
            ExprKind::Slice { lower, upper, step } => {
                head!("slice");
                for (label, bound) in [("lower", lower), ("upper", upper), ("step", step)] {
                    bound.map_or(Ok(()), |id| self.expr(label, id, depth))?;
                }
                return Ok(());
            }
            ExprKind::Call { func, args } => {
                head!("call");
                self.expr("", func, depth)?;
                return self.args(args, depth);
            }
            ExprKind::Bool { op, .. } => head!("bool {op:?}"),
            ExprKind::Unary { op, .. } => head!("unary {op:?}"),
            ExprKind::Binary { op, .. } => head!("binary {op:?}"),
            ExprKind::Compare { left, rest } => {
                head!("compare");
                self.expr("", left, depth)?;
                for link in ast.list(rest) {
                    writeln!(self.out, "{:width$}{:?}", "", link.op, width = depth * 2)?;
                    self.expr("", link.right, depth)?;
                }
                return Ok(());
            }
            ExprKind::Conditional { .. } => head!("conditional"),
            ExprKind::Walrus { target, .. } => head!("walrus {}", pool.get(target)),
            ExprKind::Lambda { params, .. } => {
                head!("lambda");
                for param in ast.list(params) {
                    let name = pool.get(param.name);
                    writeln!(self.out, "{:width$}param {:?} {name}", "", param.kind, width = depth * 2)?;
                }
            }
            ExprKind::Tuple(_) => head!("tuple"),
            ExprKind::List(_) => head!("list"),
            ExprKind::Set(_) => head!("set"),
            ExprKind::Dict(items) => {
                head!("dict");
                for item in ast.list(items) {
                    item.key.map_or(Ok(()), |key| self.expr("key", key, depth))?;
                    self.expr(if item.key.is_some() { "value" } else { "**" }, item.value, depth)?;
                }
                return Ok(());
            }
            ExprKind::Starred(_) => head!("starred"),
            ExprKind::Comp(id) => {
                let comp = ast.comp(id);
                head!("comprehension {:?}", comp.kind);
                self.expr("element", comp.element, depth)?;
                if comp.value != comp.element {
                    self.expr("value", comp.value, depth)?;
                }
                for clause in ast.list(comp.clauses) {
                    writeln!(self.out, "{:width$}for async={}", "", clause.is_async, width = depth * 2)?;
                    self.expr("target", clause.target, depth + 1)?;
                    self.expr("iter", clause.iter, depth + 1)?;
                    ast.list(clause.ifs).iter().try_for_each(|id| self.expr("if", *id, depth + 1))?;
                }
                return Ok(());
            }
            ExprKind::Await(_) => head!("await"),
            ExprKind::Yield(_) => head!("yield"),
            ExprKind::YieldFrom(_) => head!("yield from"),
        }
        let mut result = Ok(());
        ast.each_child(kind, &mut |child| {
            if result.is_ok() {
                result = self.expr("", child, depth);
            }
        });
        result
    }

    fn parts(&mut self, parts: List<Part>, depth: usize) -> fmt::Result {
        let ast = self.ast;
        for part in ast.list(parts) {
            write!(self.out, "{:width$}", "", width = depth * 2)?;
            match *part {
                Part::Text(text) => writeln!(self.out, "text {:?}", ast.str(text))?,
                Part::Field { value, conversion, spec, .. } => {
                    writeln!(self.out, "field {conversion:?}")?;
                    self.expr("", value, depth + 1)?;
                    if let Some(spec) = spec {
                        writeln!(self.out, "{:width$}spec:", "", width = depth * 2 + 2)?;
                        self.parts(spec, depth + 2)?;
                    }
                }
            }
        }
        Ok(())
    }
}
