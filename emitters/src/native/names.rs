//! Names that somebody looks up while the program runs: those of bodies of modules and classes, and the locals of functions
//! that ask for them.
//!
//! A function that names what looks at locals keeps them in its frame, as bytecode does, where they are found and where a
//! dead one is gone. Whoever calls it makes that frame, so it is never called directly.

use super::*;
use crate::operand::settle;
use vm::qstr::Qstr;

/// What looks at the locals of its caller: to tell them, or to find out which objects are dead.
const LOOKS: [&str; 6] = ["locals", "vars", "dir", "eval", "_getframe", "collect"];

/// Whether the locals must be where others find them.
pub(super) fn shows_locals(unit: &Unit<'_>) -> bool {
    let looks = |name: Qstr| LOOKS.contains(&unit.names.get(name));
    unit.code.ops.iter().any(|op| match op {
        Op::LoadGlobal(name) | Op::LoadAttr(name) | Op::LoadMethod(name) | Op::ImportFrom(name) => looks(*name),
        _ => false,
    })
}

/// Whether the code is the body of a module or class.
pub(super) fn is_body(code: &Code) -> bool {
    !code.flags.has(Flags::FUNCTION)
}

/// Whether nothing is done twice in it.
pub(super) fn is_straight(ops: &[Op], shape: &Shape) -> bool {
    let goes_back = |(at, op): (usize, &Op)| op.target().and_then(|label| shape.at(label)).is_some_and(|to| to < at);
    !ops.iter().enumerate().any(goes_back)
}

/// Whether the code is the module's own.
pub(super) fn is_module(unit: &Unit<'_>) -> bool {
    is_body(unit.code) && core::ptr::eq::<[Code]>(&*unit.code.children, unit.siblings)
}

impl<'a> Native<'a> {
    pub(super) fn load_name(&mut self, name: Qstr) {
        let (name, cache) = (self.b.int(i64::from(name.0)), self.cache_number());
        self.push_call(Helper::LoadName, &[self.function, name, cache]);
    }

    pub(super) fn store_name(&mut self, name: Qstr) {
        let (value, name) = (self.pop_word(), self.b.int(i64::from(name.0)));
        self.run_or(Helper::StoreName, &[name, value]);
    }

    pub(super) fn delete_name(&mut self, name: Qstr) {
        let name = self.b.int(i64::from(name.0));
        self.run_or(Helper::DeleteName, &[self.function, name]);
    }

    /// Sets a local that is in the frame.
    pub(super) fn show_local(&mut self, local: Local, v: V) {
        if let Some(locals) = self.shown {
            self.b.store(Width::Word, v, locals, -i32::from(local.0) * word::BYTES);
        }
    }

    /// All operands but floats to their homes, which are in memory: as in bytecode, they are there from one operation to the
    /// next and nowhere else.
    pub(super) fn put_home(&mut self) {
        let mut moves = Vec::new();
        for depth in 0..self.now.stack.len() {
            let Some(operand) = self.now.stack.items().get(depth).copied().filter(|operand| operand.ty != Ty::Float)
            else {
                continue;
            };
            let home = self.homes.of(&mut self.b, depth, Class::Word);
            if operand.value != Value::Reg(home) {
                let v = self.word_of(operand);
                self.b.held(moves.push((home, v)));
            }
            if let Some(operand) = self.now.stack.items_mut().get_mut(depth) {
                operand.value = Value::Reg(home);
            }
        }
        settle(&mut self.b, &moves);
    }
}
