//! The prompt for people: statements over several lines, paste mode.

use vm::Vm;
use vm::mem::{NoMemory, Vec};
use vm::modules::sys;
use vm::qstr::Qstr;
use vm::syntax::{Mode as Syntax, is_incomplete};
use vm::types::str;
use vm::value::{PrintKind, Sink};

use crate::complete;
use crate::console::{Screen, read, write};
use crate::editor::{Editor, Event};
use crate::run::{End, Mode, Ran, Session, listen, run as execute, tell};

/// What came of a prompt.
enum Typed {
    /// A statement.
    Text(Vec<u8>),
    /// Ctrl-A: a tool is here.
    Raw,
    /// Ctrl-B: the banner is wanted.
    Banner,
    /// Ctrl-C.
    Interrupt,
    /// Ctrl-D, or the end of the input.
    End,
    /// Ctrl-E.
    Paste,
}

/// Prompts until the end, or until a tool asks for the raw mode: then the answer is nothing.
pub fn run(vm: &mut Vm, session: &mut Session) -> Option<End> {
    banner(vm, session);
    let mut editor = Editor::new();
    loop {
        let typed = match statement(vm, &mut editor) {
            Ok(typed) => typed,
            Err(NoMemory) => no_memory(vm),
        };
        let (text, syntax) = match typed {
            Typed::Text(text) => (text, Syntax::Single),
            Typed::Raw => {
                write(vm, b"\r\n");
                session.mode = Mode::Raw;
                return None;
            }
            Typed::Banner => {
                write(vm, b"\r\n");
                banner(vm, session);
                continue;
            }
            Typed::Interrupt => {
                write(vm, b"\r\n");
                continue;
            }
            Typed::End => {
                write(vm, b"\r\n");
                return Some(End::Reset);
            }
            Typed::Paste => match paste(vm) {
                Ok(Some(text)) => (text, Syntax::File),
                Ok(None) => continue,
                Err(NoMemory) => {
                    no_memory(vm);
                    continue;
                }
            },
        };
        if text.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        match execute(vm, &text, syntax) {
            Ran::Done => {}
            Ran::Raised(raised) => {
                // The text may be what takes the memory.
                drop(text);
                tell(vm, raised);
            }
            Ran::Exit(value) => return Some(End::Exit(value)),
        }
    }
}

/// Says that a statement has no room.
fn no_memory(vm: &mut Vm) -> Typed {
    write(vm, b"\r\nMemoryError\r\n");
    Typed::Interrupt
}

fn banner(vm: &mut Vm, session: &Session) {
    write(vm, sys::BANNER.as_bytes());
    write(vm, b"; ");
    let shown = sys::machine(vm).and_then(|machine| vm.print(&mut Raw, machine, PrintKind::Str));
    if let Err(raise) = shown {
        vm.take_exception(raise);
    }
    write(vm, b"\r\n");
    write(vm, session.hint.as_bytes());
    write(vm, b"\r\n");
}

/// A sink for what has no line ends.
struct Raw;

impl Sink for Raw {
    fn write(&mut self, vm: &mut Vm, text: &str) -> vm::value::Res<()> {
        write(vm, text.as_bytes());
        Ok(())
    }
}

/// Shows `sys.ps1` or `sys.ps2`, which programs may set.
fn prompt(vm: &mut Vm, name: Qstr, usual: &[u8]) {
    let found = sys::replaced(vm, name);
    match str::text_of(vm, found) {
        Some(text) if !found.is_null() => {
            let mut copy = Vec::new();
            // Printing may move nothing, but the text is the heap's.
            match copy.extend_from_slice(text.as_bytes()) {
                Ok(()) => write(vm, &copy),
                Err(NoMemory) => write(vm, usual),
            }
        }
        Some(_) | None => write(vm, usual),
    }
}

/// Reads lines until they make a whole.
fn statement(vm: &mut Vm, editor: &mut Editor) -> Result<Typed, NoMemory> {
    vm.interrupt_char = -1;
    prompt(vm, vm::q!("ps1"), b">>> ");
    editor.begin();
    let mut text: Vec<u8> = Vec::new();
    loop {
        match line(vm, editor, text.is_empty()) {
            Event::Whole => {}
            Event::Interrupt => return Ok(Typed::Interrupt),
            Event::Control(key) if text.is_empty() => {
                return Ok(match key {
                    1 => Typed::Raw,
                    2 => Typed::Banner,
                    5 => Typed::Paste,
                    _ => Typed::End,
                });
            }
            // Ctrl-D ends a statement.
            Event::Control(_) => return Ok(entered(vm, text)),
            Event::More | Event::Complete => return Ok(Typed::End),
        }
        text.extend_from_slice(editor.text())?;
        if !core::str::from_utf8(&text).is_ok_and(is_incomplete) {
            return Ok(entered(vm, text));
        }
        text.push(b'\n')?;
        write(vm, b"\r\n");
        prompt(vm, vm::q!("ps2"), b"... ");
        editor.go_on(&text, &mut Screen(vm));
    }
}

/// A whole statement: it runs next.
fn entered(vm: &mut Vm, text: Vec<u8>) -> Typed {
    listen(vm);
    write(vm, b"\r\n");
    Typed::Text(text)
}

/// Reads keys until something is to be done. The end of the input is Ctrl-D, and counts as one on any line.
fn line(vm: &mut Vm, editor: &mut Editor, first: bool) -> Event {
    loop {
        let Some(byte) = read(vm) else { return Event::Control(4) };
        match editor.press(byte, &mut Screen(vm)) {
            Event::More => {}
            Event::Complete => complete_line(vm, editor),
            // Only Ctrl-D means something when there is a line above.
            Event::Control(1..=3 | 5) if !first => {}
            event @ (Event::Whole | Event::Interrupt | Event::Control(_)) => return event,
        }
    }
}

fn complete_line(vm: &mut Vm, editor: &mut Editor) {
    let before = core::str::from_utf8(editor.before()).unwrap_or("");
    match complete::complete(vm, before) {
        complete::Found::Nothing => {}
        complete::Found::More(rest) => editor.insert(&rest, &mut Screen(vm)),
        complete::Found::Listed => {
            prompt(vm, vm::q!("ps1"), b">>> ");
            editor.show(&mut Screen(vm));
        }
    }
}

/// Reads text up to Ctrl-D, as it is; nothing after Ctrl-C.
fn paste(vm: &mut Vm) -> Result<Option<Vec<u8>>, NoMemory> {
    write(vm, b"\r\npaste mode; Ctrl-C to cancel, Ctrl-D to finish\r\n=== ");
    let mut text = Vec::new();
    let mut after_return = false;
    loop {
        let byte = read(vm).unwrap_or(4);
        match byte {
            3 => {
                write(vm, b"\r\n");
                return Ok(None);
            }
            4 => {
                listen(vm);
                write(vm, b"\r\n");
                return Ok(Some(text));
            }
            b'\n' if after_return => {}
            b'\r' | b'\n' => {
                write(vm, b"\r\n=== ");
                text.push(b'\n')?;
            }
            _ => {
                write(vm, &[byte]);
                text.push(byte)?;
            }
        }
        after_return = byte == b'\r';
    }
}
