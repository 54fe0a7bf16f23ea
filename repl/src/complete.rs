//! Completion: names that what was typed may become.

use vm::Vm;
use vm::mem::Vec;
use vm::modules::{self, builtins};
use vm::run::import_name;
use vm::types::{list, str};
use vm::value::{Gc, GcVec, Obj, Res};

use crate::console::write;

/// What came of it.
pub enum Found {
    /// No name fits.
    Nothing,
    /// This is missing of the name, or of the start that all names that fit have.
    More(Vec<u8>),
    /// There is more than one; they were shown.
    Listed,
}

/// Words that begin or join statements.
const KEYWORDS: &[&str] = &[
    "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue", "def", "del",
    "elif", "else", "except", "finally", "for", "from", "global", "if", "import ", "in", "is", "lambda", "nonlocal",
    "not", "or", "pass", "raise", "return", "try", "while", "with", "yield",
];

/// A name takes one or more of these columns, and a line has so many.
const COLUMN: usize = 16;
const LINE: usize = 4 * COLUMN;

/// Completes what is before the cursor. What goes wrong on the way, in a property for one, completes nothing.
pub fn complete(vm: &mut Vm, before: &str) -> Found {
    match find(vm, before) {
        Ok(found) => found,
        Err(raise) => {
            vm.take_exception(raise);
            Found::Nothing
        }
    }
}

fn find(vm: &mut Vm, before: &str) -> Res<Found> {
    let is_part = |char: char| char.is_alphanumeric() || char == '_' || char == '.';
    let start = before.trim_end_matches(is_part).len();
    let (rest, word) = before.split_at_checked(start).unwrap_or((before, ""));
    if word.is_empty() && rest.trim_start_matches(' ').is_empty() {
        return more(vm, "    ");
    }
    let mut names = Names { part: word, found: GcVec::new() };
    let head = rest.trim();
    match word.rsplit_once('.') {
        _ if matches!(head, "import" | "from") => names.add_modules(vm)?,
        Some((path, part)) => {
            names.part = part;
            if let Some(obj) = walk(vm, path)? {
                names.add_attributes(vm, obj)?;
            }
        }
        None => match head.strip_prefix("from ").and_then(|head| head.strip_suffix(" import")) {
            Some(module) => {
                if let Some(module) = loaded(vm, module.trim()) {
                    names.add_attributes(vm, module)?;
                }
            }
            None => names.add_all(vm)?,
        },
    }
    names.show(vm)
}

fn more(vm: &mut Vm, text: &str) -> Res<Found> {
    match Vec::from_slice(text.as_bytes()) {
        Ok(text) => Ok(Found::More(text)),
        Err(_) => Err(vm.memory_error()),
    }
}

/// The object that names joined by dots lead to.
fn walk(vm: &mut Vm, path: &str) -> Res<Option<Obj>> {
    let mut parts = path.split('.');
    let Some(mut obj) = root(vm, parts.next().unwrap_or(""))? else { return Ok(None) };
    for part in parts {
        let Some(name) = vm.pool.find(part) else { return Ok(None) };
        obj = match vm.find_attr(obj, name)?.non_null() {
            Some(obj) => obj,
            None => return Ok(None),
        };
    }
    Ok(Some(obj))
}

/// The object of a global or built-in name.
fn root(vm: &mut Vm, name: &str) -> Res<Option<Obj>> {
    let Some(name) = vm.pool.find(name) else { return Ok(None) };
    let own = vm.main_globals.map.get_name(vm, name);
    if !own.is_null() {
        return Ok(Some(own));
    }
    let builtins = import_name(vm, vm::q!("builtins"), Obj::NONE, Obj::small_wrapping(0))?;
    Ok(vm.find_attr(builtins, name)?.non_null())
}

/// A module that was imported.
fn loaded(vm: &Vm, name: &str) -> Option<Obj> {
    let name = vm.pool.find(name)?;
    vm::types::dict::map(vm.modules)?.get_name(vm, name).non_null()
}

/// Names that fit.
struct Names<'a> {
    /// What they begin with.
    part: &'a str,
    found: GcVec<Obj>,
}

impl Names<'_> {
    fn add(&mut self, vm: &mut Vm, name: Obj) -> Res<()> {
        let Some(text) = str::text_of(vm, name) else { return Ok(()) };
        let shown = !text.starts_with('_') || self.part.starts_with('_');
        if !shown || !text.starts_with(self.part) {
            return Ok(());
        }
        let known = self.found.slice().iter().any(|other| str::text_of(vm, *other) == Some(text));
        if known { Ok(()) } else { self.found.push(vm, name) }
    }

    fn add_text(&mut self, vm: &mut Vm, text: &str) -> Res<()> {
        if !text.starts_with(self.part) {
            return Ok(());
        }
        let name = str::new(vm, text)?;
        self.add(vm, name)
    }

    fn add_attributes(&mut self, vm: &mut Vm, obj: Obj) -> Res<()> {
        let names = builtins::plain_dir(vm, obj)?;
        let Some(names) = Gc::<list::List>::from_obj(names) else { return Ok(()) };
        let mut at = 0;
        while let Some(name) = names.items.get(at) {
            self.add(vm, name)?;
            at += 1;
        }
        Ok(())
    }

    fn add_modules(&mut self, vm: &mut Vm) -> Res<()> {
        for (name, _) in modules::ALL {
            self.add(vm, Obj::name(*name))?;
        }
        Ok(())
    }

    /// Globals, built-in names, keywords.
    fn add_all(&mut self, vm: &mut Vm) -> Res<()> {
        let main = vm.main;
        self.add_attributes(vm, main)?;
        if self.part.is_empty() {
            return Ok(());
        }
        for row in builtins::TABLE {
            self.add(vm, Obj::name(row.name))?;
        }
        for word in KEYWORDS {
            self.add_text(vm, word)?;
        }
        Ok(())
    }

    /// What all have in common, if that is more than was typed; else shows them.
    fn show(&self, vm: &mut Vm) -> Res<Found> {
        let found = self.found.slice();
        let mut common: Option<&str> = None;
        for name in found {
            let text = str::text_of(vm, *name).unwrap_or("");
            common = Some(common.map_or(text, |common| shared(common, text)));
        }
        let Some(common) = common else { return Ok(Found::Nothing) };
        let rest = common.get(self.part.len()..).unwrap_or("");
        if !rest.is_empty() {
            return more(vm, rest);
        }
        if found.len() == 1 {
            return Ok(Found::Nothing);
        }
        self.list(vm);
        Ok(Found::Listed)
    }

    fn list(&self, vm: &mut Vm) {
        let mut at = 0;
        write(vm, b"\r\n");
        for name in self.found.slice() {
            let Some(text) = str::text_of(vm, *name) else { continue };
            let gap = if at == 0 { 0 } else { COLUMN - at % COLUMN };
            if at > 0 && at + gap + text.len() > LINE {
                write(vm, b"\r\n");
                at = 0;
            } else {
                at += gap;
                (0..gap).for_each(|_| write(vm, b" "));
            }
            write(vm, text.as_bytes());
            at += text.len();
        }
        write(vm, b"\r\n");
    }
}

/// The start that two texts share.
fn shared<'a>(a: &'a str, b: &str) -> &'a str {
    let same = a.char_indices().zip(b.chars()).find(|((_, a), b)| a != b);
    let end = match same {
        Some(((at, _), _)) => at,
        None => a.len().min(b.len()),
    };
    a.get(..end).unwrap_or("")
}
