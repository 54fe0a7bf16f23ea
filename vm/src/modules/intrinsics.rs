//! Intrinsics: functions that compiled code calls by names which no program can write.
//!
//! Syntax that upstream lacks compiles to its opcodes and to calls of these, so the bytecode stays upstream's.

mod awaiting;
mod groups;
mod patterns;

pub use awaiting::{aiter, anext};

use crate::Vm;
use crate::q;
use crate::types::{async_generator, dict, exception, function, type_alias, type_param};
use crate::value::{Entry, Obj, Res, Rom, fun1, fun2, fun3, row, var};

/// The functions. They are found behind the built-in names.
pub static TABLE: &[Entry] = &[
    row(q!(".BaseException"), Rom::Type(&exception::BASE_EXCEPTION)),
    row(q!(".StopAsyncIteration"), Rom::Type(&exception::STOP_ASYNC_ITERATION)),
    row(q!(".aiter"), fun1(awaiting::async_for)),
    row(q!(".anext"), fun1(awaiting::async_next)),
    row(q!(".annotate"), fun2(annotate)),
    row(q!(".annotated"), fun2(function::annotated)),
    row(q!(".await"), fun1(awaiting::awaited)),
    row(q!(".generic"), fun2(function::generic)),
    row(q!(".type_alias"), fun3(type_alias::declared)),
    row(q!(".type_param"), var(4, 4, type_param::declared)),
    row(q!(".yielded"), fun1(async_generator::yielded)),
    row(q!(".join_raised"), fun2(groups::join_raised)),
    row(q!(".merge"), fun2(dict::merge)),
    row(q!(".match_class"), var(4, 4, patterns::class)),
    row(q!(".match_keys"), fun3(patterns::keys)),
    row(q!(".match_mapping"), fun2(patterns::mapping)),
    row(q!(".match_sequence"), var(4, 4, patterns::sequence)),
    row(q!(".take_share"), fun2(groups::take_share)),
];

/// Notes the annotation of a variable of the module or class that runs.
fn annotate(vm: &mut Vm, name: Obj, value: Obj) -> Res {
    let names = vm.names();
    let mut all = names.map.get_name(vm, q!("__annotations__"));
    if all.is_null() {
        all = dict::new(vm)?;
        names.map.set_name(vm, q!("__annotations__"), all)?;
    }
    vm.set_item(all, name, value)?;
    Ok(Obj::NONE)
}
