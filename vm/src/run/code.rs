//! Code objects as they run: bytecode in place, its prelude unpacked, caches beside it.

use core::cell::Cell;

use crate::Vm;
use crate::gc::Kind;
use crate::q;
use crate::qstr::Qstr;
use crate::types::dict::Dict;
use crate::value::{Gc, GcVec, Item, Obj, Object, Res, Type};

/// What all functions of one module share.
pub struct Context {
    /// The module's globals.
    pub globals: Gc<Dict>,
    /// Names by operand.
    pub names: GcVec<u32>,
    /// Constants by operand.
    pub consts: GcVec<Obj>,
    /// Name of the source file, for tracebacks.
    pub file: Cell<Qstr>,
}

impl Object for Context {
    const TYPE: &'static Type = &CONTEXT;
}

/// Type of contexts, which Python never sees.
static CONTEXT: Type = Type::new(q!("context"));

/// Scope flags of the prelude, as the `.mpy` format has them.
pub mod flags {
    /// A generator or coroutine.
    pub const GENERATOR: u8 = 1;
    /// Takes `**kw`.
    pub const VAR_KEYWORDS: u8 = 2;
    /// Takes `*args`.
    pub const VAR_ARGS: u8 = 4;
    /// Has defaults of keyword-only parameters.
    pub const KW_DEFAULTS: u8 = 8;
}

/// One inline cache. What the fields mean depends on the operation; all zero is empty.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct Cache {
    /// What is compared: a shape, a type, ...
    pub key: usize,
    /// What it leads to: a slot number, a function, ...
    pub value: usize,
    /// Version of a map, or the kind of what was found.
    pub version: u32,
    /// `Vm::attr_epoch` when this was filled.
    pub epoch: u32,
}

impl Item for Cache {
    const KIND: Kind = Kind::Scan;
}

/// Body of a code object.
#[repr(C)]
pub struct RawCode {
    /// First byte of bytecode.
    pub start: *const u8,
    /// Locals: parameters, `*args`, `**kw`, others. They are unbound at the start.
    pub n_locals: usize,
    /// Words of locals and operand stack.
    pub n_state: usize,
    /// Exception blocks that can be active at once.
    pub n_exc: usize,
    /// Scope flags.
    pub flags: u8,
    /// Positional parameters (cells of a closure first).
    pub n_pos: usize,
    /// Keyword-only parameters.
    pub n_kwonly: usize,
    /// Positional parameters with a default.
    pub n_defaults: usize,
    /// Whether a call with exactly `n_pos` positional arguments needs nothing but copying them.
    pub simple: bool,
    /// Name of the function.
    pub name: Qstr,
    /// Shared with the rest of the module.
    pub context: Gc<Context>,
    /// Names of the parameters, positional then keyword-only.
    pub params: GcVec<u32>,
    /// Locals that live in cells.
    pub cells: GcVec<u8>,
    /// Functions made by this one.
    pub children: GcVec<Obj>,
    /// Line table: a slice of the prelude.
    pub lines: (*const u8, usize),
    /// Inline caches.
    pub caches: GcVec<Cache>,
    /// For each byte of bytecode the number of its cache; empty without caches.
    pub cache_of: GcVec<u16>,
    /// Machine code, if there is some: `fn(vm, function, args) -> word`.
    pub native: Cell<usize>,
    /// All bytes: prelude and bytecode.
    pub bytes: GcVec<u8>,
}

impl Object for RawCode {
    const TYPE: &'static Type = &TYPE;
}

/// `code`
pub static TYPE: Type = Type::new(q!("code"));

/// Reads numbers of the prelude; past the end all is zero.
struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Reader<'_> {
    fn byte(&mut self) -> usize {
        let byte = self.bytes.get(self.at).copied().unwrap_or(0);
        self.at += 1;
        byte as usize
    }

    fn number(&mut self) -> usize {
        let mut number = 0;
        loop {
            let byte = self.byte();
            number = (number << 7) | (byte & 0x7f);
            if byte & 0x80 == 0 {
                return number;
            }
        }
    }
}

