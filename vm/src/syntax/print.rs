//! Text form of tokens and trees: `--dump=tokens,ast`.

use core::fmt::{self, Write};

use super::ast::{Arg, Ast, Block, ExprId, List, Param, PatternId, PatternKind, Root, StmtId, StmtKind, TypeParam};
use super::print_expr::ExprPrinter;
use crate::qstr::{Pool, Qstr};
use crate::text::error::SyntaxError;
use crate::text::lexer::Lexer;
use crate::text::source::{Lines, Source};
use crate::text::token::Kind;

/// One token per line: line, column, kind, text. Ends at the first error.
pub fn tokens(source: Source<'_>, out: &mut dyn Write) -> Result<(), SyntaxError> {
    let lines = Lines::new(source.bytes())?;
    let mut lexer = Lexer::new(source);
    loop {
        let token = lexer.read()?;
        let place = lines.place(source.bytes(), token.span.start);
        let text = source.slice(token.span);
        // A full output is the writer's business; the tokens are what they are.
        let _ = writeln!(out, "{}:{} {} {text:?}", place.line, place.column, token.kind.name());
        if token.kind == Kind::End {
            return Ok(());
        }
    }
}

/// One node per line, children indented.
pub fn ast(ast: &Ast, pool: &Pool, out: &mut dyn Write) -> fmt::Result {
    let mut printer = Printer { ast, pool, out };
    match ast.root() {
        Root::Body(body) => printer.block("file", body, 0),
        Root::Expr(id) => printer.expr("eval", id, 0),
    }
}

struct Printer<'a> {
    ast: &'a Ast,
    pool: &'a Pool,
    out: &'a mut dyn Write,
}

