//! What inputs are given to. A target that returns has passed.

use std::time::Duration;

use tests::machine::{Input, Memory, Shortage};
use vm::compile::{Options, compile};
use vm::mpy;
use vm::qstr::Pool;
use vm::rom::{Found, Image};
use vm::syntax::{self, Mode};
use vm::text::lexer::Lexer;
use vm::text::source::Source;
use vm::text::token;

use crate::dice::Dice;
use crate::mutate;

/// What its inputs are.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Python.
    Program,
    /// A module file, made of a program of the corpus.
    Module,
    /// An image of ROMFS with programs of the corpus in it.
    Image,
    /// Any bytes.
    Bytes,
}

/// A target.
pub struct Target {
    /// Its name on the command line.
    pub name: &'static str,
    /// What it takes.
    pub kind: Kind,
    /// What it does.
    pub run: fn(&mut State, &[u8]),
}

/// All of them.
pub static TARGETS: &[Target] = &[
    Target { name: "lexer", kind: Kind::Program, run: lexer },
    Target { name: "compile", kind: Kind::Program, run: compiler },
    Target { name: "romfs", kind: Kind::Image, run: romfs },
    Target { name: "mpy", kind: Kind::Module, run: crate::mpy::run },
    Target { name: "run", kind: Kind::Program, run },
    Target { name: "thumb", kind: Kind::Bytes, run: thumb },
    Target { name: "xtensa", kind: Kind::Bytes, run: xtensa },
    #[cfg(feature = "cranelift")]
    Target { name: "ir_diff", kind: Kind::Bytes, run: crate::ir_diff::run },
];

/// What is kept from input to input.
#[derive(Default)]
pub struct State {
    pub(crate) memory: Memory,
    /// Inputs that were let in, where not all are.
    pub(crate) accepted: u64,
    #[cfg(feature = "cranelift")]
    pub(crate) back_end: crate::ir_diff::BackEnd,
    #[cfg(feature = "cranelift")]
    emitter: Option<(HostEmitter, usize)>,
}

#[cfg(feature = "cranelift")]
type HostEmitter = emitters::entry::NativeEmitter<emitters::cranelift::Cranelift, emitters::exec::CodeArena>;

#[cfg(feature = "cranelift")]
impl State {
    /// What makes machine code; a new one from time to time.
    pub(crate) fn emitter(&mut self) -> &mut HostEmitter {
        use emitters::{cranelift::Cranelift, entry::NativeEmitter, exec::CodeArena};
        let (emitter, left) =
            self.emitter.get_or_insert_with(|| (NativeEmitter::new(Cranelift::new(), CodeArena::new()), 1000));
        if *left == 0 {
            (*emitter, *left) = (NativeEmitter::new(Cranelift::new(), CodeArena::new()), 1000);
        }
        *left -= 1;
        emitter
    }
}

impl Target {
    /// The inputs to begin with, from the texts of the corpus.
    pub fn seeds(&self, texts: Vec<Vec<u8>>) -> Vec<Vec<u8>> {
        match self.kind {
            Kind::Program => texts,
            Kind::Image => texts.chunks(4).map(image).collect(),
            Kind::Module => texts
                .into_iter()
                .filter_map(|text| if text.starts_with(b"M\x06") { Some(text) } else { module(&text) })
                .collect(),
            Kind::Bytes => vec![vec![0; 64]],
        }
    }

    /// A new input.
    pub fn mutate(&self, dice: &mut Dice, one: &[u8], other: &[u8]) -> Vec<u8> {
        match self.kind {
            Kind::Program => mutate::program(dice, one, other),
            Kind::Image => mutate::bytes(dice, one, other),
            Kind::Module => crate::mpy::mutated(dice, one, other),
            Kind::Bytes => (0..64).map(|_| dice.word() as u8).collect(),
        }
    }
}

fn module(text: &[u8]) -> Option<Vec<u8>> {
    let mut pool = Pool::new();
    let module = compile(text, "a.py", &mut pool, &Options::FILE).ok()?;
    mpy::write::write(&module, &pool).ok().map(|bytes| bytes.to_vec())
}

