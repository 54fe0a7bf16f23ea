//! The compiler: a tree to `Code`.
//!
//! tree → `lower*` (names noted in `scope`) → `Op` list → `encode` → bytes of a `.mpy` function. `decode` goes back.

pub mod code;
pub mod decode;
pub mod emitter;
pub mod encode;
pub mod facts;
pub mod lines;
pub mod number;
pub mod op;
pub mod prelude;
pub mod tables;
