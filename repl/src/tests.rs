//! Sessions on a machine whose console is a list of bytes.

use alloc::boxed::Box;
use alloc::collections::VecDeque;
use alloc::rc::Rc;
use core::cell::RefCell;
use std::string::{String, ToString};
use std::vec::Vec;

use vm::gc::Region;
use vm::port::{Errno, Port};
use vm::{Setup, Vm};

use crate::{End, Mode, Session};

const HEAP: usize = 1 << 20;

/// A console that has all its input at the start. A zero byte stands for an interrupt from below.
struct Tape {
    input: VecDeque<u8>,
    output: Rc<RefCell<Vec<u8>>>,
    interrupted: bool,
}

impl Port for Tape {
    fn platform(&self) -> &'static str {
        "test"
    }

    fn machine(&self) -> Option<&'static str> {
        Some("a tape")
    }

    fn write_out(&mut self, bytes: &[u8]) {
        for byte in bytes {
            if *byte == b'\n' {
                self.output.borrow_mut().push(b'\r');
            }
            self.output.borrow_mut().push(*byte);
        }
    }

    fn write_raw(&mut self, bytes: &[u8]) {
        self.output.borrow_mut().extend_from_slice(bytes);
    }

    fn read_in(&mut self, into: &mut [u8]) -> Result<usize, Errno> {
        match (into.first_mut(), self.input.pop_front()) {
            (_, Some(0)) => {
                self.interrupted = true;
                Err(Errno(4))
            }
            (Some(place), Some(byte)) => {
                *place = byte;
                Ok(1)
            }
            (None, _) | (_, None) => Ok(0),
        }
    }

    fn ticks_us(&self) -> u64 {
        0
    }

    fn interrupted(&mut self) -> bool {
        core::mem::take(&mut self.interrupted)
    }
}

/// What the console shows for an input, and how the session ended in which mode.
fn whole(mode: Mode, input: &[u8]) -> (String, End, Mode) {
    let top = [0u8; 64];
    below(core::hint::black_box(top.as_ptr_range().end), mode, input)
}

#[inline(never)]
fn below(top: *const u8, mode: Mode, input: &[u8]) -> (String, End, Mode) {
    let mut memory: Vec<u64> = std::vec![0; HEAP / 8];
    // SAFETY: the memory outlives the machine, which is dropped before it, and nobody else uses it.
    let region = unsafe { Region::fixed(memory.as_mut_ptr().cast(), HEAP) };
    let output = Rc::new(RefCell::new(Vec::new()));
    let port = Tape { input: input.iter().copied().collect(), output: output.clone(), interrupted: false };
    let setup = Setup {
        port: Box::new(port),
        region,
        stack_words: 1 << 12,
        machine_stack_top: top,
        machine_stack_bytes: 1 << 20,
        emitter: None,
        caches: true,
    };
    let mut vm = Vm::new(setup).expect("memory for a machine");
    let mut session = Session::new("hint");
    session.mode = mode;
    let end = session.run(&mut vm);
    drop(vm);
    let output = output.borrow();
    (String::from_utf8_lossy(&output).into_owned(), end, session.mode)
}

/// What a person sees after the banner, up to what the end of the input shows.
fn typed(input: &str) -> String {
    let (seen, _, _) = whole(Mode::Friendly, input.as_bytes());
    let body = seen.split_once("hint\r\n").expect("a banner").1.to_string();
    body.strip_suffix("\r\n").unwrap_or(&body).to_string()
}

/// What a tool sees after the greeting.
fn sent(input: &[u8]) -> String {
    let (seen, _, _) = whole(Mode::Raw, input);
    seen.strip_prefix("raw REPL; CTRL-B to exit\r\n").expect("a greeting").to_string()
}

#[test]
fn statements_are_run() {
    assert_eq!(typed("1+1\r"), ">>> 1+1\r\n2\r\n>>> ");
    assert_eq!(typed("x = 3\rx\r"), ">>> x = 3\r\n>>> x\r\n3\r\n>>> ");
    assert_eq!(typed("1\r\n2\r\n"), ">>> 1\r\n1\r\n>>> 2\r\n2\r\n>>> ");
    assert_eq!(typed("  \r"), ">>>   \r\n>>> ");
}

