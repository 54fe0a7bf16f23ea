//! What explains a fault: which operand has which type, since where, and what may mend it.

use super::Walk;
use crate::vty::{Known, Origin, Ty};
use core::fmt::{self, Write};
use vm::mem::Vec;

impl Walk<'_> {
    /// The column, and a sentence for each operand of which there is something to say.
    pub(super) fn explained(&self, operands: &[Known], out: &mut Vec<u8>) -> fmt::Result {
        let mut between = "";
        if self.column != 0 {
            write!(out, "column {}", self.column)?;
            between = ": ";
        }
        for operand in operands {
            let from = out.len();
            out.write_str(between)?;
            let start = out.len();
            self.explain(*operand, out)?;
            if out.len() == start {
                out.truncate(from);
            } else {
                between = "; ";
            }
        }
        Ok(())
    }

    fn explain(&self, operand: Known, out: &mut Vec<u8>) -> fmt::Result {
        match operand.from {
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
        }
    }
}
