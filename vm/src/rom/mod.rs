//! ROMFS images ("RM1"): finding files in them and walking their directories.
//!
//! An image is one record; records nest, and each is a kind, a length and a payload, with numbers of seven bits to the byte,
//! the highest first. Nothing here allocates, copies, or believes the image: every length is held against what is around it.

pub mod write;

use core::ops::Range;

/// Kinds of records. Others are skipped.
mod kind {
    /// Marks damage.
    pub const UNUSED: usize = 0;
    pub const DATA: usize = 2;
    /// Length and place of data elsewhere in the image.
    pub const POINTER: usize = 3;
    pub const DIRECTORY: usize = 4;
    pub const FILE: usize = 5;
    pub const IMAGE: usize = 0x14a6b1;
}

/// An image whose outermost record is whole.
#[derive(Clone, Copy)]
pub struct Image<'a> {
    bytes: &'a [u8],
    start: usize,
    end: usize,
}

/// What a path leads to. Ranges count from the first byte of the image.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Found {
    /// Nothing.
    Missing,
    /// A record that cannot be: the image is damaged.
    Corrupt,
    /// A file with this content.
    File(Range<usize>),
    /// A directory with these records.
    Directory(Range<usize>),
}

/// One entry of a directory.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Entry {
    /// Where its name is.
    pub name: Range<usize>,
    /// A file or a directory.
    pub found: Found,
}

impl<'a> Image<'a> {
    /// The image at the beginning of `bytes`; `None` if there is none, or if it ends too early.
    pub fn open(bytes: &'a [u8]) -> Option<Image<'a>> {
        if !bytes.starts_with(&[0xd2, 0xcd, 0x31]) {
            return None;
        }
        let (kind, payload) = Records { bytes, at: 0, end: bytes.len() }.next_record()?;
        if kind == kind::IMAGE { Some(Image { bytes, start: payload.start, end: payload.end }) } else { None }
    }

    /// Bytes of all records.
    pub fn len(&self) -> usize {
        self.end - self.start
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.start == self.end
    }

    /// Looks for a path, with or without a slash before it or behind it.
    pub fn find(&self, path: &[u8]) -> Found {
        let mut rest = path.strip_prefix(b"/").unwrap_or(path);
        let mut walk = self.walk(self.start..self.end);
        while !rest.is_empty() {
            let Some(step) = walk.next_entry(Some(rest)) else {
                return if walk.broken { Found::Corrupt } else { Found::Missing };
            };
            rest = rest.get(step.name.len()..).unwrap_or(&[]);
            match step.found {
                Found::Directory(inside) => {
                    rest = rest.strip_prefix(b"/").unwrap_or(rest);
                    walk = self.walk(inside);
                }
                Found::File(_) if !rest.is_empty() => return Found::Missing,
                found => return found,
            }
        }
        Found::Directory(walk.records.at..walk.records.end)
    }

    /// The entries between two places, which `find` or an entry told. It ends early where the image is damaged.
    pub fn walk(&self, inside: Range<usize>) -> Walk<'a> {
        let records = Records { bytes: self.bytes, at: inside.start, end: inside.end.min(self.end) };
        Walk { records, start: self.start, top: self.end, broken: false }
    }
}

/// Goes over the entries of a directory.
#[derive(Clone)]
pub struct Walk<'a> {
    records: Records<'a>,
    start: usize,
    top: usize,
    /// Whether it ended at something that cannot be.
    pub broken: bool,
}

impl Iterator for Walk<'_> {
    type Item = Entry;

    fn next(&mut self) -> Option<Entry> {
        self.next_entry(None)
    }
}

