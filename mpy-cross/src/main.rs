//! pyrite-cross: compiles Python to `.mpy` files.

use std::process::ExitCode;

fn main() -> ExitCode {
    ExitCode::from(pyrite_cross::main())
}
