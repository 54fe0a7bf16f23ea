//! Writing ROMFS images, from the inside out: records of files, directories around them, the image around all.
//!
//! The build script includes this file by its path, so it uses nothing of the crate. Each function hands pieces of bytes to
//! `out`, whose error ends it.

/// Where pieces go.
pub type Out<'a, E> = &'a mut dyn FnMut(&[u8]) -> Result<(), E>;

const MAGIC: [u8; 3] = [0xd2, 0xcd, 0x31];
const DATA: usize = 2;
const DIRECTORY: usize = 4;
const FILE: usize = 5;

/// The record of a file.
pub fn file<E>(name: &str, data: &[u8], out: Out<'_, E>) -> Result<(), E> {
    head(FILE, name, 1 + size(data.len()) + data.len(), out)?;
    number(DATA, out)?;
    number(data.len(), out)?;
    out(data)
}

/// The record of a directory that has these records in it.
pub fn directory<E>(name: &str, records: &[u8], out: Out<'_, E>) -> Result<(), E> {
    head(DIRECTORY, name, records.len(), out)?;
    out(records)
}

/// An image with these records.
pub fn image<E>(records: &[u8], out: Out<'_, E>) -> Result<(), E> {
    out(&MAGIC)?;
    if !(MAGIC.len() + size(records.len()) + records.len()).is_multiple_of(2) {
        // The size of an image is even; a number may have zeros before it.
        out(&[0x80])?;
    }
    number(records.len(), out)?;
    out(records)
}

/// What comes before the content of a file or directory.
fn head<E>(kind: usize, name: &str, content: usize, out: Out<'_, E>) -> Result<(), E> {
    number(kind, out)?;
    number(size(name.len()) + name.len() + content, out)?;
    number(name.len(), out)?;
    out(name.as_bytes())
}

/// Bytes of a number.
fn size(value: usize) -> usize {
    ((usize::BITS - value.leading_zeros()).div_ceil(7) as usize).max(1)
}

fn number<E>(value: usize, out: Out<'_, E>) -> Result<(), E> {
    for left in (0..size(value)).rev() {
        let bits = (value >> (7 * left)) as u8 & 0x7f;
        out(&[if left > 0 { bits | 0x80 } else { bits }])?;
    }
    Ok(())
}