impl Walk<'_> {
    /// Where the rest of the directory begins.
    pub fn at(&self) -> usize {
        self.records.at
    }

    /// The next entry; with `path`, the next one that is the beginning of the path.
    fn next_entry(&mut self, path: Option<&[u8]>) -> Option<Entry> {
        while self.records.at < self.records.end {
            let Some((kind, payload)) = self.records.next_record().filter(|(kind, _)| *kind != kind::UNUSED) else {
                return self.stop();
            };
            if kind != kind::DIRECTORY && kind != kind::FILE {
                continue;
            }
            let mut inside = Records { at: payload.start, end: payload.end, ..self.records };
            let Some(name) = inside.uint().and_then(|len| inside.piece(len)) else { return self.stop() };
            let here = self.records.bytes.get(name.clone()).unwrap_or(&[]);
            if path.is_some_and(|path| !begins(path, here)) {
                continue;
            }
            let found = match kind {
                kind::DIRECTORY => Found::Directory(name.end..payload.end),
                _ => self.content(Records { at: name.end, ..inside }),
            };
            if found == Found::Corrupt && path.is_none() {
                return self.stop();
            }
            return Some(Entry { name, found });
        }
        None
    }

    fn stop(&mut self) -> Option<Entry> {
        self.broken = true;
        self.records.at = self.records.end;
        None
    }

    /// Where a file's content is: in the first record that has or names some.
    fn content(&self, mut records: Records<'_>) -> Found {
        while records.at < records.end {
            match records.next_record() {
                Some((kind::DATA, payload)) => return Found::File(payload),
                Some((kind::POINTER, payload)) => {
                    let mut numbers = Records { at: payload.start, end: payload.end, ..records };
                    let (Some(len), Some(offset)) = (numbers.uint(), numbers.uint()) else { break };
                    let start = self.start.checked_add(offset);
                    let end = start.and_then(|start| start.checked_add(len));
                    return match (start, end) {
                        (Some(start), Some(end)) if end <= self.top => Found::File(start..end),
                        _ => Found::Corrupt,
                    };
                }
                Some((kind::UNUSED, _)) | None => break,
                Some(_) => {}
            }
        }
        Found::Corrupt
    }
}

/// Whether the first part of `path` is `name`.
fn begins(path: &[u8], name: &[u8]) -> bool {
    path.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with(b"/"))
}

/// Reads records one behind the other.
#[derive(Clone, Copy)]
struct Records<'a> {
    bytes: &'a [u8],
    at: usize,
    end: usize,
}

impl Records<'_> {
    fn uint(&mut self) -> Option<usize> {
        let mut value: usize = 0;
        loop {
            let byte = *self.bytes.get(self.at).filter(|_| self.at < self.end)?;
            self.at += 1;
            // A number that does not fit is none.
            if value >> (usize::BITS - 7) != 0 {
                return None;
            }
            value = value << 7 | usize::from(byte & 0x7f);
            if byte & 0x80 == 0 {
                return Some(value);
            }
        }
    }

    /// The next `len` bytes.
    fn piece(&mut self, len: usize) -> Option<Range<usize>> {
        let end = self.at.checked_add(len).filter(|end| *end <= self.end)?;
        let piece = self.at..end;
        self.at = end;
        Some(piece)
    }

    /// The next record's kind and payload.
    fn next_record(&mut self) -> Option<(usize, Range<usize>)> {
        let (kind, len) = (self.uint()?, self.uint()?);
        Some((kind, self.piece(len)?))
    }
}

#[cfg(test)]
mod tests {
    use super::write::{directory, file, image};
    use super::{Found, Image};
    use core::convert::Infallible;
    use std::vec::Vec;

    fn made(write: impl Fn(&mut dyn FnMut(&[u8]) -> Result<(), Infallible>) -> Result<(), Infallible>) -> Vec<u8> {
        let mut all = Vec::new();
        let Ok(()) = write(&mut |piece| {
            all.extend_from_slice(piece);
            Ok(())
        });
        all
    }

    fn image_of(records: &[Vec<u8>]) -> Vec<u8> {
        made(|out| image(&records.concat(), out))
    }

