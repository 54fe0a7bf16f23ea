//! mpy-cross: pyrite-cross under the name that MicroPython's tools call.

use std::process::ExitCode;

fn main() -> ExitCode {
    ExitCode::from(pyrite_cross::main())
}
