//! builtins: the names every program knows.

mod attributes;
mod build_class;
mod classes;
mod iterate;
mod numbers;
mod program;
mod text;

pub use attributes::plain_dir;
pub use numbers::{divmod, round};
pub use text::format as format_value;

use crate::q;
use crate::types::{
    bool, bytearray, bytes, class, classmethod, complex, dict, enumerate, exception as exc, filter, float, frozenset,
    int, list, map, object, property, range, reversed, set, slice, staticmethod, str, super_, tuple, zip,
};
use crate::value::{Entry, Obj, Rom, fun0, fun1, fun2, fun3, kw, row, var};

/// The names.
pub static TABLE: &[Entry] = &[
    row(q!("__name__"), Rom::Word(Obj::name(q!("builtins")))),
    row(q!("Ellipsis"), Rom::Word(Obj::ELLIPSIS)),
    row(q!("NotImplemented"), Rom::Word(Obj::NOT_IMPLEMENTED)),
    // Types.
    row(q!("bool"), Rom::Type(&bool::TYPE)),
    row(q!("bytearray"), Rom::Type(&bytearray::TYPE)),
    row(q!("bytes"), Rom::Type(&bytes::TYPE)),
    row(q!("classmethod"), Rom::Type(&classmethod::TYPE)),
    row(q!("complex"), Rom::Type(&complex::TYPE)),
    row(q!("dict"), Rom::Type(&dict::TYPE)),
    row(q!("enumerate"), Rom::Type(&enumerate::TYPE)),
    row(q!("filter"), Rom::Type(&filter::TYPE)),
    row(q!("float"), Rom::Type(&float::TYPE)),
    row(q!("frozenset"), Rom::Type(&frozenset::TYPE)),
    row(q!("int"), Rom::Type(&int::TYPE)),
    row(q!("list"), Rom::Type(&list::TYPE)),
    row(q!("memoryview"), Rom::Type(&crate::types::memoryview::TYPE)),
    row(q!("map"), Rom::Type(&map::TYPE)),
    row(q!("object"), Rom::Type(&object::TYPE)),
    row(q!("property"), Rom::Type(&property::TYPE)),
    row(q!("range"), Rom::Type(&range::TYPE)),
    row(q!("reversed"), Rom::Type(&reversed::TYPE)),
    row(q!("set"), Rom::Type(&set::TYPE)),
    row(q!("slice"), Rom::Type(&slice::TYPE)),
    row(q!("staticmethod"), Rom::Type(&staticmethod::TYPE)),
    row(q!("str"), Rom::Type(&str::TYPE)),
    row(q!("super"), Rom::Type(&super_::TYPE)),
    row(q!("tuple"), Rom::Type(&tuple::TYPE)),
    row(q!("type"), Rom::Type(&class::TYPE)),
    row(q!("zip"), Rom::Type(&zip::TYPE)),
    // Functions.
    row(q!("__build_class__"), kw(2, build_class::build_class)),
    row(q!("__import__"), var(1, 5, program::import)),
    row(q!("compile"), var(3, 6, program::compile)),
    row(q!("eval"), var(1, 3, program::eval)),
    row(q!("exec"), var(1, 3, program::exec)),
    row(q!("globals"), fun0(program::globals)),
    row(q!("locals"), fun0(program::locals)),
    row(q!("abs"), fun1(numbers::abs)),
    row(q!("all"), fun1(iterate::all)),
    row(q!("any"), fun1(iterate::any)),
    row(q!("ascii"), fun1(text::ascii)),
    row(q!("bin"), fun1(numbers::bin)),
    row(q!("callable"), fun1(classes::callable)),
    row(q!("chr"), fun1(text::chr)),
    row(q!("delattr"), fun2(attributes::delattr)),
    row(q!("dir"), var(0, 1, attributes::dir)),
    row(q!("divmod"), fun2(numbers::divmod)),
    row(q!("format"), var(1, 2, text::format)),
    row(q!("getattr"), var(2, 3, attributes::getattr)),
    row(q!("hasattr"), fun2(attributes::hasattr)),
    row(q!("hash"), fun1(classes::hash)),
    row(q!("help"), var(0, 1, attributes::help)),
    row(q!("hex"), fun1(numbers::hex)),
    row(q!("id"), fun1(classes::id)),
    row(q!("input"), var(0, 1, text::input)),
    row(q!("isinstance"), fun2(classes::isinstance)),
    row(q!("issubclass"), fun2(classes::issubclass)),
    row(q!("iter"), var(1, 2, iterate::iter)),
    row(q!("len"), fun1(iterate::len)),
    row(q!("max"), kw(1, iterate::max)),
    row(q!("min"), kw(1, iterate::min)),
    row(q!("next"), var(1, 2, iterate::next)),
    row(q!("oct"), fun1(numbers::oct)),
    row(q!("open"), kw(0, crate::types::file::open)),
    row(q!("ord"), fun1(text::ord)),
    row(q!("pow"), kw(0, numbers::pow)),
    row(q!("print"), kw(0, text::print)),
    row(q!("repr"), fun1(text::repr)),
    row(q!("__repl_print__"), fun1(text::repl_print)),
    row(q!("round"), kw(0, numbers::round)),
    row(q!("setattr"), fun3(attributes::setattr)),
    row(q!("sorted"), kw(1, iterate::sorted)),
    row(q!("sum"), kw(0, iterate::sum)),
    row(q!("vars"), fun1(attributes::vars)),
    // Exceptions.
    row(q!("ArithmeticError"), Rom::Type(&exc::ARITHMETIC_ERROR)),
    row(q!("AssertionError"), Rom::Type(&exc::ASSERTION_ERROR)),
    row(q!("AttributeError"), Rom::Type(&exc::ATTRIBUTE_ERROR)),
    row(q!("BaseException"), Rom::Type(&exc::BASE_EXCEPTION)),
    row(q!("EOFError"), Rom::Type(&exc::EOF_ERROR)),
    row(q!("Exception"), Rom::Type(&exc::EXCEPTION)),
    row(q!("GeneratorExit"), Rom::Type(&exc::GENERATOR_EXIT)),
    row(q!("ImportError"), Rom::Type(&exc::IMPORT_ERROR)),
    row(q!("IndentationError"), Rom::Type(&exc::INDENTATION_ERROR)),
    row(q!("IndexError"), Rom::Type(&exc::INDEX_ERROR)),
    row(q!("KeyError"), Rom::Type(&exc::KEY_ERROR)),
    row(q!("KeyboardInterrupt"), Rom::Type(&exc::KEYBOARD_INTERRUPT)),
    row(q!("LookupError"), Rom::Type(&exc::LOOKUP_ERROR)),
    row(q!("MemoryError"), Rom::Type(&exc::MEMORY_ERROR)),
    row(q!("NameError"), Rom::Type(&exc::NAME_ERROR)),
    row(q!("NotImplementedError"), Rom::Type(&exc::NOT_IMPLEMENTED_ERROR)),
    row(q!("OSError"), Rom::Type(&exc::OS_ERROR)),
    row(q!("OverflowError"), Rom::Type(&exc::OVERFLOW_ERROR)),
    row(q!("RuntimeError"), Rom::Type(&exc::RUNTIME_ERROR)),
    row(q!("StopAsyncIteration"), Rom::Type(&exc::STOP_ASYNC_ITERATION)),
    row(q!("StopIteration"), Rom::Type(&exc::STOP_ITERATION)),
    row(q!("SyntaxError"), Rom::Type(&exc::SYNTAX_ERROR)),
    row(q!("SystemExit"), Rom::Type(&exc::SYSTEM_EXIT)),
    row(q!("TypeError"), Rom::Type(&exc::TYPE_ERROR)),
    row(q!("UnicodeError"), Rom::Type(&exc::UNICODE_ERROR)),
    row(q!("ValueError"), Rom::Type(&exc::VALUE_ERROR)),
    row(q!("ViperTypeError"), Rom::Type(&exc::VIPER_TYPE_ERROR)),
    row(q!("ZeroDivisionError"), Rom::Type(&exc::ZERO_DIVISION_ERROR)),
];
