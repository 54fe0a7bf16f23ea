//! The raw modes, which tools speak: source text up to Ctrl-D, `OK`, its output, Ctrl-D, what it raised, Ctrl-D.
//!
//! Raw-paste mode is the same with flow control: the board says how many bytes it has room for.

use vm::Vm;
use vm::mem::{NoMemory, Vec};
use vm::syntax::Mode as Syntax;
use vm::types::exception::{self, Exception};
use vm::types::tuple;
use vm::value::{Gc, Obj, TypeRef};

use crate::console::{read, write};
use crate::run::{End, Mode, Ran, Session, listen, run as execute, tell};

const BANNER: &[u8] = b"raw REPL; CTRL-B to exit\r\n";
const PROMPT: &[u8] = b">";
/// Ends a text, in both directions.
const END: u8 = 4;
/// What ports keep of what comes in while nobody reads holds two windows.
const WINDOW: u8 = 128;

/// Takes programs until the end, or until the tool asks for the friendly mode: then the answer is nothing.
pub fn run(vm: &mut Vm, session: &mut Session) -> Option<End> {
    write(vm, BANNER);
    loop {
        write(vm, PROMPT);
        let ran = match command(vm) {
            Command::Text(text) if text.is_empty() => {
                write(vm, b"OK\r\n");
                return Some(End::Reset);
            }
            Command::Text(text) => {
                listen(vm);
                write(vm, b"OK");
                perform(vm, text)
            }
            Command::Pasted(text) => perform(vm, text),
            Command::NoMemory => {
                write(vm, b"OK");
                no_memory(vm)
            }
            Command::PasteFailed => no_memory(vm),
            Command::Cancelled => {
                write(vm, b"\x04KeyboardInterrupt: \r\n\x04");
                continue;
            }
            Command::Nothing => continue,
            Command::Again => {
                write(vm, BANNER);
                continue;
            }
            Command::Friendly => {
                write(vm, b"\r\n");
                session.mode = Mode::Friendly;
                return None;
            }
            Command::Ended => return Some(End::Reset),
        };
        if ran.is_some() {
            return ran;
        }
    }
}

/// What a tool wants.
enum Command {
    /// To run a text.
    Text(Vec<u8>),
    /// To run a text that came with flow control.
    Pasted(Vec<u8>),
    /// To run a text for which there was no room.
    NoMemory,
    /// The same, with flow control.
    PasteFailed,
    /// Not to run a text that came with flow control.
    Cancelled,
    /// Nothing that we know.
    Nothing,
    /// To hear who we are.
    Again,
    /// To leave the place to a person.
    Friendly,
    /// The input has ended.
    Ended,
}

/// Runs a text, and says how that ended.
fn perform(vm: &mut Vm, text: Vec<u8>) -> Option<End> {
    let ran = execute(vm, &text, Syntax::File);
    drop(text);
    write(vm, &[END]);
    let end = match ran {
        Ran::Done => None,
        Ran::Raised(raised) => {
            let raised = named_as_tools_know(vm, raised);
            tell(vm, raised);
            None
        }
        Ran::Exit(value) => Some(End::Exit(value)),
    };
    write(vm, &[END]);
    end
}

/// An exception as MicroPython has it: tools look for `OSError` in what is told, and do not know the classes of its numbers.
fn named_as_tools_know(vm: &mut Vm, raised: Obj) -> Obj {
    let number = exception::first_arg(raised).as_small().unwrap_or(0);
    let class = TypeRef::of(exception::of_number(number));
    let Some(body) = Gc::<Exception>::from_obj(raised).filter(|_| raised.type_of() == class) else { return raised };
    let args = tuple::items(body.args.get()).unwrap_or(&[]);
    match exception::with_args(vm, TypeRef::of(&exception::OS_ERROR), args) {
        Ok(plain) => {
            if let Some(plain) = Gc::<Exception>::from_obj(plain) {
                plain.trace.take_from(&body.trace);
            }
            plain
        }
        Err(raise) => {
            vm.take_exception(raise);
            raised
        }
    }
}

fn no_memory(vm: &mut Vm) -> Option<End> {
    write(vm, &[END]);
    write(vm, b"MemoryError: no room for the program\r\n");
    write(vm, &[END]);
    None
}

fn command(vm: &mut Vm) -> Command {
    let mut text: Vec<u8> = Vec::new();
    let mut fits = true;
    loop {
        let Some(byte) = read(vm) else { return Command::Ended };
        match byte {
            // Ctrl-E, a letter, Ctrl-A: a tool asks for another mode.
            1 => match *text {
                [5, b'A'] => return pasted(vm),
                [5, _] => {
                    write(vm, b"R\0");
                    return Command::Nothing;
                }
                _ => return Command::Again,
            },
            2 => return Command::Friendly,
            3 => {
                text.clear();
                fits = true;
            }
            4 if fits => return Command::Text(text),
            4 => return Command::NoMemory,
            _ if fits && text.push(byte).is_err() => {
                // What comes is read to its end, so that what follows is understood.
                text = Vec::new();
                fits = false;
            }
            _ => {}
        }
    }
}

/// A text with flow control: we say how large a window is, and each time when there is room for one more.
fn pasted(vm: &mut Vm) -> Command {
    write(vm, b"R\x01");
    write(vm, &[WINDOW, 0, 1]);
    let mut text = Vec::new();
    let mut left = WINDOW;
    loop {
        match read(vm) {
            None => return Command::Ended,
            Some(3) => {
                write(vm, &[END]);
                return Command::Cancelled;
            }
            Some(4) => {
                listen(vm);
                write(vm, &[END]);
                return Command::Pasted(text);
            }
            Some(byte) => {
                if let Err(NoMemory) = text.push(byte) {
                    drop(text);
                    return stopped(vm);
                }
            }
        }
        left -= 1;
        if left == 0 {
            write(vm, &[1]);
            left = WINDOW;
        }
    }
}

/// Ends a text before its end. The tool says that it has seen that.
fn stopped(vm: &mut Vm) -> Command {
    write(vm, &[END]);
    loop {
        match read(vm) {
            None => return Command::Ended,
            Some(END) => return Command::PasteFailed,
            Some(_) => {}
        }
    }
}
