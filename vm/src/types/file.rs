//! FileIO and TextIOWrapper: files of the port, and the console's three streams.

use core::cell::Cell;

use crate::Vm;
use crate::port::{FileId, OpenMode, Whence};
use crate::q;
use crate::qstr::Qstr;
use crate::run::mounts;
use crate::types::sequence;
use crate::types::str::arg;
use crate::types::stream::{self, failed};
use crate::value::{
    Args, Entry, Flags, Gc, GcVec, Obj, Object, PrintKind, Res, Sink, Type, TypeRef, fun1, fun2, put, row, var,
};

/// Bytes read ahead, so that reading lines asks the port rarely.
const AHEAD: usize = if cfg!(target_pointer_width = "64") { 1024 } else { 64 };

/// Body of both types.
#[repr(C)]
pub struct File {
    /// The port's number; for the console 0, 1 and 2.
    pub id: FileId,
    /// Whether this is a stream of the console.
    pub console: bool,
    /// Whether it is still open.
    pub open: Cell<bool>,
    /// How it was opened.
    pub mode: OpenMode,
    /// What it was opened by: a path or a number.
    name: Obj,
    /// What was read from the port and not yet asked for begins at `used`.
    ahead: GcVec<u8>,
    used: Cell<usize>,
}

impl Object for File {
    const TYPE: &'static Type = &FILE_IO;
}

/// `io.FileIO`
pub static FILE_IO: Type = Type { table: TABLE, ..kind(q!("FileIO")) };

/// `io.TextIOWrapper`
pub static TEXT_IO: Type = Type { layout: Some(TypeRef::of(&FILE_IO)), table: TABLE, ..kind(q!("TextIOWrapper")) };

const fn kind(name: Qstr) -> Type {
    Type {
        flags: Flags::SELF_ITER,
        print: Some(print),
        get_attr: Some(get_attr),
        next: Some(stream::next),
        ..Type::new(name)
    }
}

static TABLE: &[Entry] = &[
    row(q!("read"), var(1, 2, stream::read)),
    row(q!("readinto"), var(2, 3, stream::readinto)),
    row(q!("readline"), var(1, 2, stream::readline)),
    row(q!("readlines"), var(1, 2, stream::readlines)),
    row(q!("write"), var(2, 4, stream::write)),
    row(q!("seek"), var(2, 3, stream::seek)),
    row(q!("tell"), fun1(stream::tell)),
    row(q!("flush"), fun1(stream::flush)),
    row(q!("close"), fun1(stream::close)),
    row(q!("fileno"), fun1(fileno)),
    row(q!("isatty"), fun1(isatty)),
    row(q!("truncate"), var(1, 2, stream::truncate)),
    row(q!("writelines"), fun2(stream::writelines)),
    row(q!("readable"), fun1(stream::readable)),
    row(q!("writable"), fun1(stream::writable)),
    row(q!("seekable"), fun1(stream::seekable)),
    row(q!("__enter__"), fun1(stream::enter)),
    row(q!("__exit__"), var(1, 4, stream::exit)),
    row(q!("__del__"), fun1(stream::close)),
];

fn new(vm: &mut Vm, id: FileId, mode: OpenMode, name: Obj, ty: &'static Type) -> Res {
    // Files of the port have numbers above those of the console.
    let console = (0..=2).contains(&id.0);
    let body = File { id, console, open: Cell::new(true), mode, name, ahead: GcVec::new(), used: Cell::new(0) };
    Ok(Gc::alloc_as(vm, TypeRef::of(ty), body)?.obj())
}

/// `sys.stdin`
pub fn stdin(vm: &mut Vm) -> Res {
    console(vm, q!("stdin"), 0)
}

/// `sys.stdout`
pub fn stdout(vm: &mut Vm) -> Res {
    console(vm, q!("stdout"), 1)
}

/// `sys.stderr`
pub fn stderr(vm: &mut Vm) -> Res {
    console(vm, q!("stderr"), 2)
}

/// A stream of the console, made when it is first asked for.
fn console(vm: &mut Vm, name: Qstr, id: i32) -> Res {
    if let Some(at) = vm.state.find_name(vm, name) {
        return Ok(vm.state.value_at(at));
    }
    let mode = OpenMode { read: id == 0, write: id != 0, ..OpenMode::default() };
    let file = new(vm, FileId(id), mode, Obj::name(name), &TEXT_IO)?;
    keep(vm, name, file)?;
    Ok(file)
}

