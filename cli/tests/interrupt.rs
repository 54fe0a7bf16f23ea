//! Ctrl-C ends a program that runs, whatever it is at.

use std::io::Read;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

/// When a program that does not end is given up.
const LIMIT: Duration = Duration::from_secs(60);

/// Runs a text, interrupts it once it has printed, and returns what it printed then and what it reported.
fn interrupted(options: &[&str], text: &str) -> (String, String) {
    // More than the program keeps back, so that its output tells us what is next.
    let text = format!("print('x' * 20000)\n{text}");
    let mut command = Command::new(env!("CARGO_BIN_EXE_pyrite"));
    command.args(options).args(["-c", &text]).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("a start");
    let mut output = child.stdout.take().expect("a pipe");
    output.read_exact(&mut [0; 20000]).expect("output");
    let id = libc::pid_t::try_from(child.id()).expect("a process id");
    // SAFETY: the process is ours and not yet waited for.
    assert_eq!(unsafe { libc::kill(id, libc::SIGINT) }, 0);
    let status = end(&mut child, &text);
    let (mut rest, mut report) = (String::new(), String::new());
    output.read_to_string(&mut rest).expect("text");
    child.stderr.take().expect("a pipe").read_to_string(&mut report).expect("text");
    assert_eq!(status.code(), Some(130), "{text}\n{report}");
    assert!(report.ends_with("KeyboardInterrupt\n"), "{text}\n{report}");
    (rest, report)
}

/// Waits for the end, but not for ever.
fn end(child: &mut Child, text: &str) -> ExitStatus {
    let start = Instant::now();
    loop {
        if let Some(status) = child.try_wait().expect("a process") {
            return status;
        }
        if start.elapsed() > LIMIT {
            child.kill().expect("a process of ours");
            panic!("goes on after Ctrl-C: {text}");
        }
        std::thread::sleep(Duration::from_millis(5));
    }
}

#[test]
fn a_loop_ends() {
    interrupted(&[], "while True: pass");
}

#[test]
fn a_loop_of_machine_code_ends() {
    let options = ["-X", "emit=native"];
    interrupted(&options, "def f():\n  i = 0\n  while True: i += 1\nf()");
    interrupted(&options, "def f():\n  for i in range(10**18): pass\nf()");
}

#[test]
fn loops_of_built_in_functions_end() {
    interrupted(&[], "sum(range(10**12))");
    interrupted(&[], "any(filter(None, map(lambda x: 0, range(10**12))))");
    interrupted(&[], "set(x % 5 for x in range(10**12))");
}

#[test]
fn a_sleep_ends() {
    interrupted(&[], "import time\ntime.sleep(1000)");
    interrupted(&[], "import time\ntime.sleep_ms(1000000)");
}

#[test]
fn a_sort_ends() {
    let text = "class Slow:\n  def __lt__(self, other):\n    for i in range(10**7): pass\n    return True\n\
                [Slow() for i in range(1000)].sort()";
    interrupted(&[], text);
    interrupted(&[], "l = list(range(1000))\nl.sort(key=lambda x: sum(range(10**9)))");
}

#[test]
fn what_must_run_on_the_way_out_does() {
    let (rest, report) = interrupted(&[], "try:\n  while True: pass\nfinally: print('cleaned')");
    assert_eq!(rest.trim(), "cleaned");
    assert!(report.starts_with("Traceback"), "{report}");
}
