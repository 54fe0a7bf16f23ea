//! Text in and out: print, input, repr, ascii, chr, ord, format.

use crate::Vm;
use crate::port::FileId;
use crate::q;
use crate::types::class::{self, Found};
use crate::types::text::{Kind, Text};
use crate::types::{exception, int, str};
use crate::value::{Args, GcVec, Obj, PrintKind, Res, Sink, Stdout, put};

/// `print(*objects, sep=" ", end="\n", file=sys.stdout, flush=False)`
pub fn print(vm: &mut Vm, args: Args<'_>) -> Res {
    let mut options = [Obj::NONE; 4];
    if !args.kw.is_empty() {
        let names = [q!("sep"), q!("end"), q!("file"), q!("flush")];
        vm.bind_args(Args { pos: &[], kw: args.kw }, &names, 0, &mut options)?;
    }
    let [sep, end, file, flush] = options;
    let sep = separator(vm, sep, " ")?;
    let end = separator(vm, end, "\n")?;
    let file = if file.is_none() { crate::modules::sys::replaced_stdout(vm) } else { file };
    if file.is_null() {
        print_all(vm, &mut Stdout, args.pos, sep, end)?;
        if vm.truth(flush)? {
            vm.port.flush();
        }
        return Ok(Obj::NONE);
    }
    for (at, obj) in args.pos.iter().enumerate() {
        if at > 0 {
            write_to(vm, file, sep)?;
        }
        let text = str::str_of(vm, *obj)?;
        vm.call_method(file, q!("write"), &[text])?;
    }
    write_to(vm, file, end)?;
    if vm.truth(flush)? {
        vm.call_method(file, q!("flush"), &[])?;
    }
    Ok(Obj::NONE)
}

fn write_to(vm: &mut Vm, file: Obj, text: &str) -> Res<()> {
    if !text.is_empty() {
        let text = str::new(vm, text)?;
        vm.call_method(file, q!("write"), &[text])?;
    }
    Ok(())
}

fn print_all(vm: &mut Vm, sink: &mut dyn Sink, objects: &[Obj], sep: &str, end: &str) -> Res<()> {
    for (at, obj) in objects.iter().enumerate() {
        if at > 0 {
            sink.write(vm, sep)?;
        }
        vm.print(sink, *obj, PrintKind::Str)?;
    }
    sink.write(vm, end)
}

fn separator<'a>(vm: &mut Vm, given: Obj, default: &'a str) -> Res<&'a str> {
    if given.is_none() {
        return Ok(default);
    }
    match str::text_of(vm, given) {
        Some(text) => Ok(text),
        None => {
            let ty = vm.type_name(given);
            Err(vm.type_error(format_args!("can't convert '{ty}' object to str implicitly")))
        }
    }
}

/// `__repl_print__(obj)`: what an expression at the prompt does with its value.
pub fn repl_print(vm: &mut Vm, obj: Obj) -> Res {
    if !obj.is_none() {
        vm.print(&mut Stdout, obj, PrintKind::Repr)?;
        put(vm, &mut Stdout, format_args!("\n"))?;
        if let Some(names) = crate::types::dict::map(vm.builtins) {
            names.set_name(vm, q!("_"), obj)?;
        }
    }
    Ok(Obj::NONE)
}

/// `repr(obj)`
pub fn repr(vm: &mut Vm, obj: Obj) -> Res {
    str::repr_of(vm, obj)
}

/// `ascii(obj)`
pub fn ascii(vm: &mut Vm, obj: Obj) -> Res {
    let text = str::repr_of(vm, obj)?;
    let Some(text) = str::text_of(vm, text).filter(|text| !text.is_ascii()) else { return Ok(text) };
    let mut out = str::Bytes(GcVec::new());
    for c in text.chars() {
        let code = u32::from(c);
        match code {
            0..=0x7f => out.0.push(vm, code as u8)?,
            0x80..=0xff => put(vm, &mut out, format_args!("\\x{code:02x}"))?,
            0x100..=0xffff => put(vm, &mut out, format_args!("\\u{code:04x}"))?,
            _ => put(vm, &mut out, format_args!("\\U{code:08x}"))?,
        }
    }
    str::new(vm, core::str::from_utf8(out.0.slice()).unwrap_or(""))
}

/// `chr(code)`
pub fn chr(vm: &mut Vm, code: Obj) -> Res {
    let Ok(code) = i32::try_from(int::index(vm, code)?) else {
        return Err(vm.overflow_error(format_args!("char not in range(0x110000)")));
    };
    match u32::try_from(code).ok().and_then(char::from_u32) {
        Some(c) => str::from_char(vm, c),
        None => Err(vm.value_error(format_args!("char not in range(0x110000)"))),
    }
}

/// `ord(character)`
pub fn ord(vm: &mut Vm, obj: Obj) -> Res {
    let Some(text) = Text::of(vm, str::arg::plain(obj)) else { return Err(str::arg::wrong_kind(vm, obj)) };
    let first = match text.kind {
        Kind::Str => text.as_str().chars().next().map(u32::from),
        Kind::Bytes | Kind::ByteArray => text.bytes.first().copied().map(u32::from),
    };
    let len = text.len;
    if let (1, Some(code)) = (len, first) {
        return int::new(vm, i64::from(code));
    }
    Err(vm.type_error(format_args!("ord() expected a character, but string of length {len} found")))
}

/// `format(value, spec="")`
pub fn format(vm: &mut Vm, args: &[Obj]) -> Res {
    let value = args[0];
    let spec = args.get(1).copied().unwrap_or(Obj::name(q!("")));
    let ty = value.type_of();
    if let Some(found @ Found::Value(_)) = class::lookup(vm, ty, q!("__format__")) {
        let method = vm.bind(found, value, ty)?;
        return vm.call_bound(method, &[spec]);
    }
    if !str::is_str(str::arg::plain(spec)) {
        return Err(vm.type_error(format_args!("format() argument 2 must be str")));
    }
    str::format::format_value(vm, value, spec)
}

/// `input([prompt])`
pub fn input(vm: &mut Vm, args: &[Obj]) -> Res {
    if let Some(prompt) = args.first() {
        vm.print(&mut Stdout, *prompt, PrintKind::Str)?;
    }
    vm.port.flush();
    let line: GcVec<u8> = GcVec::new();
    loop {
        let mut byte = [0];
        vm.before_read(FileId(0))?;
        match vm.port.read_in(&mut byte) {
            Ok(0) if line.is_empty() => return Err(vm.raise_args(&exception::EOF_ERROR, &[])),
            Ok(0) => break,
            Ok(_) if byte[0] == b'\n' => break,
            Ok(_) => line.push(vm, byte[0])?,
            Err(error) => return Err(vm.os_error(error.0)),
        }
    }
    if line.slice().last() == Some(&b'\r') {
        line.pop();
    }
    match core::str::from_utf8(line.slice()) {
        Ok(text) => str::new(vm, text),
        Err(_) => Err(vm.raise_args(&exception::UNICODE_ERROR, &[])),
    }
}
