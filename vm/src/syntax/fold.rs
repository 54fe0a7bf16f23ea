//! Folding: arithmetic on constants, and `X = const(...)` names replaced by their values.
//!
//! As upstream does it while parsing: in source order, whatever the scope; from its definition on, such a name is its
//! value wherever it is read, and cannot be assigned to.

mod operations;

use super::ast::{Arg, Ast, Block, ExprId, ExprKind, List, PatternId, PatternKind, Root, StmtId, StmtKind, TypeParam};
pub use super::fold_ops::{Known, Num};
use crate::mem::Vec;
use crate::q;
use crate::qstr::{Pool, Qstr};
use crate::text::error::SyntaxError;

/// A constant with more parts than this keeps its name, so that constants made of constants cannot explode.
const MAX_PARTS: u32 = 64;

/// Folds a whole tree.
pub fn fold(ast: &mut Ast, pool: &Pool, known: &[Known]) -> Result<(), SyntaxError> {
    let mut fold = Fold { ast, pool, known, in_const: false, consts: Vec::new(), children: Vec::new() };
    match fold.ast.root() {
        Root::Body(body) => fold.block(body),
        Root::Expr(id) => fold.expr(id),
    }
}

struct Fold<'a> {
    ast: &'a mut Ast,
    pool: &'a Pool,
    known: &'a [Known],
    /// Inside `X = const(...)`.
    in_const: bool,
    /// Sorted by name.
    consts: Vec<(Qstr, ExprKind)>,
    /// Stack of expressions to visit.
    children: Vec<ExprId>,
}

type Folded = Result<(), SyntaxError>;

