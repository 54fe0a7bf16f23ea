//! The prompt: statements typed by a person, or sent by a program that plays one.

mod editor;

use vm::Vm;
use vm::run::run_source;
use vm::syntax::{Mode, is_incomplete};
use vm::types::str;

use crate::host::interrupt;
use crate::run::{End, ended, intern};
use editor::{Editor, Typed};

const HINT: &str = "Use Ctrl-D to exit";

/// Prompts until Ctrl-D or SystemExit.
pub fn run(vm: &mut Vm) -> End {
    vm.port.write_out(format!("{}{HINT}\n", crate::banner()).as_bytes());
    let mut editor = Editor::new();
    loop {
        editor.know(vm);
        match block(vm, &mut editor) {
            Typed::Text(text) => {
                // What was pressed while nothing ran is of no concern.
                interrupt::take();
                if let End::Exit(status) = execute(vm, &text) {
                    break End::Exit(status);
                }
            }
            Typed::Interrupt => {}
            Typed::End => break End::Over(0),
        }
    }
}

/// Reads lines until they make a whole.
fn block(vm: &mut Vm, editor: &mut Editor) -> Typed {
    let first = prompt(vm, "ps1", ">>> ");
    let mut text = match editor.line(vm, &first, "") {
        Typed::Text(text) => text,
        other @ (Typed::Interrupt | Typed::End) => return other,
    };
    while is_incomplete(&text) {
        let next = prompt(vm, "ps2", "... ");
        match editor.line(vm, &next, &next_indent(&text)) {
            Typed::Text(line) => {
                text.push('\n');
                // A line of nothing but the indent we offered ends the block.
                text.push_str(if line.trim().is_empty() { "" } else { &line });
            }
            Typed::Interrupt => return Typed::Interrupt,
            Typed::End => break,
        }
    }
    editor.remember(&text);
    Typed::Text(text)
}

/// Spaces to offer for the line after `text`.
fn next_indent(text: &str) -> String {
    let last = text.lines().last().unwrap_or("");
    let spaces = last.len() - last.trim_start_matches(' ').len();
    let more = if last.trim_end().ends_with(':') { 4 } else { 0 };
    " ".repeat(spaces + more)
}

fn execute(vm: &mut Vm, text: &str) -> End {
    if text.trim().is_empty() {
        return End::Over(0);
    }
    let globals = vm.main_globals;
    let result = intern(vm, "<stdin>").and_then(|name| run_source(vm, text.as_bytes(), name, Mode::Single, globals));
    let end = ended(vm, result);
    vm.port.flush();
    end
}

/// `sys.ps1` or `sys.ps2`, which programs may set.
fn prompt(vm: &Vm, name: &str, default: &str) -> String {
    let found = (|| {
        let sys = vm.pool.find("sys")?;
        let name = vm.pool.find(name)?;
        let modules = vm::types::dict::map(vm.modules)?;
        let globals = vm::types::module::globals(modules.get_name(vm, sys))?;
        str::text_of(vm, globals.map.get_name(vm, name)).map(String::from)
    })();
    found.unwrap_or_else(|| default.into())
}

#[cfg(test)]
mod tests {
    use super::next_indent;

    #[test]
    fn indents() {
        for (text, spaces) in [("if x:", 4), ("if x:\n    y", 4), ("def f():\n    if x:", 8), ("(1,", 0)] {
            assert_eq!(next_indent(text).len(), spaces, "{text}");
        }
    }
}