impl RawCode {
    /// Unpacks the prelude of `bytes` (prelude and bytecode in the `.mpy` encoding).
    pub fn new(vm: &mut Vm, context: Gc<Context>, bytes: &[u8], children: GcVec<Obj>) -> Res<Gc<RawCode>> {
        let bytes = GcVec::from_slice(vm, bytes)?;
        let mut reader = Reader { bytes: bytes.slice(), at: 0 };
        let first = reader.byte();
        let (mut n_state, mut n_exc) = (first >> 3 & 0xf, first >> 2 & 1);
        let (mut flags, mut n_pos, mut n_kwonly, mut n_defaults) = (0, first & 3, 0, 0);
        let (mut more, mut step) = (first & 0x80 != 0, 0);
        while more {
            let z = reader.byte();
            more = z & 0x80 != 0;
            // xFSSKAED
            n_state |= (z & 0x30) << (2 * step);
            n_exc |= (z & 0x02) << step;
            flags |= (z & 0x40) >> 6 << step;
            n_pos |= (z & 0x04) << step;
            n_kwonly |= ((z & 0x08) >> 3) << step;
            n_defaults |= (z & 0x01) << step;
            step += 1;
        }
        n_state += 1;
        let (mut n_info, mut n_cells, mut step) = (0, 0, 0);
        loop {
            let z = reader.byte();
            // xIIIIIIC
            n_cells |= (z & 1) << step;
            n_info |= (z & 0x7e) >> 1 << (6 * step);
            step += 1;
            if z & 0x80 == 0 {
                break;
            }
        }
        let info_end = reader.at + n_info;
        let name = context.names.get(reader.number()).map_or(Qstr::NULL, Qstr);
        let params = GcVec::with_capacity(vm, n_pos + n_kwonly)?;
        for _ in 0..n_pos + n_kwonly {
            let number = reader.number();
            params.push(vm, context.names.get(number).unwrap_or(0))?;
        }
        let all = bytes.slice();
        let lines = all.get(reader.at..info_end).unwrap_or(&[]);
        let cells = GcVec::from_slice(vm, all.get(info_end..info_end + n_cells).unwrap_or(&[]))?;
        let body = all.get(info_end + n_cells..).unwrap_or(&[]);
        let (caches, cache_of) = if vm.caches { super::cache::tables(vm, body)? } else { (GcVec::new(), GcVec::new()) };
        let flags = flags as u8;
        let code = RawCode {
            start: body.as_ptr(),
            n_state,
            n_exc,
            flags,
            n_pos,
            n_kwonly,
            n_defaults,
            simple: flags & (flags::GENERATOR | flags::VAR_ARGS | flags::VAR_KEYWORDS) == 0 && n_kwonly == 0 && cells.is_empty(),
            name,
            context,
            params,
            cells,
            children,
            lines: (lines.as_ptr(), lines.len()),
            caches,
            cache_of,
            native: Cell::new(0),
            bytes,
        };
        Gc::alloc(vm, code)
    }

    /// The source line of the bytecode at `offset`.
    pub fn line_at(&self, offset: usize) -> u32 {
        // SAFETY: the slice lies in `bytes`, which this object keeps.
        let mut info = unsafe { core::slice::from_raw_parts(self.lines.0, self.lines.1) };
        let mut left = offset;
        let mut line = 1;
        // Each step is 0b0LLBBBBB, or 0b1LLLBBBB followed by the low eight bits of the line increment.
        while let [first, rest @ ..] = info {
            let first = *first as usize;
            let (bytes, lines);
            if first & 0x80 == 0 {
                (bytes, lines) = (first & 0x1f, first >> 5);
                info = rest;
            } else {
                let [second, rest @ ..] = rest else { break };
                (bytes, lines) = (first & 0xf, (first << 4 & 0x700) | *second as usize);
                info = rest;
            }
            line += lines;
            if left >= bytes {
                left -= bytes;
            } else {
                // The increment belongs to the next instruction run.
                line -= lines;
                break;
            }
        }
        line as u32
    }
}