fn keep(vm: &mut Vm, name: Qstr, file: Obj) -> Res<()> {
    let state = core::mem::take(&mut vm.state);
    let result = state.set_name(vm, name, file);
    vm.state = state;
    result
}

/// `open(file, mode='r', buffering=-1, encoding=None, errors=None, newline=None)`
pub fn open(vm: &mut Vm, args: Args<'_>) -> Res {
    let mut values = [Obj::NULL, Obj::name(q!("r")), Obj::NONE, Obj::NONE, Obj::NONE, Obj::NONE];
    let names = [q!("file"), q!("mode"), q!("buffering"), q!("encoding"), q!("errors"), q!("newline")];
    vm.bind_args(args, &names, names.len(), &mut values)?;
    if let Some(number) = arg::plain_int(vm, values[0])? {
        let (mode, ty) = mode_of(vm, values[1])?;
        return new(vm, FileId(number as i32), mode, values[0], ty);
    }
    match mounts::resolve(vm, values[0])? {
        Some((fs, path)) => vm.call_method(fs, q!("open"), &[path, values[1]]),
        None => Err(vm.os_error(1)),
    }
}

/// What the letters of a mode ask for.
fn mode_of(vm: &mut Vm, letters: Obj) -> Res<(OpenMode, &'static Type)> {
    let mut mode = OpenMode::default();
    let mut ty = &TEXT_IO;
    for letter in arg::text(vm, letters)? {
        match letter {
            b'r' => mode.read = true,
            b'w' => (mode.write, mode.create, mode.truncate) = (true, true, true),
            b'a' => (mode.write, mode.create, mode.append) = (true, true, true),
            b'x' => (mode.write, mode.create, mode.exclusive) = (true, true, true),
            b'+' => (mode.read, mode.write) = (true, true),
            b'b' => ty = &FILE_IO,
            b't' => ty = &TEXT_IO,
            _ => return Err(vm.value_error(format_args!("invalid mode"))),
        }
    }
    mode.read |= !mode.write;
    Ok((mode, ty))
}

/// Opens a file of the port, which the program calls `name`.
pub(super) fn open_port(vm: &mut Vm, path: &str, name: Obj, mode: Obj) -> Res {
    let (mode, ty) = mode_of(vm, mode)?;
    match vm.port.open(path, mode) {
        Ok(id) => {
            let file = new(vm, id, mode, name, ty)?;
            vm.finalise(file)?;
            Ok(file)
        }
        Err(errno) => Err(failed(vm, errno)),
    }
}

/// Whether it holds text.
pub fn is_text(file: Gc<File>) -> bool {
    file.type_ref() == TypeRef::of(&TEXT_IO)
}

/// Reads at most as many bytes as `to` has; 0 is the end.
pub(super) fn read(vm: &mut Vm, file: Gc<File>, to: &mut [u8]) -> Res<usize> {
    if to.is_empty() {
        return Ok(0);
    }
    if file.console || file.used.get() >= file.ahead.len() {
        vm.before_read(file.id)?;
    }
    if file.console {
        let got = if file.id.0 == 0 { vm.port.read_in(to) } else { Err(crate::port::Errno(9)) };
        return got.map_err(|errno| failed(vm, errno));
    }
    if file.used.get() >= file.ahead.len() {
        let mut piece = [0; AHEAD];
        if to.len() >= AHEAD {
            return vm.port.read(file.id, to).map_err(|errno| failed(vm, errno));
        }
        let got = match vm.port.read(file.id, &mut piece) {
            Ok(got) => got,
            Err(errno) => return Err(failed(vm, errno)),
        };
        file.ahead.truncate(0);
        file.used.set(0);
        file.ahead.extend(vm, piece.get(..got).unwrap_or(&[]))?;
    }
    let rest = file.ahead.slice().get(file.used.get()..).unwrap_or(&[]);
    let count = rest.len().min(to.len());
    for (to, from) in to.iter_mut().zip(rest) {
        *to = *from;
    }
    file.used.set(file.used.get() + count);
    Ok(count)
}

