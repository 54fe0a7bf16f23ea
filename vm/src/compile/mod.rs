//! The compiler: a tree to `Code`.
//!
//! tree → `lower*` (names noted in `scope`) → `Op` list → `encode` → bytes of a `.mpy` function. `decode` goes back.

pub mod code;
pub mod emitter;
pub mod facts;
pub mod op;
