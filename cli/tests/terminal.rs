//! The prompt on a terminal: editing, completion, indents.

mod program;

use std::fs::File;
use std::io::{Read, Write};
use std::os::fd::FromRawFd;
use std::process::{Child, Command, Stdio};

use program::Folder;

struct Terminal {
    child: Child,
    ours: File,
    /// Read and not yet waited for.
    seen: String,
}

impl Terminal {
    /// The program at the other end of a new terminal; its history goes to `home`.
    fn start(home: &Folder) -> Terminal {
        let (mut ours, mut theirs) = (0, 0);
        let nothing = std::ptr::null_mut();
        // SAFETY: fills the two numbers; the rest may be null.
        let opened = unsafe { libc::openpty(&mut ours, &mut theirs, nothing, nothing.cast(), nothing.cast()) };
        assert_eq!(opened, 0, "a terminal");
        // SAFETY: just opened, and nobody else's.
        let (ours, theirs) = unsafe { (File::from_raw_fd(ours), File::from_raw_fd(theirs)) };
        let side = || Stdio::from(theirs.try_clone().expect("a second handle"));
        let mut command = Command::new(env!("CARGO_BIN_EXE_pyrite"));
        command.env("HOME", home.path()).env("TERM", "xterm").env_remove("MICROPYINSPECT");
        let child = command.stdin(side()).stdout(side()).stderr(side()).spawn().expect("a start");
        Terminal { child, ours, seen: String::new() }
    }

    /// Reads until `text` comes.
    fn until(&mut self, text: &str) {
        let mut piece = [0; 1024];
        loop {
            if let Some(at) = self.seen.find(text) {
                self.seen.drain(..at + text.len());
                return;
            }
            let count = self.ours.read(&mut piece).unwrap_or(0);
            assert!(count > 0, "{text:?} did not come after {:?}", self.seen);
            self.seen.push_str(&String::from_utf8_lossy(&piece[..count]));
        }
    }

    fn send(&mut self, text: &str) {
        self.ours.write_all(text.as_bytes()).expect("room");
    }
}

#[test]
fn a_session() {
    let home = Folder::new("terminal");
    let mut terminal = Terminal::start(&home);
    terminal.until(">>> ");
    terminal.send("6 * 7\r");
    terminal.until("42\r\n");
    terminal.until(">>> ");
    // The second line gets its indent from the prompt; the empty one ends the block.
    terminal.send("def double(x):\r");
    terminal.until("...     ");
    terminal.send("return x * 2\r");
    terminal.until("...     ");
    terminal.send("\r");
    terminal.until(">>> ");
    terminal.send("doub\t(11)\r");
    terminal.until("22\r\n");
    terminal.until(">>> ");
    // Ctrl-C forgets the line.
    terminal.send("1 / 0\x03");
    terminal.until(">>> ");
    terminal.send("\x04");
    let status = terminal.child.wait().expect("an end");
    assert!(status.success());
    let history = std::fs::read_to_string(home.path() + "/.micropython.history").expect("a history");
    assert!(history.contains("double(11)"), "{history}");
    assert!(!history.contains("1 / 0"), "{history}");
}
