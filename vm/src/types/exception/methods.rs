//! Methods of exceptions.

use crate::Vm;
use crate::q;
use crate::types::{dict, exception, list, str};
use crate::value::{Entry, Gc, Obj, Res, fun2, row};

/// The table of `BaseException`.
pub static TABLE: &[Entry] = &[row(q!("add_note"), fun2(add_note)), row(q!("with_traceback"), fun2(with_traceback))];

fn add_note(vm: &mut Vm, this: Obj, note: Obj) -> Res {
    if str::bytes_of(vm, note).is_none() {
        let ty = vm.type_name(note);
        return Err(vm.type_error(format_args!("note must be a str, not '{ty}'")));
    }
    let Some(body) = Gc::<exception::Exception>::from_obj(this) else { return Ok(Obj::NONE) };
    let attributes = exception::attributes(vm, body)?;
    let Some(map) = dict::map(attributes) else { return Ok(Obj::NONE) };
    match Gc::<list::List>::from_obj(map.get_name(vm, q!("__notes__"))) {
        Some(notes) => notes.items.push(vm, note)?,
        None => {
            let notes = list::new(vm, &[note])?;
            map.set_name(vm, q!("__notes__"), notes)?;
        }
    }
    Ok(Obj::NONE)
}

fn with_traceback(vm: &mut Vm, this: Obj, traceback: Obj) -> Res {
    if let Some(body) = Gc::<exception::Exception>::from_obj(this) {
        crate::types::traceback::set(vm, body, traceback)?;
    }
    Ok(this)
}
