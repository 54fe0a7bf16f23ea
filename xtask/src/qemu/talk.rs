//! Talking to the firmware over its serial line: as a person does, and with MicroPython's own tool, `mpremote`.

use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use crate::firmware::Board;
use crate::{Done, command, setup, write};

/// How long an answer may take, and a command of the tool.
const ANSWER: Duration = Duration::from_secs(60);
const COMMAND: Duration = Duration::from_secs(120);

/// A running machine with its serial line.
struct Line {
    qemu: Child,
    to: Option<ChildStdin>,
    from: Receiver<Vec<u8>>,
    /// What came and was not waited for yet.
    seen: Vec<u8>,
}

impl Line {
    fn start(board: &Board, image: &Path, serial: &str) -> Result<Line, String> {
        let mut qemu = Command::new("qemu-system-arm");
        qemu.args(["-M", &board.name, "-display", "none", "-monitor", "none", "-serial", serial, "-semihosting"]);
        qemu.arg("-kernel").arg(image).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::inherit());
        let mut qemu = qemu.spawn().map_err(|e| format!("qemu-system-arm: {e}"))?;
        let (send, from) = channel();
        let to = qemu.stdin.take();
        let mut out = qemu.stdout.take().ok_or("qemu has no output")?;
        std::thread::spawn(move || {
            let mut piece = [0; 4096];
            while let Ok(count @ 1..) = out.read(&mut piece) {
                if send.send(piece[..count].to_vec()).is_err() {
                    break;
                }
            }
        });
        Ok(Line { qemu, to, from, seen: Vec::new() })
    }

    fn send(&mut self, bytes: &[u8]) -> Done {
        let to = self.to.as_mut().ok_or("qemu has no input")?;
        to.write_all(bytes).and_then(|()| to.flush()).map_err(|e| format!("qemu: {e}"))
    }

    /// Waits until `text` comes, and gives what came before it.
    fn until(&mut self, text: &str) -> Result<String, String> {
        loop {
            let at = self.seen.windows(text.len()).position(|window| window == text.as_bytes());
            if let Some(at) = at {
                let before = String::from_utf8_lossy(&self.seen[..at]).into_owned();
                self.seen.drain(..at + text.len());
                return Ok(before);
            }
            match self.from.recv_timeout(ANSWER) {
                Ok(more) => self.seen.extend_from_slice(&more),
                Err(_) => return Err(format!("{text:?} did not come after {:?}", String::from_utf8_lossy(&self.seen))),
            }
        }
    }

    /// Sends, and waits for each of these in turn.
    fn ask(&mut self, bytes: &str, answers: &[&str]) -> Done {
        self.send(bytes.as_bytes())?;
        for answer in answers {
            self.until(answer).map_err(|error| format!("after {bytes:?}: {error}"))?;
        }
        Ok(())
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.qemu.kill();
        let _ = self.qemu.wait();
    }
}

/// What is sent, and what comes back, in order.
const SESSION: &[(&str, &[&str])] = &[
    ("", &["Type \"help()\" for more information.\r\n>>> "]),
    ("1 + 1\r", &["\r\n2\r\n>>> "]),
    ("impo\tos\r", &["import os\r\n>>> "]),
    ("os.listd\t('/')\r", &["os.listdir('/')\r\n[]\r\n>>> "]),
    // Ctrl-C ends a loop.
    ("while True: pass\r\r", &["... \r\n"]),
    ("\x03", &["KeyboardInterrupt", ">>> "]),
    // Files stay over a soft reset; main.py is run then, for people.
    ("\x05f = open('main.py', 'w')\rf.write(\"print('main', 6 * 7)\")\rf.close()\r\x04", &["=== \r\n>>> "]),
    ("\x04", &["MPY: soft reboot\r\nmain 42\r\n", "\r\n>>> "]),
    ("\x01", &["raw REPL; CTRL-B to exit\r\n>"]),
    ("print(3)\x04", &["OK3\r\n\x04\x04>"]),
    ("\x05A\x01print(4)\x04", &["R\x01", "\x044\r\n\x04\x04>"]),
    ("while 1: pass\x04", &["OK"]),
    ("\x03", &["\x04Traceback", "KeyboardInterrupt\r\n\x04>"]),
    ("\x04", &["OK\r\nMPY: soft reboot\r\nraw REPL; CTRL-B to exit\r\n>"]),
    ("\x02", &[">>> "]),
    // A main.py that does not end can be interrupted.
    ("f = open('main.py', 'w'); f.write('while 1: pass'); f.close()\r", &["\r\n>>> "]),
    ("\x04", &["MPY: soft reboot\r\n"]),
    ("\x03", &["KeyboardInterrupt\r\n", ">>> "]),
    ("import os; os.remove('main.py'); os.listdir()\r", &["\r\n[]\r\n>>> "]),
    ("raise SystemExit\r", &["MPY: soft reboot\r\n", ">>> "]),
    // A main.py that crashes the board is left out after the third time.
    ("f = open('main.py', 'w'); f.write('import machine; machine.mem32[0xF0000000] = 1'); f.close()\r", &[">>> "]),
    ("\x04", &["fault at ", "fault at ", "fault at ", "safe mode", ">>> "]),
    ("os = __import__('os'); os.listdir()\r", &["\r\n['main.py']\r\n>>> "]),
    ("os.remove('main.py'); import machine; machine.reset()\r", &["MicroPython", ">>> "]),
];

