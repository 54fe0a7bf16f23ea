//! Names: imports, `global` and `nonlocal`, reading and writing one.

use super::*;

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

    /// `global name`, and `:=` of a comprehension in a module.
    pub fn declare_global(&mut self, name: Qstr, span: Span) -> Lowered {
        match self.scope().add(name, Refers::Undecided)? {
            Refers::Undecided | Refers::Global => {}
            Refers::Implicit | Refers::ImplicitAssigned | Refers::Local | Refers::Cell | Refers::Free => {
                return Err(SyntaxError::new(span, "identifier redefined as global"));
            }
        }
        self.scope().set(name, Refers::Global);
        if let Some(module) = self.scopes.first_mut() {
            module.set(name, Refers::Global);
        }
        Ok(())
    }

    /// `nonlocal name`, and `:=` of a comprehension in a function.
    pub fn declare_nonlocal(&mut self, name: Qstr, span: Span) -> Lowered {
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
        self.scope().add(name, Refers::Implicit)?;
        Ok(self.items.push(Item::Load(name))?)
    }

    /// Pops into a name.
    pub fn store_name(&mut self, name: Qstr) -> Lowered {
        self.scope().assigned(name)?;
        Ok(self.items.push(Item::Store(name))?)
    }

    /// Unbinds a name.
    pub fn delete_name(&mut self, name: Qstr) -> Lowered {
        self.scope().assigned(name)?;
        Ok(self.items.push(Item::Delete(name))?)
    }
}
