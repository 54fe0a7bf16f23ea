//! Built-in modules: one per file, listed in `ALL`.

pub mod errno;
