//! `-m`: a module or a package's `__main__`, run as `__main__`.

use vm::Vm;
use vm::qstr::Qstr;
use vm::run::{find_in, import_name, run_file};
use vm::types::{dict, exception, module, str};
use vm::value::{Obj, Res};

use crate::run::intern;

/// Runs module `name`. Packages around it are imported first; of a package, `__main__` is run.
pub fn run_as_main(vm: &mut Vm, name: &str) -> Res {
    let (parent, last) = name.rsplit_once('.').unwrap_or(("", name));
    let places = if parent.is_empty() { vm.path } else { package_places(vm, parent)? };
    let last = intern(vm, last)?;
    match find_in(vm, places, last)? {
        Some(found) if found.package.is_none() => run_main_file(vm, found.text(), parent),
        Some(_) => {
            let inside = package_places(vm, name)?;
            let main = intern(vm, "__main__")?;
            match find_in(vm, inside, main)? {
                Some(found) if found.package.is_none() => run_main_file(vm, found.text(), name),
                Some(_) | None => Err(missing(vm, &format!("{name}.__main__"))),
            }
        }
        None => {
            // Not a file: a built-in module, or the error that says there is none.
            let name = intern(vm, name)?;
            import(vm, name)
        }
    }
}

fn run_main_file(vm: &mut Vm, file: &str, package: &str) -> Res {
    let globals = vm.main_globals;
    for (name, text) in [("__file__", file), ("__package__", package)] {
        let text = str::new(vm, text)?;
        let name = intern(vm, name)?;
        globals.map.set_name(vm, name, text)?;
    }
    run_file(vm, file, globals)
}

/// Imports a package and gives what says where its modules are.
fn package_places(vm: &mut Vm, name: &str) -> Res {
    let name = intern(vm, name)?;
    import(vm, name)?;
    let package = dict::map(vm.modules).map_or(Obj::NULL, |modules| modules.get_name(vm, name));
    let key = intern(vm, "__path__")?;
    Ok(module::globals(package).and_then(|globals| globals.map.get_name(vm, key).non_null()).unwrap_or(Obj::NONE))
}

fn import(vm: &mut Vm, name: Qstr) -> Res {
    import_name(vm, name, Obj::NONE, Obj::small_wrapping(0))
}

fn missing(vm: &mut Vm, name: &str) -> vm::value::Raise {
    vm.raise_new(&exception::MODULE_NOT_FOUND_ERROR, format_args!("no module named '{name}'"))
}
