//! Where machine code finds things: byte offsets from the address of an object (its header included) or of the machine.

use core::mem::offset_of;

use super::Vm;
use super::cache::{Cache, Way};
use super::code::{Context, RawCode};
use super::frame::Frame;
use crate::types::array::{self, Array};
use crate::types::bytearray::{self, ByteArray};
use crate::types::bytes::{self, Bytes};
use crate::types::cell::CellBody;
use crate::types::dict::Dict;
use crate::types::function::{self, Function};
use crate::types::instance::{Instance, Shape};
use crate::types::list::{self, List};
use crate::types::tuple::{self, Tuple};
use crate::value::{Boxed, GcVec, Map, MapEntry, Obj, TypeRef};

/// The machine.
pub mod vm {
    use super::{Vm, offset_of};
    /// End of the used part of the value stack.
    pub const STACK_TOP: usize = offset_of!(Vm, stack_top);
    /// End of the value stack.
    pub const STACK_LIMIT: usize = offset_of!(Vm, stack_limit);
    /// Lowest address the machine stack may reach.
    pub const MACHINE_LIMIT: usize = offset_of!(Vm, machine_limit);
    /// 32 bits, not zero when something waits to be done.
    pub const PENDING: usize = offset_of!(Vm, pending);
    /// The exception that waits, or no value.
    pub const EXCEPTION: usize = offset_of!(Vm, exception);
    /// 32 bits, what caches of attributes compare.
    pub const ATTR_EPOCH: usize = offset_of!(Vm, attr_epoch);
    /// 32 bits, what caches of built-in names compare.
    pub const BUILTINS_VERSION: usize = offset_of!(Vm, builtins_version);
}

/// Function objects and what they lead to.
pub mod code {
    use super::*;
    /// Function: its code object.
    pub const OF_FUNCTION: usize = Boxed::<Function>::BODY + offset_of!(Function, code);
    /// Function: cells of outer functions, or no value.
    pub const CLOSED: usize = Boxed::<Function>::BODY + offset_of!(Function, closed);
    /// Code: entry of its machine code, or zero.
    pub const NATIVE: usize = Boxed::<RawCode>::BODY + offset_of!(RawCode, native);
    /// Code: one byte, whether arguments need only be copied.
    pub const SIMPLE: usize = Boxed::<RawCode>::BODY + offset_of!(RawCode, simple);
    /// Code: one byte, whether words in front of its machine code tell how it is called with other than objects.
    pub const TAKES_WORDS: usize = Boxed::<RawCode>::BODY + offset_of!(RawCode, takes_words);
    /// Code: number of positional parameters.
    pub const N_POS: usize = Boxed::<RawCode>::BODY + offset_of!(RawCode, n_pos);
    /// Code: what it shares with its module.
    pub const CONTEXT: usize = Boxed::<RawCode>::BODY + offset_of!(RawCode, context);
    /// Code: address of its first cache.
    pub const CACHES: usize = Boxed::<RawCode>::BODY + offset_of!(RawCode, caches) + GcVec::<Cache>::START;
    /// Code: number of its caches.
    pub const N_CACHES: usize = Boxed::<RawCode>::BODY + offset_of!(RawCode, caches) + GcVec::<Cache>::LEN;
    /// Context: the module's globals, a dict.
    pub const GLOBALS: usize = Boxed::<Context>::BODY + offset_of!(Context, globals);
    /// Context: address of the first constant.
    pub const CONSTS: usize = Boxed::<Context>::BODY + offset_of!(Context, consts) + GcVec::<Obj>::START;
}

/// Frames of generators. Behind one lie `n_state` words; local 0 is the last of them.
pub mod frame {
    use super::{Frame, offset_of};
    /// Bytes of a frame: its words start here.
    pub const SIZE: usize = size_of::<Frame>();
    /// Where it goes on: zero, or the number of a `yield`.
    pub const IP: usize = offset_of!(Frame, ip);
}

