//! Code objects as they run: bytecode in place, its prelude unpacked, caches beside it.

use core::cell::Cell;

use super::cache::{self, Cache};
use crate::Vm;
use crate::compile::lines;
use crate::compile::prelude::{self, Prelude};
use crate::q;
use crate::qstr::Qstr;
use crate::types::dict::Dict;
use crate::value::{Gc, GcVec, Obj, Object, Res, Rom, Type, row};

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
    /// The file that the functions' bytes lie in, when it is in the heap.
    pub image: GcVec<u8>,
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
    /// An asynchronous generator.
    pub const ASYNC_GENERATOR: u8 = 16;
    /// A coroutine; the bytes do not tell.
    pub const COROUTINE: u8 = 32;
    /// Has locals of its own; the bytes do not tell.
    pub const FUNCTION: u8 = 64;
}

/// Body of a code object.
#[repr(C)]
pub struct RawCode {
    /// First byte of bytecode.
    pub start: *const u8,
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
    pub simple: Cell<bool>,
    /// Whether its machine code can be called with other than objects, as the words in front of it say.
    pub takes_words: Cell<bool>,
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
    /// Where the line table stands in `bytes`.
    pub lines: core::ops::Range<u32>,
    /// Inline caches.
    pub caches: GcVec<Cache>,
    /// For each byte of bytecode the number of its cache; empty without caches.
    pub cache_of: GcVec<u16>,
    /// Lookups that were made without caches.
    #[cfg(feature = "diagnostics")]
    pub misses: Cell<u8>,
    /// Cells of outer functions, as far as is known: they come before the parameters.
    pub n_free: Cell<usize>,
    /// Machine code, if there is some: `fn(vm, function, args) -> word`.
    pub native: Cell<usize>,
    /// Which of `Vm::machine` that is.
    pub machine: Cell<usize>,
    /// All bytes: prelude and bytecode.
    pub bytes: GcVec<u8>,
    /// Names of all locals by number; empty in code read from a `.mpy` file.
    #[cfg(feature = "diagnostics")]
    pub locals: GcVec<u32>,
    /// Offset and line by turns, where the line table cannot tell them.
    #[cfg(feature = "diagnostics")]
    pub rows: GcVec<u32>,
    /// `__qualname__` of its functions.
    #[cfg(feature = "diagnostics")]
    pub qualname: Cell<Qstr>,
    /// Its docstring, or None.
    #[cfg(feature = "diagnostics")]
    pub doc: Cell<Obj>,
    /// The line it starts on.
    #[cfg(feature = "diagnostics")]
    pub first_line: Cell<u32>,
    /// Bytecode means the same as its machine code.
    #[cfg(feature = "trace")]
    pub is_python: Cell<bool>,
    /// How the program wants it to run.
    #[cfg(feature = "trace")]
    pub kind: Cell<crate::compile::code::Kind>,
    /// Of viper functions, names by twos: a parameter (or none: the result) and its annotation (none: not a name).
    #[cfg(feature = "trace")]
    pub annotations: GcVec<u32>,
}

impl Object for RawCode {
    const TYPE: &'static Type = &TYPE;
}

/// `code`
pub static TYPE: Type = Type {
    table: &[
        row(q!("co_name"), Rom::Get(|_, obj| of(obj, |code| Ok(Obj::name(code.name))))),
        row(q!("co_filename"), Rom::Get(|_, obj| of(obj, |code| Ok(Obj::name(code.context.file.get()))))),
        row(
            q!("co_argcount"),
            Rom::Get(|_, obj| of(obj, |code| Ok(Obj::small_wrapping(code.n_positional() as isize)))),
        ),
        row(
            q!("co_kwonlyargcount"),
            Rom::Get(|_, obj| of(obj, |code| Ok(Obj::small_wrapping(code.n_kwonly as isize)))),
        ),
        row(q!("co_flags"), Rom::Get(|_, obj| of(obj, |code| Ok(Obj::small_wrapping(code.python_flags()))))),
        #[cfg(feature = "diagnostics")]
        row(q!("co_qualname"), Rom::Get(|_, obj| of(obj, |code| Ok(Obj::name(code.qualname.get()))))),
        #[cfg(feature = "diagnostics")]
        row(
            q!("co_firstlineno"),
            Rom::Get(|_, obj| of(obj, |code| Ok(Obj::small_wrapping(code.first_line.get() as isize)))),
        ),
        #[cfg(feature = "diagnostics")]
        row(
            q!("co_varnames"),
            Rom::Get(|vm, obj| of(obj, |code| code.names_of(vm, |at| !code.is_cell(at) && !code.is_free(at)))),
        ),
        #[cfg(feature = "diagnostics")]
        row(q!("co_nlocals"), Rom::Get(|_, obj| of(obj, |code| Ok(Obj::small_wrapping(code.locals.len() as isize))))),
        #[cfg(feature = "diagnostics")]
        row(q!("co_cellvars"), Rom::Get(|vm, obj| of(obj, |code| code.names_of(vm, |at| code.is_cell(at))))),
        #[cfg(feature = "diagnostics")]
        row(q!("co_freevars"), Rom::Get(|vm, obj| of(obj, |code| code.names_of(vm, |at| code.is_free(at))))),
        #[cfg(feature = "trace")]
        row(q!("co_names"), Rom::Get(|vm, obj| of(obj, |code| crate::types::code::names(vm, code)))),
        #[cfg(feature = "trace")]
        row(q!("co_consts"), Rom::Get(|vm, obj| of(obj, |code| crate::types::code::consts(vm, code)))),
        #[cfg(feature = "trace")]
        row(q!("co_code"), Rom::Get(|vm, obj| of(obj, |code| crate::types::code::body(vm, code)))),
        #[cfg(feature = "trace")]
        row(q!("co_lnotab"), Rom::Get(|vm, obj| of(obj, |code| crate::types::code::line_table(vm, code)))),
        #[cfg(feature = "trace")]
        row(q!("co_lines"), crate::value::fun1(crate::types::code::lines)),
        #[cfg(feature = "trace")]
        row(q!("co_stacksize"), Rom::Get(|_, obj| of(obj, |code| Ok(Obj::small_wrapping(code.n_state as isize))))),
    ],
    ..Type::new(q!("code"))
};

