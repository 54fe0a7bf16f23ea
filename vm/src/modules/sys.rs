//! sys: the running system.

use crate::Vm;
use crate::q;
use crate::qstr::Qstr;
use crate::types::{attrtuple, dict, exception, int, module, str, tuple};
use crate::value::{Entry, GcVec, Obj, Res, Rom, Stdout, Type, TypeRef, UnaryOp, fun0, fun1, row, var};

/// The names.
pub static TABLE: &[Entry] = &[
    row(q!("__name__"), Rom::Word(Obj::name(q!("sys")))),
    row(q!("path"), Rom::Make(path)),
    row(q!("argv"), Rom::Make(argv)),
    row(q!("modules"), Rom::Make(modules)),
    row(q!("version"), Rom::Make(version)),
    row(q!("version_info"), Rom::Make(version_info)),
    row(q!("implementation"), Rom::Make(implementation)),
    row(q!("platform"), Rom::Make(platform)),
    row(q!("byteorder"), Rom::Word(Obj::name(if cfg!(target_endian = "little") { q!("little") } else { q!("big") }))),
    row(q!("maxsize"), Rom::Make(maxsize)),
    row(q!("executable"), Rom::Make(executable)),
    row(q!("ps1"), Rom::Word(Obj::name(q!(">>> ")))),
    row(q!("ps2"), Rom::Word(Obj::name(q!("... ")))),
    row(q!("stdin"), Rom::Make(crate::types::file::stdin)),
    row(q!("stdout"), Rom::Make(crate::types::file::stdout)),
    row(q!("stderr"), Rom::Make(crate::types::file::stderr)),
    row(q!("exit"), var(0, 1, exit)),
    row(q!("print_exception"), var(1, 2, print_exception)),
    row(q!("exc_info"), fun0(exc_info)),
    row(q!("getsizeof"), fun1(getsizeof)),
    row(q!("intern"), fun1(intern)),
    row(q!("atexit"), fun1(atexit)),
    #[cfg(feature = "trace")]
    row(q!("settrace"), fun1(settrace)),
    #[cfg(feature = "trace")]
    row(q!("gettrace"), fun0(gettrace)),
    #[cfg(feature = "trace")]
    row(q!("_getframe"), var(0, 1, getframe)),
];

/// What `sys.version` and the banner say after the language's version.
pub const BANNER: &str = concat!("MicroPython v1.29.0 (Pyrite ", env!("CARGO_PKG_VERSION"), ") on ", "2026-11-21");

/// What a program put in place of `sys.stdout`; `Obj::NULL` while it is the console.
pub fn replaced_stdout(vm: &mut Vm) -> Obj {
    replaced(vm, q!("stdout"))
}

/// What a program set `sys.NAME` to; `Obj::NULL` if nothing.
pub fn replaced(vm: &Vm, name: Qstr) -> Obj {
    let Some(modules) = dict::map(vm.modules) else { return Obj::NULL };
    let sys = modules.get_name(vm, q!("sys"));
    if sys.is_null() {
        return Obj::NULL;
    }
    module::globals(sys).map_or(Obj::NULL, |globals| globals.map.get_name(vm, name))
}

fn path(vm: &mut Vm) -> Res {
    Ok(vm.path)
}

fn argv(vm: &mut Vm) -> Res {
    Ok(vm.argv)
}

fn modules(vm: &mut Vm) -> Res {
    Ok(vm.modules)
}

fn version(vm: &mut Vm) -> Res {
    str::from_format(vm, format_args!("3.4.0; {BANNER}"))
}

fn version_info(vm: &mut Vm) -> Res {
    tuple::new(vm, &[3, 4, 0].map(Obj::small_wrapping))
}

fn platform(vm: &mut Vm) -> Res {
    let name = vm.port.platform();
    str::new(vm, name)
}

fn executable(vm: &mut Vm) -> Res {
    let path = vm.executable;
    str::new(vm, path)
}

fn maxsize(vm: &mut Vm) -> Res {
    int::new(vm, isize::MAX as i64)
}

static FIELDS: &[Qstr] = &[
    q!("name"),
    q!("version"),
    q!("_machine"),
    q!("_mpy"),
    q!("_build"),
    #[cfg(feature = "threads")]
    q!("_thread"),
    #[cfg(feature = "v2")]
    q!("_v2"),
];

/// Type of `sys.implementation`.
static IMPLEMENTATION: Type = attrtuple::of(
    |vm, obj, name| attrtuple::get(vm, FIELDS, obj, name),
    |vm, sink, obj, _| attrtuple::print(vm, sink, FIELDS, obj),
);

