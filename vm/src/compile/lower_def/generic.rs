//! Type parameters: a function around what has them, which makes them first.

use super::*;
use crate::compile::scope::Generic;
use crate::syntax::ast::{StmtId, TypeParam, TypeParamKind};

/// Defaults of a function with type parameters: they are evaluated outside of the scope of these.
const DEFAULTS: [Qstr; 2] = [q!(".defaults"), q!(".kwdefaults")];

impl Lower<'_> {
    /// Calls a new function that makes the type parameters, then what has them.
    fn generic(&mut self, of: Generic, name: Qstr, defaults: List<Param>, span: Span) -> Lowered {
        let scope = self.new_scope(Node::Generic(of), name, Some(Kind::Bytecode))?;
        if let Some(scope) = self.scopes.get_mut(scope) {
            scope.first_line = self.lines.line(span.start);
        }
        self.back_to(self.lines.line(span.start))?;
        self.make(scope, List::EMPTY)?;
        let n_pos = match self.defaults(defaults, Op::LoadNone)? {
            (0, 0) => 0,
            _ => DEFAULTS.len() as u8,
        };
        self.op(Op::CallFunction(Args { n_pos, n_kw: 0 }))
    }

    pub(super) fn generic_def(&mut self, id: DefId, span: Span) -> Lowered {
        let def = self.ast.def(id);
        self.generic(Generic::Def(id), def.name, def.params, span)
    }

    pub(super) fn generic_class(&mut self, id: ClassId, span: Span) -> Lowered {
        self.generic(Generic::Class(id), self.ast.class(id).name, List::EMPTY, span)
    }

    /// `type name[params] = value`
    pub fn type_alias(&mut self, id: StmtId) -> Lowered {
        let stmt = self.ast.stmt(id);
        let StmtKind::TypeAlias { name, params, .. } = stmt.kind else { return Ok(()) };
        if params.is_empty() {
            self.alias_object(id)?;
        } else {
            self.generic(Generic::Alias(id), name, List::EMPTY, stmt.span)?;
        }
        self.store_name(name)
    }

    fn alias_object(&mut self, id: StmtId) -> Lowered {
        let StmtKind::TypeAlias { name, params, value } = self.ast.stmt(id).kind else { return Ok(()) };
        self.op(Op::LoadGlobal(q!(".type_alias")))?;
        self.op(Op::LoadStr(name))?;
        if params.is_empty() {
            self.op(Op::BuildTuple(0))?;
        } else {
            self.load_name(TYPE_PARAMS)?;
        }
        self.lazy(Some(value), name)?;
        self.op(Op::CallFunction(Args { n_pos: 3, n_kw: 0 }))
    }

    /// Pushes a function that evaluates an expression, or None.
    fn lazy(&mut self, value: Option<ExprId>, name: Qstr) -> Lowered {
        let Some(value) = value else { return self.op(Op::LoadNone) };
        let scope = self.new_scope(Node::Lazy(value), name, Some(Kind::Bytecode))?;
        self.make(scope, List::EMPTY)
    }

    /// The body of such a function.
    pub fn lazy_body(&mut self, value: ExprId) -> Lowered {
        self.mark_expr(value)?;
        match self.ast.kind(value) {
            // `*Ts = *values`
            ExprKind::Starred(inner) => self.expr(inner),
            _ => self.expr(value),
        }
    }

    /// The body of the function around what has type parameters.
    pub fn generic_body(&mut self, of: Generic) -> Lowered {
        let line = self.scope().first_line;
        self.back_to(line)?;
        match of {
            Generic::Def(id) => {
                let def = self.ast.def(id);
                let has_default = |param: &Param| param.default.is_some();
                if self.ast.list(def.params).iter().any(has_default) {
                    self.scope().n_pos_args = DEFAULTS.len() as u16;
                    for name in DEFAULTS {
                        self.scope().ids.push(Id { name, refers: Refers::Local, role: Role::Positional, local: 0 })?;
                    }
                }
                self.type_params(def.type_params)?;
                self.op(Op::LoadGlobal(q!(".generic")))?;
                let kind = self.kind_outside(def.decorators)?;
                self.def_object(id, Some(kind), line)?;
                self.load_name(TYPE_PARAMS)?;
                self.op(Op::CallFunction(Args { n_pos: 2, n_kw: 0 }))
            }
            Generic::Class(id) => {
                let class = self.ast.class(id);
                self.type_params(class.type_params)?;
                let kind = self.kind_outside(class.decorators)?;
                self.class_object(id, Some(kind), line)
            }
            Generic::Alias(id) => {
                if let StmtKind::TypeAlias { params, .. } = self.ast.stmt(id).kind {
                    self.type_params(params)?;
                }
                self.alias_object(id)
            }
        }
    }

    /// How what is inside is to run: as its decorators say, else as what is around.
    fn kind_outside(&mut self, decorators: List<ExprId>) -> Result<Kind, SyntaxError> {
        let outer = self.scope().parent.and_then(|parent| self.scopes.get(parent));
        let mut kind = outer.map_or(Kind::Bytecode, |outer| outer.kind);
        for &id in self.ast.list(decorators) {
            kind = self.builtin_decorator(id)?.unwrap_or(kind);
        }
        Ok(kind)
    }

    /// Makes the function of a scope with the defaults that were passed to the function around it.
    pub(super) fn make_with_given(&mut self, scope: usize, params: List<Param>) -> Lowered {
        let (mut n_pos, mut n_kw) = (0, 0);
        for param in self.ast.list(params).iter().filter(|param| param.default.is_some()) {
            match param.kind {
                ParamKind::KeywordOnly => n_kw += 1,
                ParamKind::PositionalOnly | ParamKind::Plain => n_pos += 1,
                ParamKind::Star | ParamKind::DoubleStar => {}
            }
        }
        if n_pos > 0 || n_kw > 0 {
            for (name, given) in DEFAULTS.into_iter().zip([n_pos > 0, n_kw > 0]) {
                if given { self.load_name(name)? } else { self.op(Op::LoadNull)? }
            }
        }
        self.make_from(scope, n_pos, n_kw)
    }

    /// Makes type parameters, each with its name, and the tuple of all.
    fn type_params(&mut self, params: List<TypeParam>) -> Lowered {
        let params = self.ast.list(params);
        let mut optional = true;
        for param in params {
            if self.scope().refers(param.name).is_some() {
                return Err(SyntaxError::new(param.span, "duplicate type parameter"));
            }
            if param.default.is_none() && !optional {
                return Err(SyntaxError::new(param.span, "non-default type parameter follows default type parameter"));
            }
            optional &= param.default.is_none();
            let kind = match param.kind {
                TypeParamKind::TypeVar => 0,
                TypeParamKind::TypeVarTuple => 1,
                TypeParamKind::ParamSpec => 2,
            };
            self.op(Op::LoadGlobal(q!(".type_param")))?;
            self.op(Op::LoadInt(kind))?;
            self.op(Op::LoadStr(param.name))?;
            self.lazy(param.bound, param.name)?;
            self.lazy(param.default, param.name)?;
            self.op(Op::CallFunction(Args { n_pos: 4, n_kw: 0 }))?;
            self.store_name(param.name)?;
        }
        params.iter().try_for_each(|param| self.load_name(param.name))?;
        self.op(Op::BuildTuple(params.len() as u32))?;
        self.store_name(TYPE_PARAMS)
    }
}