/// A session of a person.
pub fn person(board: &Board, image: &Path) -> Done {
    let mut line = Line::start(board, image, "stdio")?;
    SESSION.iter().try_for_each(|(sent, answers)| line.ask(sent, answers))?;
    println!("pass  a session at the prompt");
    Ok(())
}

/// What the tool is told, and what it answers.
const COMMANDS: &[(&[&str], &str)] = &[
    (&["exec", "print(1 + 2)"], "3\n"),
    (&["eval", "3 * 4"], "12\n"),
    (&["run", "HERE/hello.py"], "hello\n"),
    (&["fs", "mkdir", "lib"], "mkdir :lib\n"),
    (&["fs", "cp", "HERE/hello.py", ":lib/hi.py"], "cp HERE/hello.py :lib/hi.py\n"),
    (&["fs", "ls", "lib"], "ls :lib\n          15 hi.py\n"),
    (&["fs", "cat", ":lib/hi.py"], "print('hello')\n"),
    (&["exec", "import hi"], "hello\n"),
    (&["fs", "cp", ":lib/hi.py", "HERE/back.py"], "cp :lib/hi.py HERE/back.py\n"),
    (&["run", "HERE/back.py"], "hello\n"),
    (&["soft-reset"], ""),
    (&["fs", "tree"], "tree :\n:/\n\u{2514}\u{2500}\u{2500} lib\n    \u{2514}\u{2500}\u{2500} hi.py\n"),
    (&["mount", "HERE", "exec", "import hello, os; print(os.getcwd())"], "hello\n/remote\n"),
    (&["mip", "install", "--index", "HERE/index", "greeting"], "Done"),
    (&["exec", "import greeting; print(greeting.text)"], "good day\n"),
    (&["fs", "rm", "-r", ":lib"], "rm :lib\n"),
    (&["fs", "cat", "missing"], "mpremote: cat: missing: No such file or directory."),
];

/// `mpremote` on the serial line.
pub fn tool(board: &Board, image: &Path) -> Done {
    let folder = Folder(std::env::temp_dir().join(format!("pyrite-talk-{}", std::process::id())));
    write(&folder.0.join("hello.py"), "print('hello')\n")?;
    // An index as mip knows it: one package of one file.
    let package = r#"{"v": 1, "version": "1.0", "deps": [], "hashes": [["greeting.py", "ab12cd34"]]}"#;
    for kind in ["6", "py"] {
        write(&folder.0.join("index/package").join(kind).join("greeting/latest.json"), package)?;
    }
    write(&folder.0.join("index/file/ab/ab12cd34"), "text = 'good day'\n")?;

    let mut line = Line::start(board, image, "pty")?;
    line.until("redirected to ")?;
    let device = line.until(" ")?;
    let here = folder.0.display().to_string();
    for (words, expected) in COMMANDS {
        let words: Vec<String> = words.iter().map(|word| word.replace("HERE", &here)).collect();
        let mut tool = setup::mpremote()?;
        tool.args(["connect", &device, "resume"]).args(&words);
        let caught = command::catch(&mut tool, COMMAND)?;
        let expected = expected.replace("HERE", &here);
        let text = caught.text().replace('\r', "");
        if !text.contains(&expected) {
            return Err(format!("mpremote {}: {:?}\n{text}", words.join(" "), caught.end));
        }
    }
    repl(&device)?;
    println!("pass  mpremote, {} commands", COMMANDS.len() + 1);
    Ok(())
}

/// `mpremote repl` wants a terminal; `script` is one.
fn repl(device: &str) -> Done {
    let tool = setup::mpremote()?;
    let words = command::line(&tool) + &format!(" connect {device} resume repl");
    let mut script = Command::new("script");
    script.args(["-q", "-e", "-c", &words, "/dev/null"]).envs(tool.get_envs().filter_map(|(k, v)| Some((k, v?))));
    let mut child = script.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().map_err(|e| format!("script: {e}"))?;
    let mut to = child.stdin.take().ok_or("no input")?;
    let sender = std::thread::spawn(move || {
        // A person takes some time. Ctrl-] leaves.
        for keys in [&b"\r"[..], b"print(20 + 22)\r", b"\x1d"] {
            std::thread::sleep(Duration::from_secs(2));
            let _ = to.write_all(keys).and_then(|()| to.flush());
        }
        std::thread::sleep(Duration::from_secs(2));
    });
    let output = child.wait_with_output().map_err(|e| format!("script: {e}"))?;
    let _ = sender.join();
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    match text.contains("print(20 + 22)\r\n42\r\n>>> ") {
        true => Ok(()),
        false => Err(format!("mpremote repl shows\n{text}")),
    }
}

/// A folder that goes away with its content.
struct Folder(PathBuf);

impl Drop for Folder {
    fn drop(&mut self) {
        // It is in the folder of temporary files, which the system empties too.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
