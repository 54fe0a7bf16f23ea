//! A `.mpy` file taken apart: all of it, machine code and relocations too, for whatever machine it is.
//!
//! This is for looking at files, so it takes what no machine here could run; `vm::mpy::read` is for running them.

use std::fmt;
use std::ops::Range;

use vm::mpy::read::MAX_DEPTH;

/// What is in a file.
#[derive(Debug)]
pub struct File {
    /// The first bytes.
    pub header: Header,
    /// The names, in the file's order.
    pub qstrs: Vec<Name>,
    /// The constants.
    pub objects: Vec<Object>,
    /// The module's body, with all functions inside it.
    pub root: Function,
    /// Where the file ends; more bytes may follow.
    pub end: usize,
}

/// The first bytes of a file.
#[derive(Clone, Copy, Debug)]
pub struct Header {
    /// Version of the format.
    pub version: u8,
    /// Version of what machine code relies on.
    pub sub_version: u8,
    /// Number of the machine that its machine code is for; 0 for none.
    pub arch: u8,
    /// Flags of that machine, if the file has some.
    pub arch_flags: Option<usize>,
    /// Bits of a small int that a machine must have.
    pub small_int_bits: u8,
}

/// A name.
#[derive(Debug)]
pub struct Name {
    /// Its text.
    pub text: String,
    /// It is one of those that the file tells by their numbers.
    pub number: Option<usize>,
}

/// A constant: its kind, and its text where it has one.
#[derive(Debug)]
#[expect(missing_docs, reason = "the names are Python's types")]
pub enum Object {
    /// The table of functions that machine code calls.
    FunctionTable,
    None,
    False,
    True,
    Ellipsis,
    Str(String),
    Bytes(Vec<u8>),
    Int(String),
    Float(String),
    Complex(String),
    Tuple(Vec<Object>),
}

/// What a function's bytes are.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// Prelude and bytecode.
    Bytecode,
    /// Machine code with Python's meaning, its prelude behind it.
    Native,
    /// Machine code with machine types.
    Viper,
    /// From an inline assembler.
    Asm,
}

/// A function.
#[derive(Debug)]
pub struct Function {
    /// What its bytes are.
    pub kind: Kind,
    /// Where they stand in the file.
    pub data: Range<usize>,
    /// Where the prelude stands, counted from the start of `data`.
    pub prelude: Option<usize>,
    /// Flags of viper and assembler.
    pub flags: usize,
    /// Arguments of assembler, and the types of these and of the result.
    pub signature: Option<(usize, usize)>,
    /// Data that viper's code reads, and how much it writes.
    pub read_only: Range<usize>,
    /// Bytes that viper's code has for data that starts as zeros.
    pub zeros: usize,
    /// Words to adjust when the code has its place.
    pub relocations: Vec<Relocation>,
    /// Functions inside it.
    pub children: Vec<Function>,
}

/// A word to which an address is added.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Relocation {
    /// The word stands in the data, not in the code.
    pub in_data: bool,
    /// Which word it is there.
    pub word: usize,
    /// What is added.
    pub to: Base,
}

/// What a relocation adds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Base {
    /// Where the code is.
    Code,
    /// Where the data is.
    Data,
    /// Where the zeros are.
    Zeros,
    /// Where the table of names is.
    Names,
    /// Where the table of constants is.
    Objects,
    /// Where the table of functions is.
    Functions,
    /// What an entry of that table holds.
    Function(usize),
}

impl fmt::Display for Base {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Base::Code => f.write_str("text"),
            Base::Data => f.write_str("rodata"),
            Base::Zeros => f.write_str("bss"),
            Base::Names => f.write_str("qstr_table"),
            Base::Objects => f.write_str("obj_table"),
            Base::Functions => f.write_str("fun_table"),
            Base::Function(entry) => write!(f, "fun_table[{entry}]"),
        }
    }
}

/// Why a file cannot be taken apart.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Error {
    /// Where it went wrong.
    pub at: usize,
    /// What.
    pub what: &'static str,
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "not a .mpy file that can be read: {} at byte {}", self.what, self.at)
    }
}

/// Flags of viper functions in files, and what they say is there.
const RELOCATIONS: usize = 0x10;
const DATA: usize = 0x20;
const ZEROS: usize = 0x40;

/// Takes a file apart.
pub fn read(bytes: &[u8]) -> Result<File, Error> {
    let mut reader = Reader { bytes, at: 0 };
    if reader.byte()? != b'M' {
        return Err(Error { at: 0, what: "no M" });
    }
    let (version, flags, small_int_bits) = (reader.byte()?, reader.byte()?, reader.byte()?);
    if version != 6 {
        return Err(Error { at: 1, what: "another version than 6" });
    }
    let arch_flags = if flags & 0x40 != 0 { Some(reader.uint()?) } else { None };
    let header = Header { version, sub_version: flags & 3, arch: flags >> 2 & 15, arch_flags, small_int_bits };
    let (n_qstrs, n_objects) = (reader.uint()?, reader.uint()?);
    let (mut qstrs, mut objects) = (Vec::new(), Vec::new());
    for _ in 0..n_qstrs {
        qstrs.push(reader.name()?);
    }
    for _ in 0..n_objects {
        objects.push(reader.object(MAX_DEPTH)?);
    }
    let root = reader.function(MAX_DEPTH)?;
    Ok(File { header, qstrs, objects, root, end: reader.at })
}

struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Reader<'a> {
    fn wrong<T>(&self, what: &'static str) -> Result<T, Error> {
        Err(Error { at: self.at, what })
    }

    fn byte(&mut self) -> Result<u8, Error> {
        match self.bytes.get(self.at) {
            Some(byte) => {
                self.at += 1;
                Ok(*byte)
            }
            None => self.wrong("the end"),
        }
    }

    fn uint(&mut self) -> Result<usize, Error> {
        match vm::compile::prelude::uint(self.bytes, &mut self.at) {
            Ok(value) => Ok(value),
            Err(vm::compile::prelude::Malformed) => self.wrong("a broken number"),
        }
    }

    fn skip(&mut self, len: usize) -> Result<Range<usize>, Error> {
        match self.at.checked_add(len).filter(|end| *end <= self.bytes.len()) {
            Some(end) => Ok(std::mem::replace(&mut self.at, end)..end),
            None => self.wrong("a length beyond the end"),
        }
    }

    fn take(&mut self, len: usize) -> Result<&'a [u8], Error> {
        let range = self.skip(len)?;
        Ok(self.bytes.get(range).unwrap_or(&[]))
    }

    fn text(&mut self, len: usize) -> Result<String, Error> {
        Ok(String::from_utf8_lossy(self.take(len)?).into_owned())
    }

    fn name(&mut self) -> Result<Name, Error> {
        let head = self.uint()?;
        if head & 1 != 0 {
            return match vm::mpy::static_name(head >> 1) {
                Some(text) => Ok(Name { text: text.into(), number: Some(head >> 1) }),
                None => self.wrong("a number of a name that there is not"),
            };
        }
        let text = self.text(head >> 1)?;
        self.byte()?;
        Ok(Name { text, number: None })
    }

    fn object(&mut self, depth: u8) -> Result<Object, Error> {
        Ok(match self.byte()? {
            0 => Object::FunctionTable,
            1 => Object::None,
            2 => Object::False,
            3 => Object::True,
            4 => Object::Ellipsis,
            kind @ 5..=6 => {
                let len = self.uint()?;
                let text = match kind {
                    5 => Object::Str(self.text(len)?),
                    _ => Object::Bytes(self.take(len)?.into()),
                };
                self.byte()?;
                text
            }
            kind @ 7..=9 => {
                let len = self.uint()?;
                let text = self.text(len)?;
                match kind {
                    7 => Object::Int(text),
                    8 => Object::Float(text),
                    _ => Object::Complex(text),
                }
            }
            10 if depth > 0 => {
                let count = self.uint()?;
                let mut items = Vec::new();
                for _ in 0..count {
                    items.push(self.object(depth - 1)?);
                }
                Object::Tuple(items)
            }
            _ => return self.wrong("a constant of no known kind"),
        })
    }

    fn function(&mut self, depth: u8) -> Result<Function, Error> {
        let head = self.uint()?;
        let kind = match head & 3 {
            0 => Kind::Bytecode,
            1 => Kind::Native,
            2 => Kind::Viper,
            _ => Kind::Asm,
        };
        let data = self.skip(head >> 3)?;
        let mut function = Function {
            kind,
            data,
            prelude: None,
            flags: 0,
            signature: None,
            read_only: 0..0,
            zeros: 0,
            relocations: Vec::new(),
            children: Vec::new(),
        };
        match kind {
            Kind::Bytecode => function.prelude = Some(0),
            Kind::Native => function.prelude = Some(self.uint()?),
            Kind::Viper => {
                function.flags = self.uint()?;
                let len = if function.flags & DATA != 0 { self.uint()? } else { 0 };
                function.zeros = if function.flags & ZEROS != 0 { self.uint()? } else { 0 };
                function.read_only = self.skip(len)?;
            }
            Kind::Asm => {
                function.flags = self.uint()?;
                function.signature = Some((self.uint()?, self.uint()?));
            }
        }
        if head & 4 != 0 {
            if depth == 0 {
                return self.wrong("functions nested too deep");
            }
            for _ in 0..self.uint()? {
                function.children.push(self.function(depth - 1)?);
            }
        }
        if kind == Kind::Viper && function.flags & RELOCATIONS != 0 {
            function.relocations = self.relocations()?;
        }
        Ok(function)
    }

    /// Steps of a byte each: it may move to another word, and says what is added to the word there and to those behind it.
    fn relocations(&mut self) -> Result<Vec<Relocation>, Error> {
        let mut all = Vec::new();
        let (mut in_data, mut word) = (false, 0);
        loop {
            let step = self.byte()?;
            if step == 0xff {
                return Ok(all);
            }
            if step & 1 != 0 {
                let place = self.uint()?;
                (in_data, word) = (place & 1 != 0, place >> 1);
            }
            let kind = step >> 1;
            let to = match kind {
                0 | 1 => Base::Code,
                2 | 3 => Base::Data,
                4 | 5 => Base::Zeros,
                6 => Base::Names,
                7 => Base::Objects,
                8 => Base::Functions,
                _ => Base::Function(usize::from(kind) - 9),
            };
            let count = if kind <= 5 && kind & 1 != 0 { self.uint()? } else { 1 };
            // Each takes a word of code or data.
            if count > self.bytes.len() - all.len() {
                return self.wrong("more relocations than words");
            }
            for _ in 0..count {
                all.push(Relocation { in_data, word, to });
                word += 1;
            }
        }
    }
}