fn of(obj: Obj, get: impl FnOnce(Gc<RawCode>) -> Res) -> Res {
    Gc::<RawCode>::from_obj(obj).map_or(Ok(Obj::NONE), get)
}

/// A copy of `code`, and of all functions made by it, with other globals. It runs as bytecode.
pub fn with_globals(vm: &mut Vm, code: Gc<RawCode>, globals: Gc<Dict>) -> Res<Gc<RawCode>> {
    let names = GcVec::from_slice(vm, code.context.names.slice())?;
    let consts = GcVec::from_slice(vm, code.context.consts.slice())?;
    let file = Cell::new(code.context.file.get());
    let image = GcVec::over(code.context.image.slice());
    let context = Gc::alloc(vm, Context { globals, names, consts, file, image })?;
    copied(vm, code, context)
}

fn copied(vm: &mut Vm, code: Gc<RawCode>, context: Gc<Context>) -> Res<Gc<RawCode>> {
    vm.check_stack()?;
    let children = GcVec::with_capacity(vm, code.children.len())?;
    for at in 0..code.children.len() {
        if let Some(child) = code.children.get(at).and_then(Gc::<RawCode>::from_obj) {
            let child = copied(vm, child, context)?;
            children.push(vm, child.obj())?;
        }
    }
    let copy = RawCode::new(vm, context, code.bytes.slice(), children, code.flags)?;
    cache::fill(vm, copy)?;
    copy.n_free.set(code.n_free.get());
    #[cfg(feature = "diagnostics")]
    {
        copy.locals.extend(vm, code.locals.slice())?;
        copy.qualname.set(code.qualname.get());
        copy.doc.set(code.doc.get());
        copy.first_line.set(code.first_line.get());
        copy.rows.extend(vm, code.rows.slice())?;
    }
    Ok(copy)
}

impl RawCode {
    /// Unpacks the prelude of `all` (prelude and bytecode in the `.mpy` encoding), which stays where it is: in memory that
    /// lives as long as the machine, or in the heap. ValueError if it is no function. `known` are flags that the bytes may
    /// not tell.
    pub fn new(
        vm: &mut Vm,
        context: Gc<Context>,
        all: &'static [u8],
        children: GcVec<Obj>,
        known: u8,
    ) -> Res<Gc<RawCode>> {
        let Ok(prelude) = Prelude::read(all) else { return Err(vm.value_error(format_args!("malformed bytecode"))) };
        let name_of = |number: usize| context.names.get(number).map_or(Qstr::NULL, Qstr);
        let params = GcVec::with_capacity(vm, prelude.n_pos_args + prelude.n_kwonly_args)?;
        let mut at = prelude.arg_names.start;
        while at < prelude.arg_names.end {
            let Ok(number) = prelude::uint(all, &mut at) else { break };
            params.push(vm, name_of(number).0)?;
        }
        let cells = GcVec::over(all.get(prelude.cells.clone()).unwrap_or(&[]));
        let body = all.get(prelude.code..).unwrap_or(&[]);
        let flags = prelude.flags.0 | known & (flags::COROUTINE | flags::FUNCTION);
        let awkward = flags & (flags::GENERATOR | flags::VAR_ARGS | flags::VAR_KEYWORDS) != 0;
        let code = RawCode {
            start: body.as_ptr(),
            n_state: prelude.n_state,
            n_exc: prelude.n_exc_stack,
            flags,
            n_pos: prelude.n_pos_args,
            n_kwonly: prelude.n_kwonly_args,
            n_defaults: prelude.n_def_pos_args,
            takes_words: Cell::new(false),
            simple: Cell::new(!awkward && prelude.n_kwonly_args == 0 && cells.is_empty()),
            name: name_of(prelude.name),
            context,
            params,
            cells,
            children,
            lines: prelude.lines.start as u32..prelude.lines.end as u32,
            caches: GcVec::new(),
            cache_of: GcVec::new(),
            #[cfg(feature = "diagnostics")]
            misses: Cell::new(0),
            n_free: Cell::new(0),
            native: Cell::new(0),
            machine: Cell::new(0),
            bytes: GcVec::over(all),
            #[cfg(feature = "trace")]
            is_python: Cell::new(true),
            #[cfg(feature = "trace")]
            kind: Cell::new(crate::compile::code::Kind::Bytecode),
            #[cfg(feature = "trace")]
            annotations: GcVec::new(),
            #[cfg(feature = "diagnostics")]
            locals: GcVec::new(),
            #[cfg(feature = "diagnostics")]
            rows: GcVec::new(),
            #[cfg(feature = "diagnostics")]
            qualname: Cell::new(name_of(prelude.name)),
            #[cfg(feature = "diagnostics")]
            doc: Cell::new(Obj::NONE),
            #[cfg(feature = "diagnostics")]
            first_line: Cell::new(lines::line_at(all.get(prelude.lines.clone()).unwrap_or(&[]), 0)),
        };
        Gc::alloc(vm, code)
    }

