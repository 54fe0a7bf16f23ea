//! Memory that lives as long as the machine: a partition of a board, a file that the host mapped. It has bytes and nothing else.

use crate::Vm;
use crate::q;
use crate::value::{Buffer, Gc, Obj, Object, Res, Type};

/// Body of such memory.
pub struct Memory {
    bytes: &'static [u8],
}

impl Object for Memory {
    const TYPE: &'static Type = &TYPE;
}

/// Its type.
pub static TYPE: Type = Type { buffer: Some(buffer), ..Type::new(q!("memory")) };

/// These bytes as an object.
pub fn new(vm: &mut Vm, bytes: &'static [u8]) -> Res {
    Ok(Gc::alloc(vm, Memory { bytes })?.obj())
}

fn buffer(_: &mut Vm, obj: Obj, write: bool) -> Res<Option<Buffer>> {
    let memory = Gc::<Memory>::exact(obj).filter(|_| !write);
    Ok(memory.map(|memory| Buffer::of_bytes(memory.bytes, b'B')))
}
