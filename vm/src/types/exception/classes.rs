//! The built-in exception classes.

use super::*;

macro_rules! classes {
    ($($ident:ident $name:expr, $base:ident;)*) => {
        $(
            #[doc = "A built-in exception class."]
            pub static $ident: Type = derived($name, &$base);
        )*
    };
}

const fn derived(name: Qstr, base: &'static Type) -> Type {
    Type {
        flags: Flags::BASE.with(Flags::EXCEPTION),
        layout: Some(TypeRef::of(&BASE_EXCEPTION)),
        base: Some(TypeRef::of(base)),
        make: Some(make::make),
        print: Some(print::print),
        get_attr: Some(attrs::get_attr),
        set_attr: Some(attrs::set_attr),
        // Only groups have methods of their own: see `group`.
        table: if is_group(name) { group::TABLE } else { &[] },
        ..Type::new(name)
    }
}

const fn is_group(name: Qstr) -> bool {
    name.0 == q!("BaseExceptionGroup").0 || name.0 == q!("ExceptionGroup").0
}

classes! {
    ARITHMETIC_ERROR q!("ArithmeticError"), EXCEPTION;
    ASSERTION_ERROR q!("AssertionError"), EXCEPTION;
    ATTRIBUTE_ERROR q!("AttributeError"), EXCEPTION;
    BASE_EXCEPTION_GROUP q!("BaseExceptionGroup"), BASE_EXCEPTION;
    BLOCKING_IO_ERROR q!("BlockingIOError"), OS_ERROR;
    BROKEN_PIPE_ERROR q!("BrokenPipeError"), CONNECTION_ERROR;
    BUFFER_ERROR q!("BufferError"), EXCEPTION;
    BYTES_WARNING q!("BytesWarning"), WARNING;
    CHILD_PROCESS_ERROR q!("ChildProcessError"), OS_ERROR;
    CONNECTION_ABORTED_ERROR q!("ConnectionAbortedError"), CONNECTION_ERROR;
    CONNECTION_ERROR q!("ConnectionError"), OS_ERROR;
    CONNECTION_REFUSED_ERROR q!("ConnectionRefusedError"), CONNECTION_ERROR;
    CONNECTION_RESET_ERROR q!("ConnectionResetError"), CONNECTION_ERROR;
    DEPRECATION_WARNING q!("DeprecationWarning"), WARNING;
    EOF_ERROR q!("EOFError"), EXCEPTION;
    EXCEPTION q!("Exception"), BASE_EXCEPTION;
    EXCEPTION_GROUP q!("ExceptionGroup"), EXCEPTION;
    FILE_EXISTS_ERROR q!("FileExistsError"), OS_ERROR;
    FILE_NOT_FOUND_ERROR q!("FileNotFoundError"), OS_ERROR;
    FLOATING_POINT_ERROR q!("FloatingPointError"), ARITHMETIC_ERROR;
    FUTURE_WARNING q!("FutureWarning"), WARNING;
    GENERATOR_EXIT q!("GeneratorExit"), BASE_EXCEPTION;
    IMPORT_ERROR q!("ImportError"), EXCEPTION;
    IMPORT_WARNING q!("ImportWarning"), WARNING;
    INDENTATION_ERROR q!("IndentationError"), SYNTAX_ERROR;
    INDEX_ERROR q!("IndexError"), LOOKUP_ERROR;
    INTERRUPTED_ERROR q!("InterruptedError"), OS_ERROR;
    IS_A_DIRECTORY_ERROR q!("IsADirectoryError"), OS_ERROR;
    KEY_ERROR q!("KeyError"), LOOKUP_ERROR;
    KEYBOARD_INTERRUPT q!("KeyboardInterrupt"), BASE_EXCEPTION;
    LOOKUP_ERROR q!("LookupError"), EXCEPTION;
    MEMORY_ERROR q!("MemoryError"), EXCEPTION;
    MODULE_NOT_FOUND_ERROR q!("ModuleNotFoundError"), IMPORT_ERROR;
    NAME_ERROR q!("NameError"), EXCEPTION;
    NOT_A_DIRECTORY_ERROR q!("NotADirectoryError"), OS_ERROR;
    NOT_IMPLEMENTED_ERROR q!("NotImplementedError"), RUNTIME_ERROR;
    OS_ERROR q!("OSError"), EXCEPTION;
    OVERFLOW_ERROR q!("OverflowError"), ARITHMETIC_ERROR;
    PENDING_DEPRECATION_WARNING q!("PendingDeprecationWarning"), WARNING;
    PERMISSION_ERROR q!("PermissionError"), OS_ERROR;
    PROCESS_LOOKUP_ERROR q!("ProcessLookupError"), OS_ERROR;
    RECURSION_ERROR q!("RecursionError"), RUNTIME_ERROR;
    REFERENCE_ERROR q!("ReferenceError"), EXCEPTION;
    RESOURCE_WARNING q!("ResourceWarning"), WARNING;
    RUNTIME_ERROR q!("RuntimeError"), EXCEPTION;
    RUNTIME_WARNING q!("RuntimeWarning"), WARNING;
    STOP_ASYNC_ITERATION q!("StopAsyncIteration"), EXCEPTION;
    STOP_ITERATION q!("StopIteration"), EXCEPTION;
    SYNTAX_ERROR q!("SyntaxError"), EXCEPTION;
    SYNTAX_WARNING q!("SyntaxWarning"), WARNING;
    SYSTEM_ERROR q!("SystemError"), EXCEPTION;
    SYSTEM_EXIT q!("SystemExit"), BASE_EXCEPTION;
    TAB_ERROR q!("TabError"), INDENTATION_ERROR;
    TIMEOUT_ERROR q!("TimeoutError"), OS_ERROR;
    TYPE_ERROR q!("TypeError"), EXCEPTION;
    UNBOUND_LOCAL_ERROR q!("UnboundLocalError"), NAME_ERROR;
    UNICODE_DECODE_ERROR q!("UnicodeDecodeError"), UNICODE_ERROR;
    UNICODE_ENCODE_ERROR q!("UnicodeEncodeError"), UNICODE_ERROR;
    UNICODE_ERROR q!("UnicodeError"), VALUE_ERROR;
    UNICODE_TRANSLATE_ERROR q!("UnicodeTranslateError"), UNICODE_ERROR;
    UNICODE_WARNING q!("UnicodeWarning"), WARNING;
    USER_WARNING q!("UserWarning"), WARNING;
    VALUE_ERROR q!("ValueError"), EXCEPTION;
    VIPER_TYPE_ERROR q!("ViperTypeError"), TYPE_ERROR;
    WARNING q!("Warning"), EXCEPTION;
    ZERO_DIVISION_ERROR q!("ZeroDivisionError"), ARITHMETIC_ERROR;
}