    fn sample() -> Vec<u8> {
        let inner = [made(|out| file("b.txt", b"inside", out)), made(|out| file("e", b"", out))].concat();
        image_of(&[
            made(|out| file("a.txt", b"contents", out)),
            made(|out| directory("dir", &inner, out)),
            made(|out| file("dirt", &[7; 300], out)),
        ])
    }

    fn text<'a>(bytes: &'a [u8], path: &str) -> Option<&'a [u8]> {
        match Image::open(bytes)?.find(path.as_bytes()) {
            Found::File(range) => bytes.get(range),
            Found::Missing | Found::Corrupt | Found::Directory(_) => None,
        }
    }

    #[test]
    fn files_are_found_by_path() {
        let bytes = sample();
        assert_eq!(text(&bytes, "/a.txt"), Some(b"contents".as_slice()));
        assert_eq!(text(&bytes, "dir/b.txt"), Some(b"inside".as_slice()));
        assert_eq!(text(&bytes, "dir/e"), Some(b"".as_slice()));
        assert_eq!(text(&bytes, "dirt"), Some([7; 300].as_slice()));
        let image = Image::open(&bytes).unwrap();
        assert!(matches!(image.find(b""), Found::Directory(_)));
        assert!(matches!(image.find(b"/dir/"), Found::Directory(_)));
        for missing in ["di", "dir/b", "dir/b.txt/x", "a.txtx", "dir//b.txt"] {
            assert_eq!(image.find(missing.as_bytes()), Found::Missing, "{missing}");
        }
        let Found::Directory(inside) = image.find(b"dir") else { panic!() };
        let names: Vec<_> = image.walk(inside).map(|entry| bytes.get(entry.name).unwrap().to_vec()).collect();
        assert_eq!(names, [b"b.txt".to_vec(), b"e".to_vec()]);
    }

    #[test]
    fn the_bytes_are_those_of_the_format() {
        assert_eq!(image_of(&[]), [0xd2, 0xcd, 0x31, 0]);
        let one = image_of(&[made(|out| file("f", b"x", out))]);
        // A byte before the length makes the size even.
        assert_eq!(one, [0xd2, 0xcd, 0x31, 0x80, 7, 5, 5, 1, b'f', 2, 1, b'x']);
        let even = image_of(&[made(|out| file("f", b"xy", out))]);
        assert_eq!(even, [0xd2, 0xcd, 0x31, 8, 5, 6, 1, b'f', 2, 2, b'x', b'y']);
    }

    #[test]
    fn data_may_lie_elsewhere() {
        // A record of data, then a file that points into it: two bytes from offset 3.
        let body = [2, 3, b'a', b'b', b'c', 5, 6, 1, b'p', 3, 2, 2, 3];
        let mut bytes = std::vec![0xd2, 0xcd, 0x31, body.len() as u8];
        bytes.extend(body);
        assert_eq!(text(&bytes, "p"), Some(b"bc".as_slice()));
        *bytes.last_mut().unwrap() = 12;
        assert_eq!(Image::open(&bytes).unwrap().find(b"p"), Found::Corrupt);
    }

    #[test]
    fn damage_is_told_and_never_left() {
        let bytes = sample();
        for at in 0..bytes.len() {
            for value in [0, 1, 0x7f, 0x80, 0xff] {
                let mut broken = bytes.clone();
                broken[at] = value;
                let Some(image) = Image::open(&broken) else { continue };
                for path in ["", "a.txt", "dir", "dir/b.txt", "dirt"] {
                    match image.find(path.as_bytes()) {
                        Found::File(range) => assert!(broken.get(range).is_some()),
                        Found::Directory(range) => {
                            assert!(image.walk(range).all(|entry| broken.get(entry.name).is_some()));
                        }
                        Found::Missing | Found::Corrupt => {}
                    }
                }
            }
        }
        for cut in 0..bytes.len() {
            assert!(Image::open(&bytes[..cut]).is_none(), "{cut}");
        }
    }
}
