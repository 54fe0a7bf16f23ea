//! pyrite: runs Python programs on this machine.

use std::process::ExitCode;

fn main() -> ExitCode {
    // All frames of Python code lie below this local.
    let top = [0usize; 8];
    ExitCode::from(cli::main(std::hint::black_box(top.as_ptr_range().end).cast()))
}