/// Version 6, sub-version 3 of the file format.
const MPY: isize = 6 | 3 << 8;

/// What machine this is: `sys.implementation._machine`.
pub fn machine(vm: &mut Vm) -> Res {
    if let Some(machine) = vm.port.machine() {
        return str::new(vm, machine);
    }
    let platform = vm.port.platform();
    str::from_format(vm, format_args!("{platform} [Pyrite {}]", env!("CARGO_PKG_VERSION")))
}

fn implementation(vm: &mut Vm) -> Res {
    let version = [Obj::small_wrapping(1), Obj::small_wrapping(29), Obj::small_wrapping(0), Obj::name(q!(""))];
    let version = tuple::new(vm, &version)?;
    let machine = machine(vm)?;
    let items = [
        Obj::name(q!("micropython")),
        version,
        machine,
        Obj::small_wrapping(MPY),
        Obj::name(q!("pyrite")),
        #[cfg(feature = "threads")]
        Obj::name(q!("GIL")),
        #[cfg(feature = "v2")]
        Obj::TRUE,
    ];
    tuple::new_as(vm, TypeRef::of(&IMPLEMENTATION), &items)
}

fn exit(vm: &mut Vm, args: &[Obj]) -> Res {
    Err(vm.raise_args(&exception::SYSTEM_EXIT, args))
}

fn print_exception(vm: &mut Vm, args: &[Obj]) -> Res {
    let exception = args[0];
    let file = args.get(1).copied().unwrap_or_else(|| replaced_stdout(vm));
    if file.is_null() {
        crate::run::print_exception(vm, &mut Stdout, exception)?;
        return Ok(Obj::NONE);
    }
    let mut text = str::Bytes(GcVec::new());
    crate::run::print_exception(vm, &mut text, exception)?;
    if vm.find_method(file, q!("write"))?.function.is_null() {
        let reason = str::new(vm, "stream operation not supported")?;
        return Err(vm.raise_args(&exception::OS_ERROR, &[reason]));
    }
    let text = str::new(vm, core::str::from_utf8(text.0.slice()).unwrap_or(""))?;
    vm.call_method(file, q!("write"), &[text])?;
    Ok(Obj::NONE)
}

fn exc_info(vm: &mut Vm) -> Res {
    let exception = vm.caught();
    if exception.is_null() || exception.is_none() {
        return tuple::new(vm, &[Obj::NONE; 3]);
    }
    let traceback = crate::run::traceback::object(vm, exception)?;
    tuple::new(vm, &[exception.type_of().obj(), exception, traceback])
}

fn getsizeof(vm: &mut Vm, obj: Obj) -> Res {
    if let Some(unary) = obj.type_of().unary {
        let size = unary(vm, UnaryOp::SizeOf, obj)?;
        if !size.is_null() {
            return Ok(size);
        }
    }
    let size = vm.size_of(obj);
    int::from_usize(vm, size)
}

fn intern(vm: &mut Vm, text: Obj) -> Res {
    match str::intern(vm, text)? {
        Some(name) => Ok(Obj::name(name)),
        None => {
            let ty = vm.type_name(text);
            Err(vm.type_error(format_args!("can't convert '{ty}' object to str implicitly")))
        }
    }
}

fn atexit(vm: &mut Vm, function: Obj) -> Res {
    let old = core::mem::replace(&mut vm.at_exit, function);
    Ok(if old.is_null() { Obj::NONE } else { old })
}

#[cfg(feature = "trace")]
fn settrace(vm: &mut Vm, function: Obj) -> Res {
    crate::run::trace::set(vm, function);
    Ok(Obj::NONE)
}

#[cfg(feature = "trace")]
fn gettrace(vm: &mut Vm) -> Res {
    Ok(crate::run::trace::function(vm))
}

/// `_getframe(depth=0)`
#[cfg(feature = "trace")]
fn getframe(vm: &mut Vm, args: &[Obj]) -> Res {
    let depth = match args.first() {
        Some(depth) => int::index(vm, *depth)?.max(0) as usize,
        None => 0,
    };
    let frame = crate::run::trace::nth(vm, depth);
    if frame.is_null() {
        return Err(vm.value_error(format_args!("call stack is not deep enough")));
    }
    // SAFETY: a running frame is in use.
    Ok(unsafe { crate::run::trace::object(vm, frame) }?.obj())
}
