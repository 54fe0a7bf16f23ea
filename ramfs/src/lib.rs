//! A file system in a piece of RAM: for boards without storage, and while there is no driver of theirs.
//!
//! What is in it stays as long as the RAM does, over resets of the machine too. The first block names the disk; the
//! table behind it says of each block whether it is free, a node, or which block follows it. A node is the block of a
//! file or directory, with its name and the node of the directory that it is in; so a directory needs no list.
#![no_std]
#[cfg(test)]
extern crate std;

mod blocks;
mod files;
mod path;
#[cfg(test)]
mod tests;

pub use files::Disk;
