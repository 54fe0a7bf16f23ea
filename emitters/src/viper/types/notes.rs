//! What explains a fault: which operand has which type, since where, and what may mend it.

use super::Walk;
use crate::vty::{Known, Origin, Ty};
use std::fmt::Write as _;

impl Walk<'_> {
    /// A sentence for each operand of which there is something to say.
    pub(super) fn explained(&self, operands: &[Known]) -> String {
        let mut text = String::new();
        for operand in operands {
            let from = text.len();
            if from > 0 {
                text.push_str("; ");
            }
            let start = text.len();
            self.explain(*operand, &mut text);
            if text.len() == start {
                text.truncate(from);
            }
        }
        text
    }

    fn explain(&self, operand: Known, out: &mut String) {
        // Writing to a string does not fail.
        let _ = match operand.from {
            Origin::Local(local) => {
                let (name, ty) = (self.local_name(local), operand.ty.name());
                let at = usize::from(local.0);
                let is_param = self.unit.code.locals.get(at).is_some_and(|info| info.is_param);
                match (is_param, self.since.get(at).copied().flatten()) {
                    (true, _) if operand.ty == Ty::Object => {
                        write!(out, "parameter '{name}' has no annotation of a machine type, so it is an object")
                    }
                    (true, _) => write!(out, "parameter '{name}' is annotated as {ty}"),
                    (false, Some(line)) => write!(out, "'{name}' is {ty} since line {line}"),
                    (false, None) => write!(out, "'{name}' is annotated as {ty}"),
                }
            }
            Origin::Global(name) if operand.ty == Ty::Object => {
                let name = self.text(name);
                write!(out, "'{name}' is a global, which is an object; cast it, as in int({name})")
            }
            Origin::Attribute(name) if operand.ty == Ty::Object => {
                let name = self.text(name);
                write!(out, "attribute '{name}' is an object; cast it, as in int(x.{name})")
            }
            Origin::Call(name) if operand.ty == Ty::Object => {
                let name = self.text(name);
                write!(out, "{name}() gives an object; cast it, as in int({name}(...))")
            }
            Origin::Item if operand.ty == Ty::Object => {
                write!(out, "an item of an object is an object; cast it, or read it by a pointer such as ptr8")
            }
            Origin::Other | Origin::Global(_) | Origin::Attribute(_) | Origin::Call(_) | Origin::Item => Ok(()),
        };
    }
}
