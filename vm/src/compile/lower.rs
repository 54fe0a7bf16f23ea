//! Statements to ops. Each scope is lowered once, outer scopes before inner ones; names are resolved afterwards.

mod dead;
mod names;
mod position;

mod assign;

pub use names::FEATURES;

use super::Options;
use super::code::{Const, Flags, Kind};
use super::op::{Args, Binary, Label, Op};
use super::scope::{Node, Refers, Role, Scope, close_over};
use super::tables::Tables;
use crate::mem::Vec;
use crate::q;
use crate::qstr::{Pool, Qstr};
use crate::syntax::ast::{Alias, Ast, BinOp, Block, ExprId, ExprKind, List, Root, StmtId, StmtKind};
use crate::text::error::{SyntaxError, either};
use crate::text::source::{Lines, Span};

/// Result of lowering a part.
pub(super) type Lowered = Result<(), SyntaxError>;

/// An op, or something that becomes ops when all names are known.
#[derive(Clone, Copy, Debug)]
pub enum Item {
    /// As it is.
    Op(Op),
    /// Read a name.
    Load(Qstr),
    /// Assign a name.
    Store(Qstr),
    /// Unbind a name.
    Delete(Qstr),
    /// Make the function of a scope.
    Make {
        /// Its index.
        scope: u32,
        /// Defaults are on the stack.
        defaults: bool,
    },
    /// What follows stands in this column.
    #[cfg(feature = "diagnostics")]
    Column(u32),
    /// Count so many more slots of the stack.
    Adjust(i8),
    /// Push the cell of `__class__` if methods use it, else None.
    ClassCell,
}

/// The loop around a statement.
#[derive(Clone, Copy)]
pub(super) struct Loop {
    pub brk: Label,
    pub cont: Label,
    /// An iterator is on the stack.
    pub has_iter: bool,
    /// Handlers around the loop.
    pub level: u16,
}

/// The state of lowering.
pub(super) struct Lower<'a> {
    pub ast: &'a Ast,
    pub source: &'a [u8],
    pub lines: &'a Lines,
    pub pool: &'a mut Pool,
    pub options: &'a Options,
    pub tables: Tables,
    pub scopes: Vec<Scope>,
    /// The scope being lowered.
    pub cur: usize,
    pub items: Vec<Item>,
    pub n_labels: u16,
    pub line: u32,
    pub around: Option<Loop>,
    pub level: u16,
    pub max_level: u16,
    /// In the suite of an `except*`.
    pub in_groups: bool,
}

