//! sys: the running system.

use crate::Vm;
use crate::q;
use crate::types::dict;
use crate::types::module;
use crate::value::Obj;

/// What a program put in place of `sys.stdout`; `Obj::NULL` while it is the console.
pub fn replaced_stdout(vm: &mut Vm) -> Obj {
    replaced(vm, q!("stdout"))
}

fn replaced(vm: &Vm, name: crate::qstr::Qstr) -> Obj {
    let Some(modules) = dict::map(vm.modules) else { return Obj::NULL };
    let sys = modules.get_name(vm, q!("sys"));
    module::globals(sys).map_or(Obj::NULL, |globals| globals.map.get_name(vm, name))
}