impl Printer<'_> {
    fn line(&mut self, depth: usize, text: fmt::Arguments<'_>) -> fmt::Result {
        writeln!(self.out, "{:width$}{text}", "", width = depth * 2)
    }

    fn expr(&mut self, label: &str, id: ExprId, depth: usize) -> fmt::Result {
        ExprPrinter { ast: self.ast, pool: self.pool, out: self.out }.expr(label, id, depth)
    }

    fn optional(&mut self, label: &str, id: Option<ExprId>, depth: usize) -> fmt::Result {
        id.map_or(Ok(()), |id| self.expr(label, id, depth))
    }

    fn exprs(&mut self, label: &str, ids: List<ExprId>, depth: usize) -> fmt::Result {
        let ast = self.ast;
        ast.list(ids).iter().try_for_each(|id| self.expr(label, *id, depth))
    }

    /// A suite; nothing when it is empty.
    fn block(&mut self, label: &str, block: Block, depth: usize) -> fmt::Result {
        let ast = self.ast;
        if block.is_empty() {
            return Ok(());
        }
        self.line(depth, format_args!("{label}:"))?;
        ast.list(block).iter().try_for_each(|id| self.stmt(*id, depth + 1))
    }

    fn names(&mut self, word: &str, names: List<Qstr>, depth: usize) -> fmt::Result {
        let ast = self.ast;
        ast.list(names).iter().try_for_each(|name| self.line(depth, format_args!("{word} {}", self.pool.get(*name))))
    }

    fn params(&mut self, params: List<Param>, depth: usize) -> fmt::Result {
        let ast = self.ast;
        for param in ast.list(params) {
            self.line(depth, format_args!("param {:?} {}", param.kind, self.pool.get(param.name)))?;
            self.optional("annotation", param.annotation, depth + 1)?;
            self.optional("default", param.default, depth + 1)?;
        }
        Ok(())
    }

    fn type_params(&mut self, params: List<TypeParam>, depth: usize) -> fmt::Result {
        let ast = self.ast;
        for param in ast.list(params) {
            self.line(depth, format_args!("type-param {:?} {}", param.kind, self.pool.get(param.name)))?;
            self.optional("bound", param.bound, depth + 1)?;
            self.optional("default", param.default, depth + 1)?;
        }
        Ok(())
    }

    fn args(&mut self, args: List<Arg>, depth: usize) -> fmt::Result {
        ExprPrinter { ast: self.ast, pool: self.pool, out: self.out }.args(args, depth)
    }

    fn stmt(&mut self, id: StmtId, depth: usize) -> fmt::Result {
        let ast = self.ast;
        let pool = self.pool;
        let next = depth + 1;
        macro_rules! head {
            ($($text:tt)*) => { self.line(depth, format_args!($($text)*))? };
        }
        match ast.stmt(id).kind {
            StmtKind::Expr(value) => return self.expr("expr", value, depth),
            StmtKind::Assign { targets, value } => {
                head!("assign");
                self.exprs("target", targets, next)?;
                self.expr("value", value, next)?;
            }
            StmtKind::AugAssign { op, target, value } => {
                head!("augassign {op:?}");
                self.expr("target", target, next)?;
                self.expr("value", value, next)?;
            }
            StmtKind::AnnAssign { target, annotation, value, simple } => {
                head!("annassign simple={simple}");
                self.expr("target", target, next)?;
                self.expr("annotation", annotation, next)?;
                self.optional("value", value, next)?;
            }
            StmtKind::TypeAlias { name, params, value } => {
                head!("type {}", pool.get(name));
                self.type_params(params, next)?;
                self.expr("value", value, next)?;
            }
            StmtKind::Return(value) => {
                head!("return");
                self.optional("value", value, next)?;
            }
            StmtKind::Delete(targets) => {
                head!("del");
                self.exprs("target", targets, next)?;
            }
            StmtKind::Pass => head!("pass"),
            StmtKind::Break => head!("break"),
            StmtKind::Continue => head!("continue"),
            StmtKind::Raise { exc, cause } => {
                head!("raise");
                self.optional("exc", exc, next)?;
                self.optional("cause", cause, next)?;
            }
            StmtKind::Assert { test, message } => {
                head!("assert");
                self.expr("test", test, next)?;
                self.optional("message", message, next)?;
            }
            StmtKind::Import(names) => {
                for name in ast.list(names) {
                    head!("import {} as {}", pool.get(name.name), name.alias.map_or("-", |alias| pool.get(alias)));
                }
            }
            StmtKind::ImportFrom { module, level, names } => {
                head!("from {level} {:?}", pool.get(module));
                for name in ast.list(names) {
                    let alias = name.alias.map_or("-", |alias| pool.get(alias));
                    self.line(next, format_args!("import {} as {alias}", pool.get(name.name)))?;
                }
            }
            StmtKind::ImportStar { module, level } => head!("from {level} {:?} import *", pool.get(module)),
            StmtKind::Global(names) => self.names("global", names, depth)?,
            StmtKind::Nonlocal(names) => self.names("nonlocal", names, depth)?,
            StmtKind::If { arms, orelse } => {
                head!("if");
                for arm in ast.list(arms) {
                    self.expr("test", arm.test, next)?;
                    self.block("then", arm.body, next)?;
                }
                self.block("else", orelse, next)?;
            }
            StmtKind::While { test, body, orelse } => {
                head!("while");
                self.expr("test", test, next)?;
                self.block("body", body, next)?;
                self.block("else", orelse, next)?;
            }
            StmtKind::For { is_async, target, iter, body, orelse } => {
                head!("for async={is_async}");
                self.expr("target", target, next)?;
                self.expr("iter", iter, next)?;
                self.block("body", body, next)?;
                self.block("else", orelse, next)?;
            }
            StmtKind::Try(id) => {
                let guarded = ast.try_stmt(id);
                head!("try star={}", guarded.star);
                self.block("body", guarded.body, next)?;
                for handler in ast.list(guarded.handlers) {
                    self.line(next, format_args!("except as {}", handler.name.map_or("-", |name| pool.get(name))))?;
                    self.optional("exc", handler.exc, next + 1)?;
                    self.block("body", handler.body, next + 1)?;
                }
                self.block("else", guarded.orelse, next)?;
                self.block("finally", guarded.finally, next)?;
            }
            StmtKind::With { is_async, items, body } => {
                head!("with async={is_async}");
                for item in ast.list(items) {
                    self.expr("context", item.context, next)?;
                    self.optional("target", item.target, next)?;
                }
                self.block("body", body, next)?;
            }
            StmtKind::Match { subject, cases } => {
                head!("match");
                self.expr("subject", subject, next)?;
                for case in ast.list(cases) {
                    self.line(next, format_args!("case"))?;
                    self.pattern(case.pattern, next + 1)?;
                    self.optional("guard", case.guard, next + 1)?;
                    self.block("body", case.body, next + 1)?;
                }
            }
            StmtKind::Def(id) => {
                let def = ast.def(id);
                head!("def {} async={}", pool.get(def.name), def.is_async);
                self.exprs("decorator", def.decorators, next)?;
                self.type_params(def.type_params, next)?;
                self.params(def.params, next)?;
                self.optional("returns", def.returns, next)?;
                self.block("body", def.body, next)?;
            }
            StmtKind::Class(id) => {
                let class = ast.class(id);
                head!("class {}", pool.get(class.name));
                self.exprs("decorator", class.decorators, next)?;
                self.type_params(class.type_params, next)?;
                self.args(class.args, next)?;
                self.block("body", class.body, next)?;
            }
        }
        Ok(())
    }

    fn pattern(&mut self, id: PatternId, depth: usize) -> fmt::Result {
        let ast = self.ast;
        let next = depth + 1;
        match ast.pattern(id).kind {
            PatternKind::Value(value) | PatternKind::Singleton(value) => self.expr("pattern", value, depth),
            PatternKind::Wildcard => self.line(depth, format_args!("pattern _")),
            PatternKind::Star(name) => {
                let name = name.map_or("_", |name| self.pool.get(name));
                self.line(depth, format_args!("pattern *{name}"))
            }
            PatternKind::Sequence(items) => {
                self.line(depth, format_args!("pattern sequence"))?;
                ast.list(items).iter().try_for_each(|item| self.pattern(*item, next))
            }
            PatternKind::Or(items) => {
                self.line(depth, format_args!("pattern or"))?;
                ast.list(items).iter().try_for_each(|item| self.pattern(*item, next))
            }
            PatternKind::Mapping { items, rest } => {
                self.line(depth, format_args!("pattern mapping **{}", rest.map_or("-", |rest| self.pool.get(rest))))?;
                for item in ast.list(items) {
                    self.expr("key", item.key, next)?;
                    self.pattern(item.pattern, next)?;
                }
                Ok(())
            }
            PatternKind::Class { class, positional, keyword } => {
                self.line(depth, format_args!("pattern class"))?;
                self.expr("class", class, next)?;
                ast.list(positional).iter().try_for_each(|item| self.pattern(*item, next))?;
                for item in ast.list(keyword) {
                    self.line(next, format_args!("keyword {}", self.pool.get(item.name)))?;
                    self.pattern(item.pattern, next + 1)?;
                }
                Ok(())
            }
            PatternKind::As { pattern, name } => {
                self.line(depth, format_args!("pattern as {}", self.pool.get(name)))?;
                pattern.map_or(Ok(()), |pattern| self.pattern(pattern, next))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    extern crate std;
    use std::string::String;

    use super::super::{Limits, Mode, parse};
    use crate::qstr::Pool;
    use crate::text::source::Source;

    #[test]
    fn a_small_program() {
        let source = Source::new(b"def f(a, *, b=1):\n  return a.x(b, *c)[0]\nf'{a!r:>{w}}!'\n").unwrap();
        let mut pool = Pool::new();
        let tree = parse(source, Mode::File, Limits::HOST, &mut pool).unwrap();
        let mut out = String::new();
        super::ast(&tree, &pool, &mut out).unwrap();
        let expected = "file:\n  def f async=false\n    param Plain a\n    param KeywordOnly b\n      default: int 1\n    \
                        body:\n      return\n        value: subscript\n          call\n            attribute x\n              \
                        name a\n            arg: name b\n            arg *: name c\n          int 0\n  expr: fstring\n    \
                        field Repr\n      name a\n      spec:\n        text \">\"\n        field None\n          name w\n    \
                        text \"!\"\n";
        assert_eq!(out, expected);
    }

    #[test]
    fn tokens_of_a_line() {
        let mut out = String::new();
        super::tokens(Source::new(b"a = 1").unwrap(), &mut out).unwrap();
        assert_eq!(out, "1:1 NAME \"a\"\n1:3 = \"=\"\n1:5 NUMBER \"1\"\n1:6 NEWLINE \"\"\n1:6 END \"\"\n");
    }
}