impl Lower<'_> {
    /// Lowers all scopes, the module's first.
    pub fn all(&mut self) -> Lowered {
        self.scopes.push(Scope::new(Node::Module, None, self.options.emit, q!("<module>")))?;
        let mut at = 0;
        while let Some(node) = self.scopes.get(at).map(|scope| scope.node) {
            self.cur = at;
            self.n_labels = 0;
            self.line = 1;
            self.around = None;
            self.level = 0;
            self.max_level = 0;
            self.in_groups = false;
            let name = self.scope().name;
            self.tables.use_qstr(name)?;
            self.body(node)?;
            let items = core::mem::take(&mut self.items);
            let (n_labels, n_exc_stack) = (self.n_labels, self.max_level);
            let scope = self.scope();
            (scope.items, scope.n_labels, scope.n_exc_stack) = (items, n_labels, n_exc_stack);
            for id in 0..self.scope().ids.len() {
                if let Some(name) =
                    self.scope().ids.get(id).filter(|id| id.refers == Refers::Implicit).map(|id| id.name)
                {
                    close_over(&mut self.scopes, at, name)?;
                }
            }
            at += 1;
        }
        Ok(())
    }

    fn body(&mut self, node: Node) -> Lowered {
        match node {
            Node::Module => match self.ast.root() {
                Root::Expr(id) => self.expr(id)?,
                Root::Body(body) => {
                    if !self.options.repl {
                        self.docstring(body)?;
                    }
                    self.block(body)?;
                    self.op(Op::LoadNone)?;
                }
            },
            Node::Class(id) => self.class_body(self.ast.class(id))?,
            Node::Function(id) => {
                let def = self.ast.def(id);
                if matches!(self.scope().kind, Kind::AsmThumb | Kind::AsmXtensa | Kind::AsmRv32) {
                    return self.asm_body(def);
                }
                self.params(def.params)?;
                self.keep_doc(def.body)?;
                self.block(def.body)?;
                let scope = self.scope();
                if let (Some(span), true) = (scope.returns_value, scope.flags.has(Flags::ASYNC_GENERATOR)) {
                    return Err(SyntaxError::new(span, "'return' with value in async generator"));
                }
                self.op(Op::LoadNone)?;
            }
            Node::Lambda(id) => self.lambda_body(id)?,
            Node::Annotations(id) => self.annotations_body(self.ast.def(id))?,
            Node::Comp(id, place) => self.comp_body(self.ast.comp(id), place)?,
            Node::Generic(of) => self.generic_body(of)?,
            Node::Lazy(value) => self.lazy_body(value)?,
        }
        self.op(Op::ReturnValue)
    }

    /// Lowers statements.
    pub fn block(&mut self, block: Block) -> Lowered {
        for &id in self.ast.list(block) {
            self.stmt(id)?;
        }
        Ok(())
    }

    fn stmt(&mut self, id: StmtId) -> Lowered {
        let stmt = self.ast.stmt(id);
        let span = stmt.span;
        match stmt.kind {
            // A decorated one starts at its first decorator.
            StmtKind::Def(id) => return self.def_stmt(id, span),
            StmtKind::Class(id) => return self.class_stmt(id, span),
            _ => self.mark(span)?,
        }
        match stmt.kind {
            StmtKind::Expr(value) => self.expr_stmt(value),
            StmtKind::Assign { targets, value } => self.assign(targets, value),
            StmtKind::AugAssign { op, target, value } => self.aug_assign(op, target, value),
            StmtKind::AnnAssign { target, annotation, value, simple } => {
                self.annotate_local(target, annotation)?;
                if let (true, ExprKind::Name(name)) = (simple, self.ast.kind(target)) {
                    let name = self.mangle(name)?;
                    // Nothing that is not declared can be free before it is assigned.
                    let declared = if self.scope().declared.contains(&name) {
                        Some(either("annotated name '{w}' can't be global", "identifier redefined as global"))
                    } else if self.scope().refers(name) == Some(Refers::Free) {
                        Some(either("annotated name '{w}' can't be nonlocal", "identifier redefined as nonlocal"))
                    } else {
                        None
                    };
                    if let Some(message) = declared {
                        return Err(self.wrong(target, message).with([self.ast.expr(target).span.start, 0, 0]));
                    }
                }
                if let Some(value) = value {
                    self.expr(value)?;
                    self.store(target)?;
                }
                self.annotate_variable(target, annotation, simple)
            }
            StmtKind::TypeAlias { .. } => self.type_alias(id),
            StmtKind::Return(value) => self.return_stmt(value, span),
            StmtKind::Delete(targets) => self.ast.list(targets).iter().try_for_each(|&target| self.delete(target)),
            StmtKind::Pass => Ok(()),
            StmtKind::Break | StmtKind::Continue => {
                let Some(around) = self.around else {
                    self.not_in_groups(span)?;
                    return Err(SyntaxError::new(span, "'break'/'continue' outside loop"));
                };
                self.leave(around, matches!(stmt.kind, StmtKind::Break))
            }
            StmtKind::Raise { exc, cause } => {
                let line = self.line;
                let parts = [exc, cause];
                let parts = parts.iter().flatten();
                let count = parts.clone().count();
                parts.copied().try_for_each(|part| self.expr(part))?;
                self.back_to(line)?;
                self.op(match count {
                    0 => Op::RaiseLast,
                    1 => Op::RaiseObj,
                    _ => Op::RaiseFrom,
                })
            }
            StmtKind::Assert { test, message } => self.assert_stmt(test, message),
            StmtKind::Import(names) => self.ast.list(names).iter().try_for_each(|alias| self.import(alias)),
            StmtKind::ImportFrom { module, level, names } => {
                if level == 0 && module == q!("__future__") {
                    self.future(id, names, span)?;
                }
                self.import_from(module, level, names)
            }
            StmtKind::ImportStar { module, level } => {
                if self.scope().node != Node::Module {
                    return Err(SyntaxError::new(span, "import * not at module level"));
                }
                self.op(Op::LoadInt(level as i32))?;
                self.op(Op::LoadStr(q!("*")))?;
                self.op(Op::BuildTuple(1))?;
                self.op(Op::ImportName(module))?;
                self.op(Op::ImportStar)
            }
            StmtKind::Global(names) => {
                self.ast.list(names).iter().try_for_each(|&name| self.declare_global(name, span))
            }
            StmtKind::Nonlocal(names) => {
                if self.scope().node == Node::Module {
                    return Err(SyntaxError::new(span, "can't declare nonlocal in outer code"));
                }
                self.ast.list(names).iter().try_for_each(|&name| self.declare_nonlocal(name, span))
            }
            StmtKind::If { arms, orelse } => self.if_stmt(arms, orelse),
            StmtKind::While { test, body, orelse } => self.while_stmt(test, body, orelse),
            StmtKind::For { is_async: false, target, iter, body, orelse } => self.for_stmt(target, iter, body, orelse),
            StmtKind::For { is_async: true, target, iter, body, orelse } => {
                self.need_async(span, "'async for' outside async function")?;
                self.async_for(target, iter, body, orelse)
            }
            StmtKind::Try(id) => self.try_stmt(self.ast.try_stmt(id)),
            StmtKind::With { is_async: false, items, body } => self.with(self.ast.list(items), body),
            StmtKind::With { is_async: true, items, body } => {
                self.need_async(span, "'async with' outside async function")?;
                self.async_with(self.ast.list(items), body)
            }
            StmtKind::Match { subject, cases } => self.match_stmt(subject, cases),
            StmtKind::Def(_) | StmtKind::Class(_) => Ok(()),
        }
    }

    fn expr_stmt(&mut self, value: ExprId) -> Lowered {
        if self.options.repl && self.scope().node == Node::Module {
            self.load_name(q!("__repl_print__"))?;
            self.expr(value)?;
            self.op(Op::CallFunction(Args { n_pos: 1, n_kw: 0 }))?;
            return self.op(Op::PopTop);
        }
        if self.constant(value)?.is_some() && self.ast.kind(value) != ExprKind::Tuple(List::EMPTY) {
            return Ok(());
        }
        self.expr(value)?;
        self.op(Op::PopTop)
    }

    fn return_stmt(&mut self, value: Option<ExprId>, span: Span) -> Lowered {
        if !matches!(self.scope().node, Node::Function(_)) {
            return Err(SyntaxError::new(span, "'return' outside function"));
        }
        self.not_in_groups(span)?;
        match value {
            None => self.op(Op::LoadNone)?,
            Some(value) => {
                self.scope().returns_value.get_or_insert(span);
                if let ExprKind::Conditional { test, then, orelse } = self.ast.kind(value) {
                    let fail = self.label()?;
                    self.condition(test, false, fail)?;
                    self.expr(then)?;
                    self.op(Op::ReturnValue)?;
                    self.place(fail)?;
                    self.expr(orelse)?;
                } else {
                    self.expr(value)?;
                }
            }
        }
        self.op(Op::ReturnValue)
    }

    fn assert_stmt(&mut self, test: ExprId, message: Option<ExprId>) -> Lowered {
        if self.options.optimise > 0 {
            return self
                .dead(|lower| [Some(test), message].into_iter().flatten().try_for_each(|part| lower.expr(part)));
        }
        let end = self.label()?;
        self.condition(test, true, end)?;
        self.mark_first(test)?;
        let at_test = self.line;
        self.op(Op::LoadGlobal(q!("AssertionError")))?;
        if let Some(message) = message {
            self.expr(message)?;
            self.back_to(at_test)?;
            self.op(Op::CallFunction(Args { n_pos: 1, n_kw: 0 }))?;
        }
        self.op(Op::RaiseObj)?;
        self.place(end)
    }

    /// The scope being lowered.
    pub fn scope(&mut self) -> &mut Scope {
        &mut self.scopes[self.cur]
    }

    /// Appends an op.
    pub fn op(&mut self, op: Op) -> Lowered {
        if let Some(name) = op.name() {
            self.tables.use_qstr(name)?;
        }
        Ok(self.items.push(Item::Op(op))?)
    }

    /// Appends a constant.
    pub fn load_const(&mut self, constant: Const) -> Lowered {
        let id = self.tables.use_const(constant)?;
        self.op(Op::LoadConst(id))
    }

    /// Counts slots that no op before counts.
    pub fn adjust(&mut self, slots: i8) -> Lowered {
        Ok(self.items.push(Item::Adjust(slots))?)
    }

    /// A new label.
    pub fn label(&mut self) -> Result<Label, SyntaxError> {
        let label = Label(self.n_labels);
        self.n_labels = self.n_labels.checked_add(1).ok_or_else(super::too_long)?;
        Ok(label)
    }

    /// Puts a label here.
    pub fn place(&mut self, label: Label) -> Lowered {
        self.op(Op::Label(label))
    }

    /// The first parameter, which `super()` takes for `self`.
    pub fn first_param(&mut self) -> Option<Qstr> {
        self.scope().ids.iter().find(|id| id.role != Role::None).map(|id| id.name)
    }

    /// An error at an expression.
    #[cold]
    pub fn wrong(&self, at: ExprId, message: &'static str) -> SyntaxError {
        SyntaxError::new(self.ast.expr(at).span, message)
    }
}

/// The operator of an augmented assignment.
fn inplace(op: BinOp) -> Binary {
    match op {
        BinOp::Or => Binary::InplaceOr,
        BinOp::Xor => Binary::InplaceXor,
        BinOp::And => Binary::InplaceAnd,
        BinOp::LeftShift => Binary::InplaceLeftShift,
        BinOp::RightShift => Binary::InplaceRightShift,
        BinOp::Add => Binary::InplaceAdd,
        BinOp::Sub => Binary::InplaceSub,
        BinOp::Mul => Binary::InplaceMul,
        BinOp::MatMul => Binary::InplaceMatMul,
        BinOp::Div => Binary::InplaceDiv,
        BinOp::FloorDiv => Binary::InplaceFloorDiv,
        BinOp::Mod => Binary::InplaceMod,
        BinOp::Pow => Binary::InplacePow,
    }
}