#[test]
fn the_banner() {
    let (seen, end, _) = whole(Mode::Friendly, b"\x04");
    assert!(seen.starts_with("MicroPython v1.29.0"), "{seen}");
    assert!(seen.contains("; a tape\r\nhint\r\n>>> "), "{seen}");
    assert_eq!(end, End::Reset);
    assert_eq!(typed("\x02").matches(">>> ").count(), 2);
}

#[test]
fn blocks() {
    assert_eq!(
        typed("if 1:\rprint(1)\r\r\r\r"),
        ">>> if 1:\r\n...     print(1)\r\n...     \r\n...     \r\n... \r\n1\r\n>>> "
    );
    // A program that pastes brings its own spaces.
    assert_eq!(
        typed("if 0:\r  print(2)\relse:\r  print(3)\r\r"),
        ">>> if 0:\r\n...     \x08\x08\x08 print(2)\r\n... else:\r\n...   print(3)\r\n... \r\n3\r\n>>> "
    );
    assert_eq!(typed("(1,\r2)\r"), ">>> (1,\r\n... 2)\r\n(1, 2)\r\n>>> ");
    assert!(typed("if 1:\rprint(5)\x032\r").ends_with("\r\n>>> 2\r\n2\r\n>>> "));
}

#[test]
fn lines_are_edited() {
    assert!(typed("12\x024\r").contains("\r\n142\r\n"));
    assert!(typed("12\x1b[D\x1b[D4\r").contains("\r\n412\r\n"));
    assert!(typed("12\x01\x043\r").contains("\r\n32\r\n"));
    assert!(typed("999\x157\r").contains("\r\n7\r\n"));
    assert!(typed("1 + 99\x178\r").contains("\r\n9\r\n"));
    assert!(typed("12\x01\x0b34\r").contains("\r\n34\r\n"));
    assert!(typed("12\x1b[1~3\x1b[4~4\r").contains("\r\n3124\r\n"));
    assert!(typed("12\x1b[H\x1b[3~\x1b[F3\r").contains("\r\n23\r\n"));
    assert!(typed("234\x1b[1;5D1\r").contains("\r\n1234\r\n"));
    assert_eq!(typed("ab\x7f\x7f5\r"), ">>> ab\x08\x1b[K\x08\x1b[K5\r\n5\r\n>>> ");
}

#[test]
fn characters_that_are_not_ascii() {
    assert!(typed("'\u{e9}x'\x02\x02\x02\x1b[3~\r").contains("\r\n'x'\r\n"));
    assert!(typed("'\u{20ac}\u{1f600}'\x02\x7f\r").contains("\r\n'\u{20ac}'\r\n"));
    // Parts of characters are dropped.
    let (seen, _, _) = whole(Mode::Friendly, b"'\xff\xc3\xe2\x82a\x80'\r");
    assert!(seen.contains("\r\n'a'\r\n"), "{seen}");
}

#[test]
fn the_history() {
    assert_eq!(typed("1\r2\r\x1b[A\x1b[A\r").rsplit("\r\n").nth(1), Some("1"));
    assert_eq!(typed("1\r2\r3\r\x10\x10\x10\x0e\r").rsplit("\r\n").nth(1), Some("2"));
    assert!(typed("1\r2\r3\r\x10\x10\x10\r").contains(">>> 3\x082\x081\r\n1\r\n"));
}

#[test]
fn names_are_completed() {
    assert!(typed("impo\tsys\r").contains(">>> import sys\r\n>>> "));
    assert!(typed("x = '123'\rx.isdi\t()\r").contains("x.isdigit()\r\nTrue\r\n"));
    assert_eq!(typed("nothing.\t\x15"), ">>> nothing.\x1b[9D\x1b[K".replace("[9D", "[8D"));
    assert!(typed("import sy\t\r").contains("import sys\r\n"));
    let class = "class A:\rone_a = 1\rone_b = 2\r_c = 3\r\r\r\r";
    assert!(typed(&(class.to_string() + "A.o\t")).ends_with("A.one_"));
    assert!(
        typed(&(class.to_string() + "A.o\t\tb\r")).contains("A.one_\r\none_a           one_b\r\n>>> A.one_b\r\n2\r\n")
    );
    assert!(typed("\tx\r").starts_with(">>>     x\r\n"));
}

