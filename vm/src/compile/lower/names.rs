//! Names: imports, `global` and `nonlocal`, reading and writing one.

use super::*;
use crate::text::error::INVALID;

/// What `from __future__ import` knows.
pub const FEATURES: &[Qstr] = &[
    q!("absolute_import"),
    q!("annotations"),
    q!("division"),
    q!("generator_stop"),
    q!("generators"),
    q!("nested_scopes"),
    q!("print_function"),
    q!("unicode_literals"),
    q!("with_statement"),
];

impl Lower<'_> {
    pub(super) fn import(&mut self, alias: &Alias) -> Lowered {
        self.op(Op::LoadInt(0))?;
        self.op(Op::LoadNone)?;
        self.op(Op::ImportName(alias.name))?;
        let parts = self.ast.list(alias.parts);
        match alias.alias {
            Some(name) => {
                parts.iter().skip(1).try_for_each(|&part| self.op(Op::LoadAttr(part)))?;
                self.store_name(name)
            }
            None => self.store_name(parts.first().copied().unwrap_or(alias.name)),
        }
    }

    pub(super) fn import_from(&mut self, module: Qstr, level: u32, names: List<Alias>) -> Lowered {
        let names = self.ast.list(names);
        self.op(Op::LoadInt(level as i32))?;
        names.iter().try_for_each(|alias| self.op(Op::LoadStr(alias.name)))?;
        self.op(Op::BuildTuple(names.len() as u32))?;
        self.op(Op::ImportName(module))?;
        for alias in names {
            self.op(Op::ImportFrom(alias.name))?;
            self.store_name(alias.alias.unwrap_or(alias.name))?;
        }
        self.op(Op::PopTop)
    }

    /// `from __future__ import names` stands before all but a docstring, and asks for what there is.
    pub(super) fn future(&self, id: StmtId, names: List<Alias>, span: Span) -> Lowered {
        for alias in self.ast.list(names) {
            if !FEATURES.contains(&alias.name) {
                let message = either("future feature {w} is not defined", INVALID);
                return Err(SyntaxError::new(alias.span, message).with([alias.span.start, 0, 0]));
            }
        }
        let Root::Body(body) = self.ast.root() else { return Ok(()) };
        let before = self.ast.list(body).iter().take_while(|&&other| other != id);
        let is_early = self.ast.list(body).contains(&id)
            && before.enumerate().all(|(at, &other)| match self.ast.stmt(other).kind {
                StmtKind::ImportFrom { module, level: 0, .. } => module == q!("__future__"),
                StmtKind::Expr(value) => at == 0 && matches!(self.ast.kind(value), ExprKind::Str(_)),
                _ => false,
            });
        if is_early {
            return Ok(());
        }
        Err(SyntaxError::new(span, either("from __future__ imports must occur at the beginning of the file", INVALID)))
    }

    /// A private name of a class, `__x`, has the name of the class before it, but not in stock MicroPython.
    pub fn mangle(&mut self, name: Qstr) -> Result<Qstr, SyntaxError> {
        if self.options.is_for_stock() {
            return Ok(name);
        }
        let Some(class) = self.scope().private else { return Ok(name) };
        let text = self.pool.get(name);
        if !text.starts_with("__") || text.ends_with("__") || text.contains('.') {
            return Ok(name);
        }
        let class = self.pool.get(class).trim_start_matches('_');
        if class.is_empty() {
            return Ok(name);
        }
        let mut whole = Vec::new();
        for part in ["_", class, text] {
            whole.extend_from_slice(part.as_bytes())?;
        }
        Ok(self.pool.intern(core::str::from_utf8(&whole).unwrap_or(""))?)
    }

    /// `global name`, and `:=` of a comprehension in a module.
    pub fn declare_global(&mut self, name: Qstr, span: Span) -> Lowered {
        let name = self.mangle(name)?;
        match self.scope().add(name, Refers::Undecided)? {
            Refers::Undecided | Refers::Global => {}
            Refers::Implicit | Refers::ImplicitAssigned | Refers::Local | Refers::Cell | Refers::Free => {
                return Err(SyntaxError::new(span, "identifier redefined as global"));
            }
        }
        self.scope().set(name, Refers::Global);
        self.scope().declared.push(name)?;
        if let Some(module) = self.scopes.first_mut() {
            module.set(name, Refers::Global);
        }
        Ok(())
    }

    /// `nonlocal name`, and `:=` of a comprehension in a function.
    pub fn declare_nonlocal(&mut self, name: Qstr, span: Span) -> Lowered {
        let name = self.mangle(name)?;
        match self.scope().add(name, Refers::Undecided)? {
            Refers::Undecided => {}
            Refers::Free => return Ok(()),
            Refers::Implicit | Refers::ImplicitAssigned | Refers::Global | Refers::Local | Refers::Cell => {
                return Err(SyntaxError::new(span, "identifier redefined as nonlocal"));
            }
        }
        self.scope().set(name, Refers::Implicit);
        close_over(&mut self.scopes, self.cur, name)?;
        match self.scope().refers(name) {
            Some(Refers::Free) => Ok(()),
            _ => Err(SyntaxError::new(span, "no binding for nonlocal found")),
        }
    }

    /// Pushes what a name refers to.
    pub fn load_name(&mut self, name: Qstr) -> Lowered {
        let name = self.mangle(name)?;
        self.scope().add(name, Refers::Implicit)?;
        Ok(self.items.push(Item::Load(name))?)
    }

    /// Pops into a name.
    pub fn store_name(&mut self, name: Qstr) -> Lowered {
        let name = self.mangle(name)?;
        self.scope().assigned(name)?;
        Ok(self.items.push(Item::Store(name))?)
    }

    /// Unbinds a name.
    pub fn delete_name(&mut self, name: Qstr) -> Lowered {
        let name = self.mangle(name)?;
        self.scope().assigned(name)?;
        Ok(self.items.push(Item::Delete(name))?)
    }
}