impl Fold<'_> {
    fn block(&mut self, block: Block) -> Folded {
        for at in 0..block.len() {
            if let Some(id) = self.ast.item(block, at) {
                self.stmt(id)?;
            }
        }
        Ok(())
    }

    fn stmt(&mut self, id: StmtId) -> Folded {
        match self.ast.stmt(id).kind {
            StmtKind::Pass
            | StmtKind::Break
            | StmtKind::Continue
            | StmtKind::Import(_)
            | StmtKind::ImportFrom { .. }
            | StmtKind::ImportStar { .. }
            | StmtKind::Global(_)
            | StmtKind::Nonlocal(_) => Ok(()),
            StmtKind::Expr(value) => self.expr(value),
            StmtKind::Assign { targets, value } => {
                self.each(targets, Self::target)?;
                self.assigned(value)?;
                let Some(target) = self.ast.item(targets, 0).filter(|_| targets.len() == 1) else { return Ok(()) };
                if let Some(value) = self.define(id, target, value)? {
                    self.ast.set_stmt(id, StmtKind::Assign { targets, value });
                }
                Ok(())
            }
            StmtKind::AugAssign { target, value, .. } => {
                self.target(target)?;
                self.expr(value)
            }
            StmtKind::AnnAssign { target, annotation, value, simple } => {
                self.target(target)?;
                self.expr(annotation)?;
                let Some(value) = value else { return Ok(()) };
                self.assigned(value)?;
                if let Some(value) = self.define(id, target, value)? {
                    self.ast.set_stmt(id, StmtKind::AnnAssign { target, annotation, value: Some(value), simple });
                }
                Ok(())
            }
            StmtKind::TypeAlias { params, value, .. } => {
                self.type_params(params)?;
                self.expr(value)
            }
            StmtKind::Return(value) => self.optional(value),
            StmtKind::Delete(targets) => self.each(targets, Self::deleted),
            StmtKind::Raise { exc, cause } => {
                self.optional(exc)?;
                self.optional(cause)
            }
            StmtKind::Assert { test, message } => {
                self.expr(test)?;
                self.optional(message)
            }
            StmtKind::If { arms, orelse } => {
                self.each(arms, |fold, arm| {
                    fold.expr(arm.test)?;
                    fold.block(arm.body)
                })?;
                self.block(orelse)
            }
            StmtKind::While { test, body, orelse } => {
                self.expr(test)?;
                self.block(body)?;
                self.block(orelse)
            }
            StmtKind::For { target, iter, body, orelse, .. } => {
                self.target(target)?;
                self.expr(iter)?;
                self.block(body)?;
                self.block(orelse)
            }
            StmtKind::Try(id) => {
                let guarded = self.ast.try_stmt(id);
                self.block(guarded.body)?;
                self.each(guarded.handlers, |fold, handler| {
                    fold.optional(handler.exc)?;
                    fold.block(handler.body)
                })?;
                self.block(guarded.orelse)?;
                self.block(guarded.finally)
            }
            StmtKind::With { items, body, .. } => {
                self.each(items, |fold, item| {
                    fold.expr(item.context)?;
                    item.target.map_or(Ok(()), |target| fold.target(target))
                })?;
                self.block(body)
            }
            StmtKind::Match { subject, cases } => {
                self.expr(subject)?;
                self.each(cases, |fold, case| {
                    fold.pattern(case.pattern)?;
                    fold.optional(case.guard)?;
                    fold.block(case.body)
                })
            }
            StmtKind::Def(id) => {
                let def = self.ast.def(id);
                self.each(def.decorators, Self::expr)?;
                self.type_params(def.type_params)?;
                self.each(def.params, |fold, param| {
                    fold.optional(param.annotation)?;
                    fold.optional(param.default)
                })?;
                self.optional(def.returns)?;
                self.block(def.body)
            }
            StmtKind::Class(id) => {
                let class = self.ast.class(id);
                self.each(class.decorators, Self::expr)?;
                self.type_params(class.type_params)?;
                self.each(class.args, |fold, arg: Arg| fold.expr(arg.value()))?;
                self.block(class.body)
            }
        }
    }

    fn each<T: super::ast::Item>(&mut self, list: List<T>, mut visit: impl FnMut(&mut Self, T) -> Folded) -> Folded {
        for at in 0..list.len() {
            if let Some(item) = self.ast.item(list, at) {
                visit(self, item)?;
            }
        }
        Ok(())
    }

    fn optional(&mut self, id: Option<ExprId>) -> Folded {
        id.map_or(Ok(()), |id| self.expr(id))
    }

    fn type_params(&mut self, params: List<TypeParam>) -> Folded {
        self.each(params, |fold, param| {
            fold.optional(param.bound)?;
            fold.optional(param.default)
        })
    }

    fn pattern(&mut self, id: PatternId) -> Folded {
        match self.ast.pattern(id).kind {
            PatternKind::Value(value) => self.expr(value),
            PatternKind::Singleton(_) | PatternKind::Star(_) | PatternKind::Wildcard => Ok(()),
            PatternKind::Sequence(items) | PatternKind::Or(items) => self.each(items, Self::pattern),
            PatternKind::Mapping { items, .. } => self.each(items, |fold, item| {
                fold.expr(item.key)?;
                fold.pattern(item.pattern)
            }),
            PatternKind::Class { positional, keyword, .. } => {
                self.each(positional, Self::pattern)?;
                self.each(keyword, |fold, item| fold.pattern(item.pattern))
            }
            PatternKind::As { pattern, .. } => pattern.map_or(Ok(()), |pattern| self.pattern(pattern)),
        }
    }

    fn target(&mut self, id: ExprId) -> Folded {
        self.stored(id, "can't assign to expression")
    }

    fn deleted(&mut self, id: ExprId) -> Folded {
        self.stored(id, "can't delete expression")
    }

    /// A target: names in it are not read.
    fn stored(&mut self, id: ExprId, message: &'static str) -> Folded {
        match self.ast.kind(id) {
            ExprKind::Name(name) => match self.value(name) {
                Some(_) => Err(SyntaxError::new(self.ast.expr(id).span, message)),
                None => Ok(()),
            },
            ExprKind::Tuple(items) | ExprKind::List(items) => self.each(items, |fold, item| fold.stored(item, message)),
            ExprKind::Starred(inner) => self.stored(inner, message),
            _ => self.expr(id),
        }
    }

    fn value(&self, name: Qstr) -> Option<ExprKind> {
        let at = self.consts.binary_search_by_key(&name, |(name, _)| *name).ok()?;
        self.consts.get(at).map(|(_, kind)| *kind)
    }

    /// A value on the right of `=`, where `const(...)` may use numbers of modules.
    fn assigned(&mut self, id: ExprId) -> Folded {
        self.in_const = match self.ast.kind(id) {
            ExprKind::Call { func, .. } => self.ast.kind(func) == ExprKind::Name(q!("const")),
            _ => false,
        };
        let folded = self.expr(id);
        self.in_const = false;
        folded
    }

    /// The number that `value.name` is in a built-in module.
    fn known(&self, value: ExprId, name: Qstr) -> Option<Num> {
        let ExprKind::Name(module) = self.ast.kind(value) else { return None };
        let mut known = self.known.iter().filter(|_| self.in_const);
        known.find(|known| known.module == module && known.name == name).map(|known| known.value)
    }

    /// `target = const(value)` makes a constant; then the statement gets the returned value, or is gone.
    fn define(&mut self, stmt: StmtId, target: ExprId, call: ExprId) -> Result<Option<ExprId>, SyntaxError> {
        let ExprKind::Name(name) = self.ast.kind(target) else { return Ok(None) };
        let ExprKind::Call { func, args } = self.ast.kind(call) else { return Ok(None) };
        if self.ast.kind(func) != ExprKind::Name(q!("const")) {
            return Ok(None);
        }
        let mut budget = MAX_PARTS;
        let value = match self.ast.list(args) {
            [Arg::Positional(value)] if self.is_const(*value, &mut budget) => *value,
            _ => return Err(SyntaxError::new(self.ast.expr(call).span, "not a constant")),
        };
        if budget == 0 {
            return Ok(Some(value));
        }
        let at = self.consts.partition_point(|(other, _)| *other < name);
        self.consts.insert(at, (name, self.ast.kind(value)))?;
        if self.pool.get(name).starts_with('_') {
            self.ast.set_stmt(stmt, StmtKind::Pass);
            return Ok(None);
        }
        Ok(Some(value))
    }
}

