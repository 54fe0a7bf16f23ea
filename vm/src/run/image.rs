//! Compiled files: the bytes of a `.mpy` file become functions whose bytecode stays where it is.

use core::cell::Cell;

use super::code::{Context, RawCode};
use super::load::run_module;
use crate::Vm;
use crate::mem::{NoMemory, Vec};
use crate::mpy::check::check;
#[cfg(feature = "diagnostics")]
use crate::mpy::explain::Refused;
use crate::mpy::read::{Function, Item, MAX_DEPTH, Name, ReadError, Reader, SMALL_INT_BITS};
#[cfg(feature = "diagnostics")]
use crate::q;
use crate::qstr::Qstr;
use crate::types::dict::Dict;
#[cfg(feature = "diagnostics")]
use crate::types::exception::VALUE_ERROR;
use crate::types::{bytes, complex, float, int, str, tuple};
use crate::value::{Gc, GcVec, Obj, Raise, Res};

/// The bytes of a file, and how long they live.
pub enum Image {
    /// As long as the machine: in flash, in the program, in what a program mapped for good. Nothing is copied that can be
    /// used where it is: bytecode, names, texts.
    Forever(&'static [u8]),
    /// In the heap. They are kept for as long as one of their functions is, which run there.
    Heap(GcVec<u8>),
}

impl Image {
    /// The bytes. They stay while the image does.
    pub fn bytes<'a>(&self) -> &'a [u8] {
        match self {
            Image::Forever(bytes) => bytes,
            Image::Heap(bytes) => bytes.slice(),
        }
    }
}

/// Runs a compiled file as a module with these globals. ValueError if it is of another kind of machine, or broken.
pub fn run_image(vm: &mut Vm, image: Image, globals: Gc<Dict>) -> Res {
    let body = load(vm, image, globals, Function::is_module_body)?;
    run_module(vm, body, globals)
}

/// Makes the outermost function of a compiled file, whatever it takes, and all those it makes. ValueError as `run_image`.
pub fn load_image(vm: &mut Vm, image: Image, globals: Gc<Dict>) -> Res<Gc<RawCode>> {
    load(vm, image, globals, |_| true)
}

#[cfg(not(feature = "diagnostics"))]
fn load(vm: &mut Vm, image: Image, globals: Gc<Dict>, fits: fn(&Function<'static>) -> bool) -> Res<Gc<RawCode>> {
    parts(vm, image, globals, fits)
}

/// As `parts`; a note says what is wrong with a file that is refused.
#[cfg(feature = "diagnostics")]
fn load(vm: &mut Vm, image: Image, globals: Gc<Dict>, fits: fn(&Function<'static>) -> bool) -> Res<Gc<RawCode>> {
    let bytes = image.bytes();
    parts(vm, image, globals, fits).or_else(|raise| {
        let exception = vm.take_exception(raise);
        if exception.is_exact(&VALUE_ERROR) {
            let note = str::from_format(vm, format_args!("{}", Refused(bytes)))?;
            vm.call_method(exception, q!("add_note"), &[note])?;
        }
        Err(vm.reraise(exception))
    })
}

fn parts(vm: &mut Vm, image: Image, globals: Gc<Dict>, fits: fn(&Function<'static>) -> bool) -> Res<Gc<RawCode>> {
    let all = image.bytes();
    let image = match image {
        Image::Forever(_) => None,
        Image::Heap(image) => Some(image),
    };
    let opened = Reader::new(all, SMALL_INT_BITS);
    let (reader, n_names, n_consts) = can(vm, opened)?;
    let mut loader = Loader { reader, stays: image.is_none(), names: Vec::new(), n_consts };
    let (names, consts) = (GcVec::with_capacity(vm, n_names)?, GcVec::with_capacity(vm, n_consts)?);
    let room = loader.names.reserve(n_names);
    can(vm, room.map_err(ReadError::from))?;
    for _ in 0..n_names {
        let name = loader.name(vm);
        let name = can(vm, name)?;
        names.push(vm, name.0)?;
    }
    for _ in 0..n_consts {
        let constant = loader.constant(vm, MAX_DEPTH)?;
        consts.push(vm, constant)?;
    }
    let root = loader.reader.function();
    let root = can(vm, root)?;
    let (true, Some(&file)) = (fits(&root), loader.names.first()) else {
        return Err(refused(vm, ReadError::Incompatible));
    };
    let image = image.unwrap_or_default();
    let context = Gc::alloc(vm, Context { globals, names, consts, file: Cell::new(file), image })?;
    loader.code(vm, context, &root, MAX_DEPTH)
}

fn can<T>(vm: &mut Vm, read: Result<T, ReadError>) -> Res<T> {
    read.map_err(|error| refused(vm, error))
}

#[cold]
fn refused(vm: &mut Vm, error: ReadError) -> Raise {
    match error {
        ReadError::NoMemory => vm.memory_error(),
        ReadError::Arch => vm.value_error(format_args!("incompatible .mpy arch")),
        ReadError::Incompatible => vm.value_error(format_args!("incompatible .mpy file")),
    }
}

struct Loader {
    reader: Reader<'static>,
    /// The bytes live as long as the machine.
    stays: bool,
    names: Vec<Qstr>,
    n_consts: usize,
}

impl Loader {
    fn name(&mut self, vm: &mut Vm) -> Result<Qstr, ReadError> {
        let name = match self.reader.name()? {
            Name::Known(name) => name,
            Name::Text(text) => self.intern(vm, text)?,
        };
        self.names.push(name)?;
        Ok(name)
    }

    fn intern(&self, vm: &mut Vm, text: &'static str) -> Result<Qstr, NoMemory> {
        if self.stays { vm.pool.intern_static(text) } else { vm.pool.intern(text) }
    }

    fn constant(&mut self, vm: &mut Vm, depth: u8) -> Res {
        let item = self.reader.item();
        match can(vm, item)? {
            Item::None => Ok(Obj::NONE),
            Item::True => Ok(Obj::TRUE),
            Item::False => Ok(Obj::FALSE),
            Item::Ellipsis => Ok(Obj::ELLIPSIS),
            Item::Int(digits) => int::from_text(vm, digits, 10),
            Item::Float(value) => float::new(vm, value),
            Item::Complex(real, imag) => complex::new(vm, (real, imag)),
            // A name is a text that need not be copied.
            Item::Str(text) if self.stays => {
                let name = self.intern(vm, text);
                Ok(Obj::name(can(vm, name.map_err(ReadError::from))?))
            }
            Item::Str(text) => str::new(vm, text),
            Item::Bytes(value) if self.stays => bytes::new_static(vm, value),
            Item::Bytes(value) => bytes::new(vm, value),
            Item::Tuple(len) => {
                let Some(depth) = depth.checked_sub(1) else { return Err(refused(vm, ReadError::Incompatible)) };
                let items = GcVec::with_capacity(vm, len)?;
                for _ in 0..len {
                    let item = self.constant(vm, depth)?;
                    items.push(vm, item)?;
                }
                tuple::new(vm, items.slice())
            }
        }
    }

    fn code(&mut self, vm: &mut Vm, context: Gc<Context>, function: &Function<'static>, depth: u8) -> Res<Gc<RawCode>> {
        vm.check_stack()?;
        let Some(depth) = depth.checked_sub(1) else { return Err(refused(vm, ReadError::Incompatible)) };
        let children = GcVec::with_capacity(vm, function.n_children)?;
        let mut n_pos = Vec::new();
        for _ in 0..function.n_children {
            let child = self.reader.function();
            let child = can(vm, child)?;
            let noted = n_pos.push(child.prelude.n_pos_args as u16);
            can(vm, noted.map_err(ReadError::from))?;
            let child = self.code(vm, context, &child, depth)?;
            children.push(vm, child.obj())?;
        }
        let checked = check(function, &self.names, self.n_consts, &n_pos);
        can(vm, checked)?;
        RawCode::new(vm, context, function.bytes, children, 0)
    }
}

#[cfg(test)]
mod tests {
    use super::{Image, load_image};
    use crate::compile::{Options, compile};
    use crate::mem::Vec;
    use crate::mpy::write::write;
    use crate::qstr::{Pool, Qstr};
    use crate::run::code::RawCode;
    use crate::testing;
    use crate::types::{bytes, tuple};
    use crate::value::Gc;
    use core::fmt::Write as _;
    use std::boxed::Box;
    use std::string::String;

    /// A module with 50 KB of bytecode in `functions` functions, and texts and bytes of 20 KB each.
    fn file(functions: usize) -> &'static [u8] {
        let mut source = String::new();
        for n in 0..functions {
            writeln!(source, "def f{n}(a, b):").unwrap();
            for m in 0..10_000 / functions {
                writeln!(source, "  a = a * {m} + b").unwrap();
            }
            let text = "text of some length ".repeat(20_000 / 20 / functions);
            writeln!(source, "  return '{n} {text}', b'{n} {text}', b'short'").unwrap();
        }
        let mut pool = Pool::new();
        let module = compile(source.as_bytes(), "big.py", &mut pool, &Options::FILE).unwrap();
        let bytes: Vec<u8> = write(&module, &pool).unwrap();
        Box::leak(bytes.to_vec().into_boxed_slice())
    }

    #[test]
    fn what_lives_for_ever_is_not_copied() {
        let bytes = file(5);
        assert!(bytes.len() > 80_000);
        let inside = |at: *const u8| bytes.as_ptr_range().contains(&at);
        testing::run(|vm| {
            vm.heap.collect();
            let before = vm.heap.stats().used;
            let globals = vm.main_globals;
            let root = load_image(vm, Image::Forever(bytes), globals).unwrap();
            vm.heap.collect();
            let taken = vm.heap.stats().used - before;
            assert!(taken < 6_000, "{taken} bytes of heap");
            assert!(inside(root.start));
            assert_eq!(root.children.len(), 5);
            for child in root.children.slice() {
                let child = Gc::<RawCode>::from_obj(*child).unwrap();
                assert!(inside(child.start) && child.caches.is_empty());
            }
            let name = root.context.names.slice().iter().find(|name| vm.text_of_name(Qstr(**name)) == "f3").unwrap();
            assert!(inside(vm.text_of_name(Qstr(*name)).as_ptr()));
            for constant in root.context.consts.slice() {
                let items = tuple::items(*constant).unwrap();
                let [text, long, short] = *items else { panic!("{}", items.len()) };
                assert!(inside(vm.text_of_name(text.as_name().unwrap()).as_ptr()));
                let [long, short] = [long, short].map(|bytes| bytes::bytes_of(bytes).unwrap());
                assert!(inside(long.as_ptr()) && long.ends_with(b"length ") && short == b"short");
            }
        });
    }

    #[test]
    fn a_file_from_a_disk_is_one_piece() {
        let bytes = file(5);
        testing::run(|vm| {
            let image = crate::value::GcVec::from_slice(vm, bytes).unwrap();
            let start = image.slice().as_ptr_range();
            vm.heap.collect();
            let before = vm.heap.stats().used;
            let globals = vm.main_globals;
            let root = load_image(vm, Image::Heap(image), globals).unwrap();
            vm.heap.collect();
            let taken = vm.heap.stats().used - before;
            // The texts, and what functions are.
            assert!(taken < 40_000 + 6_000, "{taken} bytes of heap");
            assert!(start.contains(&root.start));
        });
    }
}