    /// Whether it can run without a call, in a namespace of its own: it takes nothing and has no cells.
    pub fn is_module_like(&self) -> bool {
        self.simple.get() && self.n_pos == 0
    }

    /// Whether it runs, or means something, as machine code only.
    pub fn is_machine_code(&self) -> bool {
        #[cfg(feature = "trace")]
        if !self.is_python.get() {
            return true;
        }
        self.native.get() != 0
    }

    /// `__qualname__` of its functions.
    pub fn qualname(&self) -> Qstr {
        #[cfg(feature = "diagnostics")]
        return self.qualname.get();
        #[cfg(not(feature = "diagnostics"))]
        self.name
    }

    /// `__doc__` of its functions.
    pub fn docstring(&self) -> Obj {
        #[cfg(feature = "diagnostics")]
        return self.doc.get();
        #[cfg(not(feature = "diagnostics"))]
        Obj::NONE
    }

    /// Positional parameters without the cells of a closure, which have no names.
    fn n_positional(&self) -> usize {
        self.n_pos - self.n_free()
    }

    /// Cells of outer functions, which lie before the parameters.
    fn n_free(&self) -> usize {
        self.n_free.get()
    }

    /// `co_flags` as CPython numbers them.
    fn python_flags(&self) -> isize {
        let has = |flag: u8| self.flags & flag != 0;
        let mut all = 0;
        for (flag, number) in [(flags::FUNCTION, 3), (flags::VAR_ARGS, 4), (flags::VAR_KEYWORDS, 8)] {
            all |= if has(flag) { number } else { 0 };
        }
        all | match (has(flags::ASYNC_GENERATOR), has(flags::COROUTINE), has(flags::GENERATOR)) {
            (true, _, _) => 0x200,
            (false, true, _) => 0x80,
            (false, false, true) => 0x20,
            (false, false, false) => 0,
        }
    }

    /// Whether a local is a cell that the function makes.
    pub fn is_cell(&self, local: usize) -> bool {
        self.cells.slice().iter().any(|cell| usize::from(*cell) == local)
    }

    /// Whether a local is a cell of an outer function.
    pub fn is_free(&self, local: usize) -> bool {
        local < self.n_free()
    }

    /// The names of the locals that `wanted` picks.
    #[cfg(feature = "diagnostics")]
    fn names_of(&self, vm: &mut Vm, wanted: impl Fn(usize) -> bool) -> Res {
        let all = GcVec::with_capacity(vm, self.locals.len())?;
        for (at, name) in self.locals.slice().iter().enumerate() {
            if wanted(at) && *name != 0 {
                all.push(vm, Obj::name(Qstr(*name)))?;
            }
        }
        crate::types::tuple::new(vm, all.slice())
    }

    /// The source line of the bytecode at `offset`.
    pub fn line_at(&self, offset: usize) -> u32 {
        #[cfg(feature = "diagnostics")]
        if !self.rows.is_empty() {
            let (rows, _) = self.rows.slice().as_chunks::<2>();
            let behind = rows.partition_point(|[start, _]| *start as usize <= offset);
            return behind.checked_sub(1).and_then(|at| rows.get(at)).map_or(1, |[_, line]| *line);
        }
        let range = self.lines.start as usize..self.lines.end as usize;
        lines::line_at(self.bytes.slice().get(range).unwrap_or(&[]), offset)
    }
}
