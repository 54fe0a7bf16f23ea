//! Code that never runs, because a constant decides so: it leaves nothing behind but what its names are, and whether
//! there is a `yield` in it.

use super::*;

impl Lower<'_> {
    /// Lowers what never runs, and takes it back.
    pub fn dead(&mut self, lower: impl FnOnce(&mut Self) -> Lowered) -> Lowered {
        let (items, scopes, children) = (self.items.len(), self.scopes.len(), self.scope().children.len());
        let (qstrs, consts) = (self.tables.qstrs.len(), self.tables.consts.len());
        let (labels, line, max_level) = (self.n_labels, self.line, self.max_level);
        lower(self)?;
        self.items.truncate(items);
        self.scopes.truncate(scopes);
        self.scope().children.truncate(children);
        self.tables.rewind(qstrs, consts);
        (self.n_labels, self.line, self.max_level) = (labels, line, max_level);
        Ok(())
    }
}
