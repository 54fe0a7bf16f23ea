//! Running: the machine, its frames, the loop.

#[cfg(feature = "trace")]
pub mod again;
mod attr_cache;
mod attrs;
pub mod cache;
mod call;
mod call_error;
pub mod code;
mod contents;
#[cfg(feature = "diagnostics")]
pub mod diagnose;
pub mod dispatch;
pub mod fast;
mod find;
pub mod frame;
pub mod helpers;
mod image;
mod import;
pub mod layout;
mod load;
pub mod mounts;
pub mod native;
pub mod poll;
#[cfg(feature = "trace")]
pub mod sample;
mod schedule;
mod stack;
#[cfg(feature = "diagnostics")]
pub mod suggest;
#[cfg(test)]
mod tests;
#[cfg(feature = "threads")]
pub mod thread;
#[cfg(feature = "trace")]
pub mod trace;
pub mod traceback;
mod vm;

pub use attrs::{builtins_changed, load_attr, load_global, load_method, load_name, store_attr, store_name};
pub use call::{Started, call_function, call_spread, fill, makes_generator, run_class_body, start};
pub use code::with_globals;
pub use contents::read_file;
pub use find::{Path, find_in};
pub use image::{Image, load_image, run_image};
pub use import::{import_all, import_from, import_name, import_relative};
pub use load::{compile_source, load, run_file, run_module, run_source, run_source_in};
pub use mounts::{mount_port, mount_rom};
pub use schedule::{schedule, tell};
pub use traceback::{print_exception, report};
pub use vm::{Setup, Vm};
