//! Assignment and del targets: expressions of which only some kinds will do.

use super::ast::{ExprId, ExprKind};
use super::parser::{Parsed, Parser};

impl Parser<'_, '_> {
    /// Something that can be assigned to, unpacking included.
    pub(super) fn check_target(&self, id: ExprId) -> Parsed<()> {
        match self.ast.kind(id) {
            ExprKind::Tuple(items) | ExprKind::List(items) => {
                let mut stars = 0;
                for &item in self.ast.list(items) {
                    if let ExprKind::Starred(inner) = self.ast.kind(item) {
                        stars += 1;
                        if stars > 1 {
                            return Err(self.error_at(item, "multiple *x in assignment"));
                        }
                        self.check_target(inner)?;
                    } else {
                        self.check_target(item)?;
                    }
                }
                Ok(())
            }
            _ => self.check_single(id),
        }
    }

    /// A name, an attribute or a subscript.
    pub(super) fn check_single(&self, id: ExprId) -> Parsed<()> {
        if self.is_single(id) { Ok(()) } else { Err(self.error_at(id, "can't assign to expression")) }
    }

    /// Something that can be deleted.
    pub(super) fn check_deleted(&self, id: ExprId) -> Parsed<()> {
        match self.ast.kind(id) {
            ExprKind::Tuple(items) | ExprKind::List(items) => {
                self.ast.list(items).iter().try_for_each(|&item| self.check_deleted(item))
            }
            _ if self.is_single(id) => Ok(()),
            _ => Err(self.error_at(id, "can't delete expression")),
        }
    }

    fn is_single(&self, id: ExprId) -> bool {
        matches!(self.ast.kind(id), ExprKind::Name(_) | ExprKind::Attribute { .. } | ExprKind::Subscript { .. })
    }
}