/// Two files beside each other, the others in directories.
fn image(texts: &[Vec<u8>]) -> Vec<u8> {
    use vm::rom::write;
    let mut records = Vec::new();
    for (at, text) in texts.iter().enumerate() {
        // Short files, so that what is between them is hit.
        let text = text.get(..text.len().min(40)).unwrap_or(&[]);
        let mut file = Vec::new();
        let Ok(()) = write::file("f.py", text, &mut appended(&mut file));
        if at > 1 {
            let Ok(()) = write::directory("d", &std::mem::take(&mut file), &mut appended(&mut records));
        }
        records.extend(file);
    }
    let mut image = Vec::new();
    let Ok(()) = write::image(&records, &mut appended(&mut image));
    image
}

fn appended(to: &mut Vec<u8>) -> impl FnMut(&[u8]) -> Result<(), std::convert::Infallible> + '_ {
    |piece| {
        to.extend_from_slice(piece);
        Ok(())
    }
}

fn romfs(_: &mut State, input: &[u8]) {
    let Some(image) = Image::open(input) else { return };
    let mut waiting = vec![image.find(b"")];
    waiting.extend([&b"f.py"[..], b"d", b"d/f.py", b"d/d/f.py", b"\x00/"].map(|path| image.find(path)));
    // Directories are inside each other, so there are fewer entries in all than pairs of bytes.
    for _ in 0..input.len() * 7 + 16 {
        match waiting.pop() {
            Some(Found::Directory(inside)) => {
                for entry in image.walk(inside.clone()) {
                    assert!(input.get(entry.name).is_some());
                    waiting.push(entry.found);
                }
            }
            Some(Found::File(content)) => assert!(input.get(content).is_some()),
            Some(Found::Missing | Found::Corrupt) => {}
            None => return,
        }
    }
    panic!("the image has more in it than bytes");
}

fn lexer(_: &mut State, input: &[u8]) {
    let Ok(source) = Source::new(input) else { return };
    let _ = syntax::is_incomplete(source.text());
    let mut lexer = Lexer::new(source);
    // A token is at least a byte, but for the ends of lines and blocks.
    for _ in 0..input.len() * 3 + 16 {
        match lexer.read() {
            Ok(token) if token.kind == token::Kind::End => return,
            Ok(token) => {
                assert!(token.span.start <= token.span.end && token.span.end as usize <= input.len(), "{token:?}")
            }
            Err(_) => return,
        }
    }
    panic!("the lexer does not end");
}

fn compiler(_: &mut State, input: &[u8]) {
    for mode in [Mode::File, Mode::Single, Mode::Eval] {
        let mut pool = Pool::new();
        let options = Options { mode, optimise: (input.len() % 4) as u8, ..Options::FILE };
        let Ok(module) = compile(input, "a.py", &mut pool, &options) else { continue };
        // What we write we can read.
        if let Ok(bytes) = mpy::write::write(&module, &pool) {
            let again = mpy::read::read(&bytes, mpy::read::SMALL_INT_BITS, &mut pool);
            assert!(again.is_ok(), "{:?}", again.err());
        }
    }
}

fn run(state: &mut State, input: &[u8]) {
    let stress = input.len().is_multiple_of(16);
    // Anything may come out: a mutated program may print, raise or spoil its own names.
    state.memory.run_for(Input::Text(input), Shortage::Never, Duration::from_millis(300), stress);
}

fn thumb(_: &mut State, input: &[u8]) {
    use asm_thumb::{Isa, decode, encode};
    for at in 0..input.len().saturating_sub(4) {
        let bytes = input.get(at..at + 4).unwrap_or(&[]);
        if let Some(found) = decode(bytes) {
            let code = encode(Isa::V7EMF, found.row, &found.operands).expect("what was decoded can be encoded");
            assert_eq!(Some(code.bytes()), bytes.get(..found.size()), "{found}");
        }
    }
}

fn xtensa(_: &mut State, input: &[u8]) {
    use asm_xtensa::{Isa, decode, encode};
    for at in 0..input.len().saturating_sub(4) {
        let bytes = input.get(at..at + 4).unwrap_or(&[]);
        if let Some(found) = decode(bytes) {
            let again = [Isa::Lx6, Isa::Lx106].into_iter().find_map(|isa| encode(isa, found.row, &found.operands).ok());
            let code = again.expect("what was decoded can be encoded");
            assert_eq!(Some(code.bytes()), bytes.get(..found.size()), "{found}");
        }
    }
}