#[cfg(test)]
mod tests {
    use super::super::ast::{Ast, ExprKind, Root, StmtKind};
    use super::super::{Limits, Mode, parse};
    use super::{Known, Num, fold};
    use crate::q;
    use crate::qstr::Pool;
    use crate::text::source::Source;

    fn folded(text: &str) -> Result<Ast, &'static str> {
        let mut pool = Pool::new();
        let source = Source::new(text.as_bytes()).map_err(|error| error.message)?;
        let mut ast = parse(source, Mode::File, Limits::HOST, &mut pool).map_err(|error| error.message)?;
        let known = [Known { module: q!("math"), name: q!("pi"), value: Num::Float(3.0) }];
        fold(&mut ast, &pool, &known).map_err(|error| error.message)?;
        Ok(ast)
    }

    /// Value of the last statement, an expression.
    fn value(text: &str) -> ExprKind {
        let ast = folded(text).unwrap();
        let Root::Body(body) = ast.root() else { return ExprKind::None };
        match ast.list(body).last().map(|id| ast.stmt(*id).kind) {
            Some(StmtKind::Expr(id)) => ast.kind(id),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn arithmetic() {
        assert_eq!(value("1 + 2 * 3 - -4"), ExprKind::Int(11));
        assert_eq!(value("2 ** 64 - 2 ** 64 + 1"), ExprKind::Int(1));
        assert_eq!(value("7 / 2"), ExprKind::Float(3.5));
        assert_eq!(value("not 0"), ExprKind::True);
        assert_eq!(value("0 or 1 or x"), ExprKind::Int(1));
        assert!(matches!(value("1 and x"), ExprKind::Name(_)));
        assert!(matches!(value("1 << 70"), ExprKind::BigInt { .. }));
        assert!(matches!(value("1 // 0"), ExprKind::Binary { .. }));
    }

    #[test]
    fn constants() {
        assert_eq!(value("X = const(3)\nX * 2"), ExprKind::Int(6));
        assert_eq!(value("def f():\n  _Y: int = const(1 + 1)\n_Y"), ExprKind::Int(2));
        assert!(matches!(value("T = const((1, 'a'))\nT"), ExprKind::Tuple(_)));
        assert_eq!(value("X = const(3)\na.X = b(X=X)\n1"), ExprKind::Int(1));
        assert!(matches!(value("f(X)\nX = const(1)\nconst(X)"), ExprKind::Call { .. }));
        assert_eq!(value("X = const(2 * math.pi)\nX"), ExprKind::Float(6.0));
        assert!(matches!(value("math.pi"), ExprKind::Attribute { .. }));
        assert_eq!(folded("X = const(math.tau)").err(), Some("not a constant"));
        assert_eq!(folded("X = const(a)").err(), Some("not a constant"));
        assert_eq!(folded("X = const()").err(), Some("not a constant"));
        assert_eq!(folded("X = const(1)\nX = 2").err(), Some("can't assign to expression"));
        assert_eq!(folded("X = const(1)\n[a for X in b]").err(), Some("can't assign to expression"));
        assert_eq!(folded("X = const(1)\ndel X").err(), Some("can't delete expression"));
        let ast = folded("_X = const(1)").unwrap();
        let Root::Body(body) = ast.root() else { panic!() };
        assert_eq!(ast.stmt(ast.list(body)[0]).kind, StmtKind::Pass);
    }

    #[test]
    fn constants_of_constants_stay_small() {
        let mut text = std::string::String::from("X0 = const((1, 1))\n");
        for level in 0..200 {
            text += &std::format!("X{} = const((X{level}, X{level}))\n", level + 1);
        }
        assert!(folded(&text).is_ok() || folded(&text).err() == Some("not a constant"));
    }
}
