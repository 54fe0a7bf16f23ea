//! A function as the compiler had it, made again from what runs: for who wants to compile or explain it once more.

use super::code::RawCode;
use crate::Vm;
use crate::compile::code::{Annotation, Code, Const, Flags, Form, Kind, LocalInfo, Place};
use crate::compile::decode::{DecodeError, decode, decode_with};
use crate::compile::emitter::{Unexplained, Unit};
use crate::mem::{NoMemory, Vec};
use crate::qstr::Qstr;
use crate::syntax::ast::Span;
use crate::types::{bytes, complex, exception, float, function::Function, int, str, tuple};
use crate::value::{Gc, Obj, PrintKind, Raise, Res, Sink};

/// Keeps of compiled code what its bytes do not tell.
pub(super) fn keep(vm: &mut Vm, raw: Gc<RawCode>, code: &Code) -> Res<()> {
    raw.kind.set(code.kind);
    if code.kind == Kind::Viper {
        for annotation in &code.annotations {
            raw.annotations.push(vm, annotation.of.unwrap_or(Qstr::NULL).0)?;
            let name = match annotation.form {
                Form::Name(name) => name,
                Form::Other(_) => Qstr::NULL,
            };
            raw.annotations.push(vm, name.0)?;
        }
    }
    Ok(())
}

/// What its emitter says of a function. TypeError if `f` is none.
pub fn explain(vm: &mut Vm, f: Obj) -> Res<Vec<u8>> {
    let Some(function) = Gc::<Function>::from_obj(f) else {
        return Err(vm.type_error(format_args!("explain() takes a function")));
    };
    let (code, consts) = match source(vm, function.code) {
        Ok(made) => made,
        Err(error) => return Err(refused(vm, error)),
    };
    let file = function.code.context.file.get();
    let caches = !function.code.caches.is_empty();
    let mut out = Vec::new();
    let explained = match &mut vm.emitter {
        Some(emitter) => emitter.explain(
            &Unit {
                code: &code,
                names: &vm.pool,
                consts: &consts,
                siblings: &[],
                file,
                caches,
                checks: vm.options.viper_checks,
            },
            &mut out,
        ),
        None => Err(Unexplained::NotImplemented),
    };
    match explained {
        Ok(()) => Ok(out),
        Err(Unexplained::NoMemory) => Err(vm.memory_error()),
        Err(Unexplained::NotImplemented) => {
            Err(vm.raise_new(&exception::NOT_IMPLEMENTED_ERROR, format_args!("no emitter in this build")))
        }
    }
}

fn refused(vm: &mut Vm, error: DecodeError) -> Raise {
    match error {
        DecodeError::Malformed => vm.value_error(format_args!("malformed bytecode")),
        DecodeError::NoMemory => vm.memory_error(),
    }
}

/// The function and the constants of its module as they were compiled.
fn source(vm: &mut Vm, raw: Gc<RawCode>) -> Result<(Code, Vec<Const>), DecodeError> {
    let mut consts = Vec::new();
    for at in 0..raw.context.consts.len() {
        if let Some(value) = raw.context.consts.get(at) {
            consts.push(constant(vm, value)?)?;
        }
    }
    let mut qstrs = Vec::new();
    qstrs.extend(raw.context.names.slice().iter().map(|name| Qstr(*name)))?;
    let all = raw.bytes.slice();
    let (rows, _) = raw.rows.slice().as_chunks::<2>();
    let ops = match rows.is_empty() {
        true => decode(all, &qstrs)?,
        false => decode_with(all, &qstrs, rows.iter().map(|[offset, line]| (*offset as usize, *line)))?,
    };
    let flags = Flags(raw.flags);
    let stars = usize::from(flags.has(Flags::VAR_ARGS)) + usize::from(flags.has(Flags::VAR_KEYWORDS));
    let n_params = raw.n_pos + raw.n_kwonly + stars;
    let mut locals = Vec::new();
    for (at, name) in raw.locals.slice().iter().enumerate() {
        let place = match (raw.is_free(at), raw.is_cell(at)) {
            (true, _) => Place::Free,
            (false, true) => Place::Cell,
            (false, false) => Place::Fast,
        };
        locals.push(LocalInfo { name: Qstr(*name), place, is_param: place != Place::Free && at < n_params })?;
    }
    let mut annotations = Vec::new();
    for &[of, name] in raw.annotations.slice().as_chunks::<2>().0 {
        let of = Some(Qstr(of)).filter(|of| *of != Qstr::NULL);
        let form = if Qstr(name) == Qstr::NULL { Form::Other(Span::default()) } else { Form::Name(Qstr(name)) };
        annotations.push(Annotation { of, form })?;
    }
    let mut arg_names = Vec::new();
    arg_names.extend(raw.params.slice().iter().map(|name| Qstr(*name)))?;
    let code = Code {
        kind: raw.kind.get(),
        name: raw.name,
        qualname: raw.qualname.get(),
        flags,
        n_pos_args: raw.n_pos as u16,
        n_kwonly_args: raw.n_kwonly as u16,
        n_def_pos_args: raw.n_defaults as u16,
        n_state: raw.n_state as u16,
        n_exc_stack: raw.n_exc as u16,
        arg_names,
        cells: Vec::from_slice(raw.cells.slice())?,
        locals,
        first_line: raw.first_line.get(),
        annotations,
        bytes: Vec::from_slice(all)?,
        ops,
        ..Code::default()
    };
    Ok((code, consts))
}

/// A constant as it was compiled. Ints too wide for any machine are their digits.
fn constant(vm: &mut Vm, value: Obj) -> Result<Const, NoMemory> {
    if value.is_none() {
        return Ok(Const::None);
    }
    for (known, constant) in [(Obj::TRUE, Const::True), (Obj::FALSE, Const::False), (Obj::ELLIPSIS, Const::Ellipsis)] {
        if value == known {
            return Ok(constant);
        }
    }
    if let Some(value) = int::to_i64(vm, value).filter(|_| int::is_int(value)) {
        return Ok(Const::Int(value));
    }
    if let Some(value) = float::plain(value) {
        return Ok(Const::Float(value));
    }
    if let Some((real, imag)) = complex::value(value) {
        return Ok(Const::Complex { real, imag });
    }
    if let Some(text) = str::text_of(vm, value) {
        return Ok(Const::Str(Vec::from_slice(text.as_bytes())?));
    }
    if let Some(value) = bytes::bytes_of(value) {
        return Ok(Const::Bytes(Vec::from_slice(value)?));
    }
    if let Some(values) = tuple::items(value) {
        let mut items = Vec::new();
        for &item in values {
            items.push(constant(vm, item)?)?;
        }
        return Ok(Const::Tuple(items));
    }
    let mut digits = Digits(Vec::new());
    match vm.print(&mut digits, value, PrintKind::Repr) {
        Ok(()) => Ok(Const::BigInt { digits: digits.0, base: 10 }),
        Err(raise) => {
            vm.take_exception(raise);
            Err(NoMemory)
        }
    }
}

/// Text that is kept.
struct Digits(Vec<u8>);

impl Sink for Digits {
    fn write(&mut self, vm: &mut Vm, text: &str) -> Res<()> {
        self.0.extend_from_slice(text.as_bytes()).map_err(|NoMemory| vm.memory_error())
    }
}
