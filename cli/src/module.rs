//! `-m`: a module or a package's `__main__`, run as `__main__`.

use vm::Vm;
use vm::qstr::Qstr;
use vm::run::{import_name, run_file};
use vm::types::{dict, exception, list::List, module, str};
use vm::value::{Gc, Obj, Res};

use crate::run::intern;

/// What a name leads to in a directory.
enum Found {
    File(String),
    Package,
}

/// Runs module `name`. Packages around it are imported first; of a package, `__main__` is run.
pub fn run_as_main(vm: &mut Vm, name: &str) -> Res {
    let (parent, last) = name.rsplit_once('.').unwrap_or(("", name));
    let places = if parent.is_empty() { paths_of(vm, vm.path) } else { package_paths(vm, parent)? };
    match look(&places, last) {
        Some(Found::File(file)) => run_main_file(vm, &file, parent),
        Some(Found::Package) => {
            let inside = package_paths(vm, name)?;
            match look(&inside, "__main__") {
                Some(Found::File(file)) => run_main_file(vm, &file, name),
                Some(Found::Package) | None => Err(missing(vm, &format!("{name}.__main__"))),
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

/// Imports a package and gives the directories of its modules.
fn package_paths(vm: &mut Vm, name: &str) -> Res<Vec<String>> {
    let name = intern(vm, name)?;
    import(vm, name)?;
    let package = dict::map(vm.modules).map_or(Obj::NULL, |modules| modules.get_name(vm, name));
    let key = intern(vm, "__path__")?;
    Ok(match module::globals(package) {
        Some(globals) => paths_of(vm, globals.map.get_name(vm, key)),
        None => Vec::new(),
    })
}

fn import(vm: &mut Vm, name: Qstr) -> Res {
    import_name(vm, name, Obj::NONE, Obj::small_wrapping(0))
}

/// The texts of a list, or the one text.
fn paths_of(vm: &Vm, places: Obj) -> Vec<String> {
    if let Some(text) = str::text_of(vm, places) {
        return vec![text.into()];
    }
    let Some(list) = Gc::<List>::from_obj(places) else { return Vec::new() };
    list.items.slice().iter().filter_map(|place| str::text_of(vm, *place).map(String::from)).collect()
}

fn look(places: &[String], name: &str) -> Option<Found> {
    places.iter().find_map(|place| {
        let path = if place.is_empty() { name.into() } else { format!("{place}/{name}") };
        if std::path::Path::new(&path).is_dir() {
            return Some(Found::Package);
        }
        let files = [format!("{path}.py"), format!("{path}.mpy")];
        files.into_iter().find(|file| std::path::Path::new(file).is_file()).map(Found::File)
    })
}

fn missing(vm: &mut Vm, name: &str) -> vm::value::Raise {
    vm.raise_new(&exception::MODULE_NOT_FOUND_ERROR, format_args!("no module named '{name}'"))
}
