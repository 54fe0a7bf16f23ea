//! Functions, classes, lambdas and comprehensions to ops.

mod annotations;
mod asm;
mod comp;
mod generic;

use super::code::{Annotation, Flags, Form, Kind};
use super::lower::{Item, Lower, Lowered};
use super::op::{Args, Collection, ITER_SLOTS, Op};
use super::scope::{Id, Node, Refers, Role, Scope};
use crate::mem::Vec;
use crate::q;
use crate::qstr::Qstr;
use crate::syntax::ast::{
    Class, ClassId, Comp, CompFor, CompId, CompKind, Def, DefId, ExprId, ExprKind, List, Param, ParamKind, StmtKind,
};
use crate::text::error::SyntaxError;
use crate::text::source::Span;

/// The tuple of type parameters, in the scope that makes them.
const TYPE_PARAMS: Qstr = q!(".type_params");

impl Lower<'_> {
    /// A scope inside the current one; it is lowered later. Its kind is that of the current one unless given.
    pub fn new_scope(&mut self, node: Node, name: Qstr, kind: Option<Kind>) -> Result<usize, SyntaxError> {
        let kind = kind.unwrap_or(self.scope().kind);
        let at = self.scopes.len();
        let mut scope = Scope::new(node, Some(self.cur), kind, name);
        #[cfg(feature = "diagnostics")]
        {
            scope.qualname = self.qualname(name)?;
        }
        scope.private = match node {
            Node::Class(id) => Some(self.ast.class(id).name),
            Node::Module
            | Node::Function(_)
            | Node::Lambda(_)
            | Node::Annotations(_)
            | Node::Comp(..)
            | Node::Generic(_)
            | Node::Lazy(_) => self.scope().private,
        };
        scope.first_line = self.line;
        self.scopes.push(scope)?;
        Ok(at)
    }

    pub fn def_stmt(&mut self, id: DefId, span: Span) -> Lowered {
        let def = self.ast.def(id);
        let (kind, n_calls) = self.decorators(def.decorators, span)?;
        if def.type_params.is_empty() {
            self.def_object(id, kind, self.lines.line(span.start))?;
        } else {
            self.generic_def(id, span)?;
        }
        self.call_decorators(def.decorators, n_calls, span)?;
        self.store_name(def.name)
    }

    /// Pushes the function of a `def`, without its decorators.
    fn def_object(&mut self, id: DefId, kind: Option<Kind>, line: u32) -> Lowered {
        let def = self.ast.def(id);
        let scope = self.new_scope(Node::Function(id), def.name, kind)?;
        if let Some(scope) = self.scopes.get_mut(scope) {
            scope.first_line = line;
            if def.is_async {
                scope.flags.add(Flags::GENERATOR);
                scope.flags.add(Flags::COROUTINE);
            }
        }
        self.back_to(line)?;
        let annotated = self.annotates(def, scope);
        if annotated {
            self.op(Op::LoadGlobal(q!(".annotated")))?;
        }
        if matches!(self.scope().node, Node::Generic(_)) {
            self.make_with_given(scope, def.params)?;
        } else {
            self.make(scope, def.params)?;
        }
        if annotated {
            let scope = self.new_scope(Node::Annotations(id), q!("__annotate__"), Some(Kind::Bytecode))?;
            self.make(scope, List::EMPTY)?;
            self.op(Op::CallFunction(Args { n_pos: 2, n_kw: 0 }))?;
        }
        Ok(())
    }

    pub fn class_stmt(&mut self, id: ClassId, span: Span) -> Lowered {
        let class = self.ast.class(id);
        let (kind, n_calls) = self.decorators(class.decorators, span)?;
        if class.type_params.is_empty() {
            self.class_object(id, kind, self.lines.line(span.start))?;
        } else {
            self.generic_class(id, span)?;
        }
        self.call_decorators(class.decorators, n_calls, span)?;
        self.store_name(class.name)
    }

    /// Pushes the class of a `class` statement, without its decorators.
    fn class_object(&mut self, id: ClassId, kind: Option<Kind>, line: u32) -> Lowered {
        let class = self.ast.class(id);
        let scope = self.new_scope(Node::Class(id), class.name, kind)?;
        self.back_to(line)?;
        self.op(Op::LoadBuildClass)?;
        self.make(scope, List::EMPTY)?;
        self.op(Op::LoadStr(class.name))?;
        self.args(class.args, false, 2)
    }

    /// Calls the decorators that were pushed, the last first.
    fn call_decorators(&mut self, list: List<ExprId>, mut n_calls: usize, span: Span) -> Lowered {
        for &id in self.ast.list(list).iter().rev() {
            if n_calls > 0 && self.builtin_decorator(id)?.is_none() {
                n_calls -= 1;
                self.mark_first(id)?;
                self.op(Op::CallFunction(Args { n_pos: 1, n_kw: 0 }))?;
            }
        }
        self.back_to(self.lines.line(span.start))
    }

    /// Pushes decorators. Those of `micropython` say how the body is to run; the others are counted.
    fn decorators(&mut self, list: List<ExprId>, span: Span) -> Result<(Option<Kind>, usize), SyntaxError> {
        let (mut kind, mut n_calls) = (None, 0);
        match self.ast.list(list).first() {
            Some(&first) => self.mark_expr(first)?,
            None => self.mark(span)?,
        }
        for &id in self.ast.list(list) {
            match self.builtin_decorator(id)? {
                Some(builtin) => kind = Some(builtin),
                None => {
                    match self.ast.kind(id) {
                        // Not as a method call, because upstream's grammar has only names with dots here.
                        ExprKind::Call { func, args } => {
                            self.mark_expr(id)?;
                            self.expr(func)?;
                            self.args(args, false, 0)?;
                        }
                        _ => self.expr(id)?,
                    }
                    n_calls += 1;
                }
            }
        }
        Ok((kind, n_calls))
    }

    fn builtin_decorator(&self, id: ExprId) -> Result<Option<Kind>, SyntaxError> {
        let invalid = || self.wrong(id, "invalid micropython decorator");
        let mut inner = id;
        let mut attr = None;
        let mut depth = 0;
        while let ExprKind::Attribute { value, name } = self.ast.kind(inner) {
            (inner, attr) = (value, attr.or(Some(name)));
            depth += 1;
        }
        if self.ast.kind(inner) != ExprKind::Name(q!("micropython")) {
            return Ok(None);
        }
        match attr {
            Some(attr) if depth == 1 => Ok(Some(match attr {
                attr if attr == q!("bytecode") => Kind::Bytecode,
                attr if attr == q!("native") => Kind::Native,
                attr if attr == q!("viper") => Kind::Viper,
                attr if attr == q!("asm_thumb") => Kind::AsmThumb,
                attr if attr == q!("asm_xtensa") => Kind::AsmXtensa,
                attr if attr == q!("asm_rv32") => Kind::AsmRv32,
                _ => return Err(invalid()),
            })),
            _ => Err(invalid()),
        }
    }

    /// Pushes defaults and makes the function of a scope.
    pub fn make(&mut self, scope: usize, params: List<Param>) -> Lowered {
        let (n_pos, n_kw) = self.defaults(params, Op::LoadNull)?;
        self.make_from(scope, n_pos, n_kw)
    }

    /// Pushes a tuple and a dict of defaults, `absent` for one of them that there is not; nothing if there are no defaults.
    fn defaults(&mut self, params: List<Param>, absent: Op) -> Result<(u16, u32), SyntaxError> {
        let (mut n_pos, mut n_kw, mut star) = (0u16, 0u32, false);
        for param in self.ast.list(params) {
            match param.kind {
                ParamKind::Star => star = true,
                ParamKind::DoubleStar => {}
                ParamKind::PositionalOnly | ParamKind::Plain | ParamKind::KeywordOnly => {
                    star |= param.kind == ParamKind::KeywordOnly;
                    match param.default {
                        None if !star && n_pos > 0 => {
                            return Err(SyntaxError::new(param.span, "non-default argument follows default argument"));
                        }
                        None => {}
                        Some(value) if star => {
                            if n_kw == 0 {
                                self.op(if n_pos > 0 { Op::BuildTuple(n_pos.into()) } else { absent })?;
                                self.op(Op::BuildMap(0))?;
                            }
                            n_kw += 1;
                            self.expr(value)?;
                            let name = self.mangle(param.name)?;
                            self.op(Op::LoadStr(name))?;
                            self.op(Op::StoreMap)?;
                        }
                        Some(value) => {
                            n_pos = n_pos.checked_add(1).ok_or_else(super::too_long)?;
                            self.expr(value)?;
                        }
                    }
                }
            }
        }
        if n_pos > 0 && n_kw == 0 {
            self.op(Op::BuildTuple(n_pos.into()))?;
            self.op(absent)?;
        }
        Ok((n_pos, n_kw))
    }

    /// Makes the function of a scope whose defaults are on the stack.
    fn make_from(&mut self, scope: usize, n_pos: u16, n_kw: u32) -> Lowered {
        if let Some(scope) = self.scopes.get_mut(scope) {
            scope.n_def_pos_args = n_pos;
            if n_kw > 0 {
                scope.flags.add(Flags::DEF_KWARGS);
            }
        }
        Ok(self.items.push(Item::Make { scope: scope as u32, defaults: n_pos > 0 || n_kw > 0 })?)
    }

    /// Makes the parameters the first names of the scope.
    pub fn params(&mut self, params: List<Param>) -> Lowered {
        for param in self.ast.list(params) {
            let name = self.mangle(param.name)?;
            let scope = self.scope();
            let role = match param.kind {
                ParamKind::PositionalOnly | ParamKind::Plain => {
                    scope.n_pos_args = scope.n_pos_args.checked_add(1).ok_or_else(super::too_long)?;
                    if param.kind == ParamKind::Plain { Role::Plain } else { Role::Positional }
                }
                ParamKind::KeywordOnly => {
                    scope.n_kwonly_args = scope.n_kwonly_args.checked_add(1).ok_or_else(super::too_long)?;
                    Role::Plain
                }
                ParamKind::Star => {
                    scope.flags.add(Flags::VAR_ARGS);
                    Role::Star
                }
                ParamKind::DoubleStar => {
                    scope.flags.add(Flags::VAR_KEYWORDS);
                    Role::DoubleStar
                }
            };
            if scope.refers(name).is_some() {
                return Err(SyntaxError::new(param.span, "argument name reused"));
            }
            scope.ids.push(Id { name, refers: Refers::Local, role, local: 0 })?;
            self.annotate(Some(param.name), param.annotation)?;
        }
        if let Node::Function(id) = self.scope().node {
            let returns = self.ast.def(id).returns;
            self.annotate(None, returns)?;
        }
        Ok(())
    }

    fn annotate(&mut self, of: Option<Qstr>, annotation: Option<ExprId>) -> Lowered {
        let Some(id) = annotation else { return Ok(()) };
        let expr = self.ast.expr(id);
        let form = match expr.kind {
            ExprKind::Name(name) => Form::Name(name),
            _ => Form::Other(expr.span),
        };
        Ok(self.scope().annotations.push(Annotation { of, form })?)
    }

    /// Notes the type that viper gives a local.
    pub fn annotate_local(&mut self, target: ExprId, annotation: ExprId) -> Lowered {
        match (self.scope().kind, self.ast.kind(target)) {
            (Kind::Viper, ExprKind::Name(name)) => self.annotate(Some(name), Some(annotation)),
            _ => Ok(()),
        }
    }

    pub fn lambda_body(&mut self, id: ExprId) -> Lowered {
        let ExprKind::Lambda { params, body } = self.ast.kind(id) else { return Ok(()) };
        self.mark_expr(id)?;
        self.params(params)?;
        self.expr(body)?;
        if self.scope().flags.has(Flags::GENERATOR) {
            self.op(Op::PopTop)?;
            self.op(Op::LoadNone)?;
        }
        Ok(())
    }

    pub fn class_body(&mut self, class: Class) -> Lowered {
        self.scope().add(q!("__class__"), Refers::Local)?;
        let line = self.scope().first_line;
        self.back_to(line)?;
        self.load_name(q!("__name__"))?;
        self.store_name(q!("__module__"))?;
        let qualname = if self.options.is_for_file() { self.scope().name } else { self.scope().qualname() };
        self.op(Op::LoadStr(qualname))?;
        self.store_name(q!("__qualname__"))?;
        if !class.type_params.is_empty() {
            self.load_name(TYPE_PARAMS)?;
            self.store_name(q!("__type_params__"))?;
        }
        self.docstring(class.body)?;
        self.block(class.body)?;
        Ok(self.items.push(Item::ClassCell)?)
    }

    pub fn walrus(&mut self, target: Qstr, value: ExprId, span: Span) -> Lowered {
        self.expr(value)?;
        self.op(Op::DupTop)?;
        // In comprehensions the name is that of the scope around them all.
        let mut home = self.cur;
        while let Some((Node::Comp(..), Some(parent))) = self.scopes.get(home).map(|scope| (scope.node, scope.parent)) {
            // The variable of a loop around is bound anew, as upstream has it.
            if home != self.cur && self.scopes.get(home).and_then(|comp| comp.refers(target)) == Some(Refers::Local) {
                break;
            }
            home = parent;
        }
        if home != self.cur {
            let outer = match self.scopes.get_mut(home) {
                Some(outer) => outer.assigned(target)?,
                None => Refers::Global,
            };
            if outer == Refers::Global {
                self.scope().add(target, Refers::Global)?;
            } else if home == 0 {
                self.declare_global_again(target, span)?;
            } else {
                self.pass_on(target, home)?;
                self.declare_nonlocal(target, span)?;
            }
        }
        self.store_name(target)
    }

    /// A name that the comprehensions inside `home` only read so far may become one of `home`.
    fn pass_on(&mut self, name: Qstr, home: usize) -> Lowered {
        self.scope().add(name, Refers::Undecided)?;
        let mut at = self.cur;
        while at != home {
            let Some(scope) = self.scopes.get_mut(at) else { break };
            if scope.refers(name) == Some(Refers::Implicit) {
                scope.set(name, Refers::Undecided);
            }
            at = scope.parent.unwrap_or(home);
        }
        Ok(())
    }

    /// A name of a comprehension that was only read so far may become global.
    fn declare_global_again(&mut self, name: Qstr, span: Span) -> Lowered {
        if self.scope().refers(name) == Some(Refers::Implicit) {
            self.scope().set(name, Refers::Undecided);
        }
        self.declare_global(name, span)
    }
}
