//! The file-driven tests: one Python file with its expected output beside it is a case, run in several modes.
//!
//! [`case`] reads the files and what their headers ask for, [`program`] builds and starts the interpreter,
//! [`diff`] shows where two outputs part, [`bless`] records expected output, and [`memory`] fails one allocation
//! after another. The harness in `main.rs` puts them together.

pub mod bless;
pub mod case;
pub mod diff;
pub mod emitter;
pub mod machine;
pub mod memory;
pub mod program;
