//! What a program can ask about itself: annotations, docstrings, names with those around them. Boards keep none of it.

use super::*;
use crate::syntax::ast::{Block, Root, Text};

impl Lower<'_> {
    /// The name of a scope inside the current one with the names of what it stands in.
    #[cfg(feature = "diagnostics")]
    pub fn qualname(&mut self, name: Qstr) -> Result<Qstr, SyntaxError> {
        let Some(mut outer) = self.scopes.get(self.cur) else { return Ok(name) };
        // Type parameters stand beside what has them, not around it.
        while let (Node::Generic(_), Some(next)) = (outer.node, outer.parent.and_then(|at| self.scopes.get(at))) {
            outer = next;
        }
        let between = match outer.node {
            Node::Module => return Ok(name),
            Node::Class(_) => ".",
            Node::Function(_)
            | Node::Lambda(_)
            | Node::Annotations(_)
            | Node::Comp(..)
            | Node::Generic(_)
            | Node::Lazy(_) => ".<locals>.",
        };
        let outer = outer.qualname;
        let mut whole = Vec::new();
        for part in [self.pool.get(outer), between, self.pool.get(name)] {
            whole.extend_from_slice(part.as_bytes())?;
        }
        Ok(self.pool.intern(core::str::from_utf8(&whole).unwrap_or(""))?)
    }

    /// Notes the docstring of a function.
    pub fn keep_doc(&mut self, body: Block) -> Lowered {
        #[cfg(feature = "diagnostics")]
        if let Some(text) = self.doc(body) {
            self.scope().doc = Some(Vec::from_slice(self.ast.list(text))?);
        }
        let _ = body;
        Ok(())
    }

    /// The docstring of a suite.
    pub fn doc(&self, body: Block) -> Option<Text> {
        let first = self.ast.list(body).first().filter(|_| self.options.keeps_all())?;
        let StmtKind::Expr(value) = self.ast.stmt(*first).kind else { return None };
        match self.ast.kind(value) {
            ExprKind::Str(text) => Some(text),
            _ => None,
        }
    }

    /// `__doc__ = docstring`, if there is one.
    pub fn docstring(&mut self, body: Block) -> Lowered {
        let Some(text) = self.doc(body) else { return Ok(()) };
        self.load_text(Vec::from_slice(self.ast.list(text))?)?;
        self.store_name(q!("__doc__"))
    }

    /// Whether a function gets its annotations. Those of viper and of assembler name machine types.
    pub fn annotates(&self, def: Def, scope: usize) -> bool {
        let kind = self.scopes.get(scope).map(|scope| scope.kind);
        self.options.keeps_all()
            && matches!(kind, Some(Kind::Bytecode | Kind::Native))
            && (def.returns.is_some() || self.ast.list(def.params).iter().any(|param| param.annotation.is_some()))
    }

    /// The dict of a function's annotations.
    pub fn annotations_body(&mut self, def: Def) -> Lowered {
        self.op(Op::BuildMap(0))?;
        let params = self.ast.list(def.params);
        let all = params.iter().map(|param| (param.name, param.annotation)).chain([(q!("return"), def.returns)]);
        for (name, annotation) in all {
            let Some(annotation) = annotation else { continue };
            self.annotation(annotation)?;
            let name = self.mangle(name)?;
            self.op(Op::LoadStr(name))?;
            self.op(Op::StoreMap)?;
        }
        Ok(())
    }

    /// Notes the annotation of a variable in `__annotations__` of a module or class.
    pub fn annotate_variable(&mut self, target: ExprId, annotation: ExprId, simple: bool) -> Lowered {
        let ExprKind::Name(name) = self.ast.kind(target) else { return Ok(()) };
        let keeps = self.options.keeps_all();
        match self.scope().node {
            Node::Function(_) => {
                let name = self.mangle(name)?;
                self.scope().add(name, Refers::Local)?;
                Ok(())
            }
            Node::Module | Node::Class(_) if keeps && simple => {
                let name = self.mangle(name)?;
                self.op(Op::LoadGlobal(q!(".annotate")))?;
                self.op(Op::LoadStr(name))?;
                self.annotation(annotation)?;
                self.op(Op::CallFunction(Args { n_pos: 2, n_kw: 0 }))?;
                self.op(Op::PopTop)
            }
            Node::Module
            | Node::Class(_)
            | Node::Lambda(_)
            | Node::Annotations(_)
            | Node::Comp(..)
            | Node::Generic(_)
            | Node::Lazy(_) => Ok(()),
        }
    }

    /// The value of an annotation, or its text after `from __future__ import annotations`.
    fn annotation(&mut self, id: ExprId) -> Lowered {
        if self.annotations_are_text() {
            let span = self.ast.expr(id).span;
            let text = self.source.get(span.start as usize..span.end as usize).unwrap_or(&[]);
            return self.load_text(Vec::from_slice(text)?);
        }
        match self.ast.kind(id) {
            // `*args: *Ts`
            ExprKind::Starred(inner) => self.expr(inner),
            _ => self.expr(id),
        }
    }

    fn annotations_are_text(&self) -> bool {
        let Root::Body(body) = self.ast.root() else { return false };
        for &id in self.ast.list(body) {
            match self.ast.stmt(id).kind {
                StmtKind::ImportFrom { module, names, .. } if module == q!("__future__") => {
                    if self.ast.list(names).iter().any(|alias| alias.name == q!("annotations")) {
                        return true;
                    }
                }
                StmtKind::Expr(_) => {}
                _ => return false,
            }
        }
        false
    }
}
