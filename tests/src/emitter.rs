//! An emitter that makes each function once, for programs that run a thousand times.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use emitters::entry::{HostEmitter, host};
use emitters::exec::Pages;
use vm::compile::emitter::{EmitError, Emitter, Keep, MachineCode, Unit};
use vm::mem;

/// Machine code by what it was made of. Clones share it.
#[derive(Clone)]
pub struct Remembering(Rc<RefCell<Inner>>);

struct Inner {
    emitter: HostEmitter,
    made: HashMap<String, MachineCode>,
}

impl Default for Remembering {
    fn default() -> Remembering {
        Remembering(Rc::new(RefCell::new(Inner { emitter: host(Pages::default()), made: HashMap::new() })))
    }
}

impl Emitter for Remembering {
    fn emit(&mut self, unit: &Unit<'_>) -> Result<MachineCode, EmitError> {
        // Names are baked into code by number, and what it holds of the machine it is handed when it is entered.
        let siblings: Vec<_> = unit.siblings.iter().map(|code| (code.name, code.kind, &code.ops)).collect();
        let key = format!("{:?} {:?} {siblings:?} {} {}", unit.code, unit.consts, unit.caches, unit.checks);
        let Inner { emitter, made } = &mut *self.0.borrow_mut();
        let known = match made.get(&key) {
            Some(known) => known,
            None => {
                let new = emitter.emit(unit)?;
                made.entry(key).or_insert(new)
            }
        };
        let mut lines = mem::Vec::new();
        for line in known.lines.iter() {
            lines.push(*line)?;
        }
        Ok(MachineCode { lines, keep: Keep::forever(), ..*known })
    }
}
