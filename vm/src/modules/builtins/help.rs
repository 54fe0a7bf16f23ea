//! `help`: what an object is, and which modules there are.

use super::attributes;
use crate::Vm;
use crate::modules::ALL;
use crate::q;
use crate::qstr::Qstr;
use crate::types::list::List;
use crate::types::str;
use crate::value::{Gc, Obj, PrintKind, Res, Stdout, put};

/// Columns of the list of modules.
const COLUMNS: usize = 4;

/// `help()`, `help(obj)`, `help("modules")`
pub fn help(vm: &mut Vm, args: &[Obj]) -> Res {
    let out = &mut Stdout;
    let Some(obj) = args.first().copied() else {
        put(
            vm,
            out,
            format_args!(
                "Pyrite runs MicroPython programs.\n\nhelp(obj) tells what obj is and lists its attributes.\n"
            ),
        )?;
        return Ok(Obj::NONE);
    };
    if str::text_of(vm, obj) == Some("modules") {
        return modules(vm);
    }
    put(vm, out, format_args!("object "))?;
    vm.print(out, obj, PrintKind::Str)?;
    let ty = vm.type_name(obj);
    put(vm, out, format_args!(" is of type {ty}\n"))?;
    let names = attributes::dir(vm, &[obj])?;
    let Some(names) = Gc::<List>::from_obj(names) else { return Ok(Obj::NONE) };
    for at in 0..names.items.len() {
        let Some(name) = names.items.get(at).and_then(Obj::as_name) else { continue };
        let value = attributes::find(vm, obj, name)?;
        if value.is_null() {
            continue;
        }
        let name = vm.text_of_name(name);
        put(vm, out, format_args!("  {name} -- "))?;
        vm.print(out, value, PrintKind::Str)?;
        put(vm, out, format_args!("\n"))?;
    }
    Ok(Obj::NONE)
}

/// Lists the built-in modules as upstream does: sorted downwards, in columns.
fn modules(vm: &mut Vm) -> Res {
    let rows = names(vm).count().div_ceil(COLUMNS);
    for row in 0..rows {
        for column in 0..COLUMNS {
            let Some(name) = ranked(vm, column * rows + row) else { continue };
            let is_last = ranked(vm, (column + 1) * rows + row).is_none();
            let text = vm.text_of_name(name);
            let width = if is_last || column + 1 == COLUMNS { 0 } else { 18 };
            put(vm, &mut Stdout, format_args!("{text:width$}"))?;
        }
        put(vm, &mut Stdout, format_args!("\n"))?;
    }
    put(vm, &mut Stdout, format_args!("Plus any modules on the filesystem\n"))?;
    Ok(Obj::NONE)
}

/// Names of the built-in modules that are in no package, and of the program.
fn names(vm: &Vm) -> impl Iterator<Item = Qstr> + '_ {
    let all = ALL.iter().map(|(name, _)| *name).filter(|name| !vm.text_of_name(*name).contains('.'));
    all.chain([q!("__main__")])
}

/// The name that so many come before.
fn ranked(vm: &Vm, rank: usize) -> Option<Qstr> {
    names(vm).find(|name| names(vm).filter(|other| vm.text_of_name(*other) < vm.text_of_name(*name)).count() == rank)
}
