//! `--manifest`: runs a manifest.py on a machine of ours and gathers the files that it names.

use vm::gc::Region;
use vm::run::{mount_port, report, run_source};
use vm::syntax::Mode;
use vm::types::{list::List, str, tuple};
use vm::value::{Gc, Obj, Res, Sink};
use vm::{Setup, Vm};

use crate::port::Host;

/// What the manifest may call.
const API: &[u8] = include_bytes!("manifest.py");

const HEAP: usize = 32 << 20;
const STACK_WORDS: usize = 1 << 16;
/// Less than what a main thread has, and what threads of tests have.
const STACK_BYTES: usize = 1 << 20;

/// A file to be frozen.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct File {
    /// Where it is.
    pub path: String,
    /// Its name among the frozen ones.
    pub name: String,
    /// What becomes of it.
    pub kind: Kind,
    /// How far to optimise.
    pub optimise: u8,
    /// The version of its package, if that has one.
    pub version: String,
}

/// What becomes of a file.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// It is compiled.
    Compiled,
    /// It stays as it is: a text, or compiled already.
    AsIs,
}

/// The files that a manifest names. `variables` are texts like `PORT_DIR=ports/unix`.
pub fn files(path: &str, variables: &[String]) -> Result<Vec<File>, String> {
    // All frames of the machine lie below this local.
    let top = [0u8; 64];
    files_below(std::hint::black_box(top.as_ptr_range().end), path, variables)
}

#[inline(never)]
fn files_below(top: *const u8, path: &str, variables: &[String]) -> Result<Vec<File>, String> {
    let mut memory: Vec<u64> = vec![0; HEAP / 8];
    // SAFETY: the memory outlives the machine, which is dropped before it, and nobody else uses it.
    let region = unsafe { Region::fixed(memory.as_mut_ptr().cast(), HEAP) };
    let setup = Setup {
        port: Box::new(Host::new()),
        region,
        stack_words: STACK_WORDS,
        machine_stack_top: top,
        machine_stack_bytes: STACK_BYTES,
        emitter: None,
        caches: true,
    };
    let mut vm = Vm::new(setup).ok_or("no memory for a machine")?;
    let before = std::env::current_dir();
    let result = run(&mut vm, path, variables);
    if let Ok(before) = before {
        // A manifest that was left by an error has not gone back itself.
        let _ = std::env::set_current_dir(before);
    }
    result.map_err(|raise| {
        let exception = vm.take_exception(raise);
        let mut text = Text(String::new());
        // What could be said of it is said.
        let _ = report(&mut vm, &mut text, exception);
        format!("manifest {path}:\n{}", text.0)
    })
}

fn run(vm: &mut Vm, path: &str, variables: &[String]) -> Res<Vec<File>> {
    mount_port(vm)?;
    let frozen = str::new(vm, ".frozen")?;
    if let Some(places) = Gc::<List>::from_obj(vm.path) {
        places.items.push(vm, frozen)?;
    }
    let (name, function) = (intern(vm, "manifest.py")?, intern(vm, "run")?);
    let globals = vm.main_globals;
    run_source(vm, API, name, Mode::File, globals)?;
    let function = globals.map.get_name(vm, function);
    let mut args = vec![str::new(vm, path)?];
    for variable in variables {
        args.push(str::new(vm, variable)?);
    }
    let found = vm.call_pos(function, &args)?;
    let rows = Gc::<List>::from_obj(found).map_or(&[][..], |rows| rows.items.slice());
    Ok(rows.iter().filter_map(|row| file(vm, *row)).collect())
}

fn file(vm: &Vm, row: Obj) -> Option<File> {
    let [path, name, kind, optimise, version] = *tuple::items(row)? else { return None };
    let text = |obj| str::text_of(vm, obj).map(String::from);
    Some(File {
        path: text(path)?,
        name: text(name)?,
        kind: if text(kind)? == "mpy" { Kind::Compiled } else { Kind::AsIs },
        optimise: optimise.as_small().and_then(|level| u8::try_from(level).ok()).unwrap_or(0),
        version: text(version)?,
    })
}

fn intern(vm: &mut Vm, text: &str) -> Res<vm::qstr::Qstr> {
    vm.pool.intern(text).map_err(|vm::mem::NoMemory| vm.memory_error())
}

/// A sink that keeps the text.
struct Text(String);

impl Sink for Text {
    fn write(&mut self, _: &mut Vm, text: &str) -> Res<()> {
        self.0.push_str(text);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::{Kind, files};
    use std::fs;

    #[test]
    fn manifests_name_files() {
        let folder = std::env::temp_dir().join(format!("pyrite-manifest-{}", std::process::id()));
        let write = |name: &str, text: &str| {
            let path = folder.join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        };
        write(
            "manifest.py",
            "metadata(version='0.1')\ninclude('more', wide=True)\nadd_library('own', 'lib')\nrequire('dep')\n\
             package('pkg', base_path='$(SRC)', opt=3)\nfreeze_as_str('text')\n",
        );
        write(
            "more/manifest.py",
            "options.defaults(wide=False, deep=1)\nif options.wide and options.deep:\n module('one.py')\n",
        );
        write("more/one.py", "");
        write("lib/x/dep/manifest.py", "metadata(version='2')\nmodule('dep.py')\n");
        write("lib/x/dep/dep.py", "");
        write("src/pkg/__init__.py", "");
        write("src/pkg/sub/a.py", "");
        write("src/pkg/note.txt", "");
        write("text/t.py", "");
        let path = |name: &str| folder.join(name).to_string_lossy().into_owned();
        let found = files(&path("manifest.py"), &[format!("SRC={}", path("src"))]).unwrap();
        let shown: Vec<_> = found.iter().map(|file| (&*file.name, file.kind, file.optimise, &*file.version)).collect();
        assert_eq!(
            shown,
            [
                ("one.py", Kind::Compiled, 0, "0.1"),
                ("dep.py", Kind::Compiled, 0, "2"),
                ("pkg/__init__.py", Kind::Compiled, 3, "0.1"),
                ("pkg/sub/a.py", Kind::Compiled, 3, "0.1"),
                ("t.py", Kind::AsIs, 0, "0.1"),
            ]
        );
        for (text, says) in [
            ("c_module('x')", "modules in C cannot be part of Pyrite"),
            ("require('nothing')", "no package 'nothing'"),
            ("freeze('$(NOWHERE)')", "no value for the variable"),
            ("module('gone.py')", "no file "),
            ("1/0", "ZeroDivisionError"),
        ] {
            write("bad.py", text);
            let message = files(&path("bad.py"), &[]).unwrap_err();
            assert!(message.contains(says), "{message}");
        }
        fs::remove_dir_all(folder).unwrap();
    }
}