/// Gives back what was read ahead, so that the port's position is the program's.
fn forget_ahead(vm: &mut Vm, file: Gc<File>) -> Res<()> {
    let unread = file.ahead.len() - file.used.get().min(file.ahead.len());
    file.ahead.truncate(0);
    file.used.set(0);
    if unread == 0 {
        return Ok(());
    }
    match vm.port.seek(file.id, -(unread as i64), Whence::Here) {
        Ok(_) => Ok(()),
        Err(errno) => Err(failed(vm, errno)),
    }
}

/// Writes all bytes, unless the port cannot take them.
pub(super) fn write(vm: &mut Vm, file: Gc<File>, from: &[u8]) -> Res<usize> {
    if file.console {
        match file.id.0 {
            1 if !is_text(file) => vm.port.write_raw(from),
            1 => vm.port.write_out(from),
            2 => vm.port.write_err(from),
            _ => return Err(vm.os_error(9)),
        }
        return Ok(from.len());
    }
    forget_ahead(vm, file)?;
    let mut done = 0;
    while done < from.len() {
        match vm.port.write(file.id, from.get(done..).unwrap_or(&[])) {
            Ok(0) => break,
            Ok(count) => done += count,
            Err(errno) => return Err(failed(vm, errno)),
        }
    }
    Ok(done)
}

/// Moves the position.
pub(super) fn seek(vm: &mut Vm, file: Gc<File>, offset: i64, whence: Whence) -> Res<u64> {
    if file.console {
        return Err(vm.os_error(29));
    }
    forget_ahead(vm, file)?;
    vm.port.seek(file.id, offset, whence).map_err(|errno| failed(vm, errno))
}

/// Closes a file; the console's streams only look closed.
pub(super) fn close(vm: &mut Vm, file: Gc<File>) -> Res<()> {
    if !file.open.replace(false) || file.console {
        return Ok(());
    }
    vm.port.close(file.id).map_err(|errno| failed(vm, errno))
}

/// Gives the file another length.
pub(super) fn truncate(vm: &mut Vm, file: Gc<File>, len: u64) -> Res<()> {
    if file.console {
        return Err(vm.os_error(22));
    }
    forget_ahead(vm, file)?;
    vm.port.truncate(file.id, len).map_err(|errno| failed(vm, errno))
}

/// `isatty()`: only the console's streams may be terminals.
fn isatty(vm: &mut Vm, this: Obj) -> Res {
    let file = sequence::this::<File>(vm, this)?;
    if !file.open.get() {
        return Err(stream::closed(vm));
    }
    Ok(Obj::bool(file.console && vm.port.is_terminal(file.id)))
}

fn fileno(vm: &mut Vm, this: Obj) -> Res {
    let file = sequence::this::<File>(vm, this)?;
    if !file.open.get() {
        return Err(stream::closed(vm));
    }
    Ok(Obj::small_wrapping(file.id.0 as isize))
}

fn print(vm: &mut Vm, sink: &mut dyn Sink, obj: Obj, _: PrintKind) -> Res<()> {
    let Some(file) = Gc::<File>::from_obj(obj) else { return Ok(()) };
    let name = vm.type_name(obj);
    put(vm, sink, format_args!("<io.{name} {}>", file.id.0))
}

fn get_attr(vm: &mut Vm, obj: Obj, name: Qstr) -> Res {
    let Some(file) = Gc::<File>::from_obj(obj) else { return Ok(Obj::NULL) };
    if name == q!("buffer") && is_text(file) {
        return if file.console { new(vm, file.id, file.mode, file.name, &FILE_IO) } else { Ok(Obj::NULL) };
    }
    if name == q!("name") {
        return Ok(file.name);
    }
    if name == q!("mode") {
        let mode = file.mode;
        return Ok(Obj::name(match (mode.append, mode.exclusive, mode.truncate, mode.read && mode.write) {
            (true, _, _, false) => q!("a"),
            (true, _, _, true) => q!("a+"),
            (_, true, _, false) => q!("x"),
            (_, true, _, true) => q!("x+"),
            (_, _, true, false) => q!("w"),
            (_, _, true, true) => q!("w+"),
            (_, _, _, true) => q!("r+"),
            (_, _, _, false) => q!("r"),
        }));
    }
    stream::get_attr(vm, obj, name)
}
