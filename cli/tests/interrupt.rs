//! Ctrl-C ends a program that runs.

use std::io::Read;
use std::process::{Command, Stdio};

#[test]
fn a_loop_ends() {
    // More than the program keeps back, so that its output tells us that the loop is next.
    let text = "print('x' * 20000)\nwhile True: pass";
    let mut command = Command::new(env!("CARGO_BIN_EXE_pyrite"));
    let mut child = command.args(["-c", text]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("a start");
    let mut output = child.stdout.take().expect("a pipe");
    output.read_exact(&mut [0; 20000]).expect("output");
    let id = libc::pid_t::try_from(child.id()).expect("a process id");
    // SAFETY: the process is ours and not yet waited for.
    assert_eq!(unsafe { libc::kill(id, libc::SIGINT) }, 0);
    let end = child.wait_with_output().expect("an end");
    assert_eq!(end.status.code(), Some(130));
    let report = String::from_utf8_lossy(&end.stderr);
    assert!(report.ends_with("KeyboardInterrupt\n"), "{report}");
}
