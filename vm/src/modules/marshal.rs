//! marshal: code objects as bytes, in the form of `.mpy` files.

use crate::Vm;
use crate::compile::code::{Code, Const, Kind, Module};
use crate::mem::{self, NoMemory};
use crate::modules::builtins::program;
use crate::mpy;
use crate::q;
use crate::qstr::Qstr;
use crate::run::code::RawCode;
use crate::run::{self, Image};
use crate::types::{bytes, complex, dict, float, int, str, tuple};
use crate::value::{Entry, Gc, GcVec, Obj, Raise, Res, Rom, fun1, row};

/// The names.
pub static TABLE: &[Entry] = &[
    row(q!("__name__"), Rom::Word(Obj::name(q!("marshal")))),
    row(q!("dumps"), fun1(dumps)),
    row(q!("loads"), fun1(loads)),
];

/// `dumps(code)`; ValueError for what is no code, and for functions decorated to be machine code.
fn dumps(vm: &mut Vm, obj: Obj) -> Res {
    let Some(raw) = program::code_of(vm, obj)? else { return Err(unmarshallable(vm)) };
    let root = code(vm, raw)?;
    let mut module = Module { source: raw.context.file.get(), qstrs: mem::Vec::new(), consts: mem::Vec::new(), root };
    let names = raw.context.names.slice().iter().map(|name| Qstr(*name));
    fits(vm, module.qstrs.extend(names))?;
    for value in raw.context.consts.slice() {
        let value = constant(vm, *value)?;
        fits(vm, module.consts.push(value))?;
    }
    let file = mpy::write::write(&module, &vm.pool);
    let file = fits(vm, file)?;
    bytes::new(vm, &file)
}

/// `loads(bytes)`; ValueError for what `dumps` did not write.
fn loads(vm: &mut Vm, obj: Obj) -> Res {
    let data = vm.buffer(obj, false)?.bytes();
    let image = Image::Heap(GcVec::from_slice(vm, data)?);
    // Who makes a function of it says which globals it sees.
    let globals = dict::new(vm)?;
    match Gc::<dict::Dict>::from_obj(globals) {
        Some(globals) => Ok(run::load_image(vm, image, globals)?.obj()),
        None => Ok(Obj::NULL),
    }
}

fn fits<T>(vm: &mut Vm, made: Result<T, NoMemory>) -> Res<T> {
    made.map_err(|NoMemory| vm.memory_error())
}

#[cold]
fn unmarshallable(vm: &mut Vm) -> Raise {
    vm.value_error(format_args!("unmarshallable object"))
}

/// What the compiler made, as far as the file needs it.
fn code(vm: &mut Vm, raw: Gc<RawCode>) -> Res<Code> {
    vm.check_stack()?;
    if !means_python(vm, raw) {
        return Err(unmarshallable(vm));
    }
    let bytes = mem::Vec::from_slice(raw.bytes.slice());
    let mut made = Code { bytes: fits(vm, bytes)?, ..Code::default() };
    for child in raw.children.slice() {
        if let Some(child) = Gc::<RawCode>::from_obj(*child) {
            let child = code(vm, child)?;
            fits(vm, made.children.push(child))?;
        }
    }
    Ok(made)
}

/// Whether its bytecode is all that it means: that of viper functions is not, nor that of functions that are to be native
/// where others are not.
fn means_python(vm: &Vm, raw: Gc<RawCode>) -> bool {
    #[cfg(feature = "trace")]
    let python = raw.is_python.get() && [Kind::Bytecode, vm.options.emit].contains(&raw.kind.get());
    #[cfg(not(feature = "trace"))]
    let python = vm.options.emit == Kind::Native || !raw.is_machine_code();
    python
}

fn constant(vm: &mut Vm, obj: Obj) -> Res<Const> {
    let singles = [
        (Obj::NONE, Const::None),
        (Obj::TRUE, Const::True),
        (Obj::FALSE, Const::False),
        (Obj::ELLIPSIS, Const::Ellipsis),
    ];
    for (single, made) in singles {
        if obj == single {
            return Ok(made);
        }
    }
    if int::is_int(obj) {
        let digits = str::repr_of(vm, obj)?;
        let digits = mem::Vec::from_slice(str::bytes_of(vm, digits).unwrap_or(&[]));
        return Ok(Const::BigInt { digits: fits(vm, digits)?, base: 10 });
    }
    if let Some(value) = float::value(obj) {
        return Ok(Const::Float(value));
    }
    if let Some((real, imag)) = complex::value(obj) {
        return Ok(Const::Complex { real, imag });
    }
    if let Some(text) = str::bytes_of(vm, obj) {
        let text = mem::Vec::from_slice(text);
        return Ok(Const::Str(fits(vm, text)?));
    }
    if let Some(value) = bytes::bytes_of(obj) {
        let value = mem::Vec::from_slice(value);
        return Ok(Const::Bytes(fits(vm, value)?));
    }
    let Some(items) = tuple::items(obj) else { return Err(unmarshallable(vm)) };
    vm.check_stack()?;
    let mut all = mem::Vec::new();
    for item in items {
        let item = constant(vm, *item)?;
        fits(vm, all.push(item))?;
    }
    Ok(Const::Tuple(all))
}