/// One inline cache: two ways, of which the first starts where the cache does.
pub mod cache {
    use super::{Cache, Way, offset_of};
    /// Bytes of one.
    pub const SIZE: usize = size_of::<Cache>();
    /// Where the second way starts.
    pub const SECOND: usize = offset_of!(Cache, second);
    /// What is compared.
    pub const KEY: usize = offset_of!(Way, key);
    /// What it leads to.
    pub const VALUE: usize = offset_of!(Way, value);
    /// 32 bits: for a global, zero when it is an entry of the module's globals, else what `BUILTINS_VERSION` must be.
    pub const VERSION: usize = offset_of!(Way, version);
    /// 32 bits: what `ATTR_EPOCH` must be for a slot or a method, or what the version of the globals must be.
    pub const EPOCH: usize = offset_of!(Way, epoch);
}

/// Dicts.
pub mod dict {
    use super::*;
    /// 32 bits: changes when a key comes or goes.
    pub const VERSION: usize = Boxed::<Dict>::BODY + offset_of!(Dict, map) + Map::VERSION;
    /// Address of the first entry.
    pub const ENTRIES: usize = Boxed::<Dict>::BODY + offset_of!(Dict, map) + Map::ENTRIES + GcVec::<MapEntry>::START;
    /// Bytes of an entry.
    pub const ENTRY_SIZE: usize = size_of::<MapEntry>();
    /// In an entry: the value.
    pub const ENTRY_VALUE: usize = offset_of!(MapEntry, value);
}

/// Instances and their shapes.
pub mod instance {
    use super::*;
    /// The shape.
    pub const SHAPE: usize = Boxed::<Instance>::BODY + offset_of!(Instance, shape);
    /// Address of the first slot.
    pub const SLOTS: usize = Boxed::<Instance>::BODY + offset_of!(Instance, slots) + GcVec::<Obj>::START;
    /// Shape: the class of its instances.
    pub const SHAPE_TYPE: usize = Boxed::<Shape>::BODY + offset_of!(Shape, ty);
}

/// Lists, byte arrays, tuples, cells.
pub mod items {
    use super::*;
    /// List: address of the first item.
    pub const LIST_START: usize = Boxed::<List>::BODY + offset_of!(List, items) + GcVec::<Obj>::START;
    /// List: number of items.
    pub const LIST_LEN: usize = Boxed::<List>::BODY + offset_of!(List, items) + GcVec::<Obj>::LEN;
    /// Byte array: address of the first byte.
    pub const BYTES_START: usize = Boxed::<ByteArray>::BODY + offset_of!(ByteArray, items) + GcVec::<u8>::START;
    /// Byte array: number of bytes.
    pub const BYTES_LEN: usize = Boxed::<ByteArray>::BODY + offset_of!(ByteArray, items) + GcVec::<u8>::LEN;
    /// Tuple: number of items.
    pub const TUPLE_LEN: usize = Boxed::<Tuple>::BODY + offset_of!(Tuple, len);
    /// Tuple: its first item.
    pub const TUPLE_START: usize = size_of::<Boxed<Tuple>>();
    /// Bytes: number of bytes that follow; none where they lie elsewhere.
    pub const CONST_BYTES_LEN: usize = Boxed::<Bytes>::BODY + offset_of!(Bytes, len);
    /// Bytes: the first byte.
    pub const CONST_BYTES_START: usize = size_of::<Boxed<Bytes>>();
    /// Array: one byte, its typecode.
    pub const ARRAY_CODE: usize = Boxed::<Array>::BODY + offset_of!(Array, code);
    /// Array: address of the first item.
    pub const ARRAY_START: usize = Boxed::<Array>::BODY + offset_of!(Array, items) + GcVec::<u8>::START;
    /// Array: bytes of all items.
    pub const ARRAY_BYTES: usize = Boxed::<Array>::BODY + offset_of!(Array, items) + GcVec::<u8>::LEN;
    /// Cell: its value.
    pub const CELL: usize = Boxed::<CellBody>::BODY + offset_of!(CellBody, value);
}

/// What the first word of an object is when its type is exactly this one.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[expect(missing_docs, reason = "the names are Python's")]
pub enum Exact {
    Function,
    List,
    Tuple,
    ByteArray,
    Bytes,
    Array,
}

impl Exact {
    /// The word.
    pub fn word(self) -> usize {
        TypeRef::of(match self {
            Exact::Function => &function::TYPE,
            Exact::List => &list::TYPE,
            Exact::Tuple => &tuple::TYPE,
            Exact::ByteArray => &bytearray::TYPE,
            Exact::Bytes => &bytes::TYPE,
            Exact::Array => &array::TYPE,
        })
        .bits()
    }
}