#[test]
fn pastes() {
    let seen = typed("\x05def f():\r    print(1)\r\r    print(2)\rf()\x04");
    let echo = "=== def f():\r\n===     print(1)\r\n=== \r\n===     print(2)\r\n=== f()\r\n1\r\n2\r\n>>> ";
    assert!(seen.ends_with(echo), "{seen}");
    assert!(typed("\x05print(1)\x03").ends_with("=== print(1)\r\n>>> "));
}

#[test]
fn prompts_are_the_programs() {
    assert!(typed("import sys\rsys.ps1 = 'a'\rsys.ps2 = 'b'\r(1 +\r2)\r").ends_with("a(1 +\r\nb2)\r\n3\r\na"));
}

#[test]
fn ends() {
    let (_, end, mode) = whole(Mode::Friendly, b"raise SystemExit\r");
    assert!(matches!(end, End::Exit(_)));
    assert_eq!(mode, Mode::Friendly);
    let (seen, end, mode) = whole(Mode::Friendly, b"\x01raise SystemExit\x04print(1)\x04");
    assert!(seen.ends_with(">OK\x04\x04"), "{seen:?}");
    assert!(matches!(end, End::Exit(_)));
    assert_eq!(mode, Mode::Raw);
    let (seen, end, mode) = whole(Mode::Raw, b"\x02\x04");
    assert!(seen.contains("raw REPL; CTRL-B to exit\r\n>\r\nMicroPython"), "{seen}");
    assert_eq!((end, mode), (End::Reset, Mode::Friendly));
}

#[test]
fn the_raw_mode() {
    assert_eq!(sent(b"print(1)\x04"), ">OK1\r\n\x04\x04>");
    assert_eq!(sent(b"a = 5\x04a\x04print(a)\x04"), ">OK\x04\x04>OK\x04\x04>OK5\r\n\x04\x04>");
    assert_eq!(sent(b"nonsense\x03print(2)\x04"), ">OK2\r\n\x04\x04>");
    assert_eq!(sent(b"\x04"), ">OK\r\n");
    assert_eq!(sent(b"\x01"), ">raw REPL; CTRL-B to exit\r\n>");
    let failed = sent(b"1/0\x04");
    assert!(failed.starts_with(">OK\x04Traceback (most recent call last):\r\n"), "{failed}");
    assert!(failed.ends_with("ZeroDivisionError: divide by zero\r\n\x04>"), "{failed}");
    assert!(sent(b"1 1\x04").contains("SyntaxError"));
    // Tools look for this word.
    assert!(sent(b"open('x')\x04").contains("\r\nOSError: [Errno "));
}

#[test]
fn raw_paste() {
    assert_eq!(sent(b"\x05A\x01print(7)\x04"), ">R\x01\u{fffd}\0\x01\x047\r\n\x04\x04>");
    // A window of 128 bytes is told when it is used up.
    let mut program = std::vec![b'#'; 130];
    program.extend_from_slice(b"\nprint(8)\x04");
    let seen = sent(&[b"\x05A\x01", &program[..]].concat());
    assert_eq!(seen, ">R\x01\u{fffd}\0\x01\x01\x048\r\n\x04\x04>");
    assert_eq!(
        sent(b"\x05A\x01print(7)\x03print(1)\x04"),
        ">R\x01\u{fffd}\0\x01\x04\x04KeyboardInterrupt: \r\n\x04>OK1\r\n\x04\x04>"
    );
    assert_eq!(sent(b"\x05B\x01print(1)\x04"), ">R\0>OK1\r\n\x04\x04>");
}

#[test]
fn no_room_is_no_end() {
    let mut program = std::vec![b'#'; 2 << 20];
    program.extend_from_slice(b"\x04print(1)\x04");
    let seen = sent(&program);
    assert!(seen.ends_with("OK1\r\n\x04\x04>"), "{:?}", seen.chars().rev().take(99).collect::<String>());
}

#[test]
fn any_bytes_are_survived() {
    let mut state = 12345u32;
    for _ in 0..300 {
        let input: Vec<u8> = (0..200)
            .map(|_| {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                let byte = (state >> 24) as u8;
                if state & 0x300 == 0 { b"\r\t\x1b[\x05\x01A"[(byte % 7) as usize] } else { byte }
            })
            .collect();
        whole(if state & 0x400 == 0 { Mode::Raw } else { Mode::Friendly }, &input);
    }
}
