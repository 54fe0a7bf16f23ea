//! Exceptions of CPython that are none of ours, or others, by design.

/// A difference that we mean. What CPython minds is told by the text of its exception, so that a rule says nothing of
/// other operations in the same statement.
pub struct Rule {
    /// The difference.
    pub why: &'static str,
    /// CPython's exception.
    pub theirs: &'static str,
    /// What its text has, one of them.
    pub texts: &'static [&'static str],
    /// What the statement has, one of them; anything when there are none.
    pub says: &'static [&'static str],
    /// What is ours then.
    pub ours: Ours,
}

/// What is ours where CPython raises.
pub enum Ours {
    /// A value, or an exception of what is done with the value afterwards.
    Any,
    /// One of these exceptions.
    Raises(&'static [&'static str]),
}

/// All of them.
pub const RULES: &[Rule] = &[
    Rule {
        why: "MicroPython has one error for encoding and decoding",
        theirs: "UnicodeDecodeError",
        texts: &[""],
        says: &[],
        ours: Ours::Raises(&["UnicodeError"]),
    },
    Rule {
        why: "MicroPython has one error for encoding and decoding",
        theirs: "UnicodeEncodeError",
        texts: &[""],
        says: &[],
        ours: Ours::Raises(&["UnicodeError"]),
    },
    Rule {
        why: "a value out of range is OverflowError in every store",
        theirs: "ValueError",
        texts: &["byte must be in range(0, 256)", "memoryview: invalid value for format"],
        says: &[],
        ours: Ours::Raises(&["OverflowError"]),
    },
    Rule {
        why: "which is told of first: an index that is too large, or that nothing can be stored there",
        theirs: "IndexError",
        texts: &["cannot fit 'int' into an index-sized integer"],
        says: &[],
        ours: Ours::Raises(&["TypeError", "OverflowError"]),
    },
    Rule { why: "CPython has less memory", theirs: "MemoryError", texts: &[""], says: &[], ours: Ours::Any },
    Rule {
        why: "which of two exceptions says that something is too large depends on how objects are laid out",
        theirs: "OverflowError",
        texts: &[""],
        says: &[],
        ours: Ours::Raises(&["MemoryError"]),
    },
    Rule {
        why: "MicroPython packs and unpacks what is there",
        theirs: "error",
        texts: &["pack expected ", "pack_into expected ", "unpack requires a buffer of "],
        says: &[],
        ours: Ours::Any,
    },
    Rule {
        why: "MicroPython has no struct.error",
        theirs: "error",
        texts: &[
            "bad char in struct format",
            "repeat count given without format specifier",
            "total struct size too long",
            "embedded null character",
            "unpack_from requires a buffer of at least",
            "iteratively unpack",
            "iterative unpacking requires a buffer of a multiple",
            "offset ",
        ],
        says: &[],
        ours: Ours::Raises(&["ValueError"]),
    },
    Rule {
        why: "MicroPython has no struct.error",
        theirs: "error",
        texts: &["argument out of range", "int too large to convert", " format requires "],
        says: &[],
        ours: Ours::Raises(&["OverflowError"]),
    },
    Rule {
        why: "MicroPython has no struct.error",
        theirs: "error",
        texts: &["required argument is not ", "char format requires "],
        says: &[],
        ours: Ours::Raises(&["TypeError", "ValueError", "OverflowError"]),
    },
    Rule {
        why: "MicroPython packs texts as well as bytes",
        theirs: "error",
        texts: &["argument for 's' must be a bytes object", "argument for 'p' must be a bytes object"],
        says: &[],
        ours: Ours::Any,
    },
    Rule {
        why: "CPython keeps formats of struct by their hash",
        theirs: "ValueError",
        texts: &["cannot hash writable memoryview object", "hashing is restricted to formats"],
        says: &[],
        ours: Ours::Raises(&["TypeError"]),
    },
    Rule {
        why: "whether pow() of three arguments first looks at what they are or at how large",
        theirs: "OverflowError",
        texts: &["int too large to convert to float"],
        says: &["mod="],
        ours: Ours::Raises(&["TypeError"]),
    },
    Rule {
        why: "CPython's own slip: an angle too small for a float is an error",
        theirs: "OverflowError",
        texts: &["math range error"],
        says: &["cmath.phase("],
        ours: Ours::Any,
    },
    Rule {
        why: "a view whose items lie apart has no bytes to give: TypeError",
        theirs: "BufferError",
        texts: &["underlying buffer is not C-contiguous"],
        says: &[],
        ours: Ours::Raises(&["TypeError"]),
    },
    Rule {
        why: "a missing __enter__ or __exit__ is AttributeError, as in MicroPython",
        theirs: "TypeError",
        texts: &["does not support the context manager protocol"],
        says: &["with "],
        ours: Ours::Raises(&["AttributeError"]),
    },
    Rule {
        why: "CPython's own slip: an object of the program's with __index__ repeats with * but not with *=",
        theirs: "TypeError",
        texts: &["for *=: 'I' and ", "for *=: 'X' and "],
        says: &["*="],
        ours: Ours::Any,
    },
    Rule {
        why: "int.is_integer is of Python 3.12",
        theirs: "AttributeError",
        texts: &["no attribute 'is_integer'"],
        says: &[],
        ours: Ours::Any,
    },
    Rule {
        why: "a view looks its bytes up each time, so they may grow under it; when it is no longer in use is not known",
        theirs: "BufferError",
        texts: &["Existing exports of data: object cannot be re-sized"],
        says: &[],
        ours: Ours::Any,
    },
    Rule {
        why: "what is removed from a dict or set while it is walked over is no error, as in MicroPython",
        theirs: "RuntimeError",
        texts: &[
            "changed size during iteration",
            "OrderedDict mutated during iteration",
            "keys changed during iteration",
        ],
        says: &["del ", "pop(", "popitem(", "discard(", "remove(", "clear("],
        ours: Ours::Any,
    },
    Rule {
        why: "MicroPython adds up texts",
        theirs: "TypeError",
        texts: &["sum() can't sum strings", "sum() can't sum bytes", "sum() can't sum bytearray"],
        says: &[],
        ours: Ours::Any,
    },
    Rule {
        why: "arrays, bytes and views of them are in order with each other, as in MicroPython",
        theirs: "TypeError",
        texts: &[
            "not supported between instances of 'memoryview' and",
            "not supported between instances of 'array.array' and 'byte",
            "not supported between instances of 'array.array' and 'memoryview'",
            "not supported between instances of 'bytes' and 'array.array'",
            "not supported between instances of 'bytearray' and 'array.array'",
            "not supported between instances of 'bytes' and 'memoryview'",
            "not supported between instances of 'bytearray' and 'memoryview'",
        ],
        says: &[],
        ours: Ours::Any,
    },
    Rule {
        why: "MicroPython has one error for typecodes",
        theirs: "UnicodeEncodeError",
        texts: &["'ascii' codec can't encode"],
        says: &[".cast(", "struct."],
        ours: Ours::Raises(&["ValueError"]),
    },
    Rule {
        why: "arrays are extended by bytes as they lie, as in MicroPython",
        theirs: "OverflowError",
        texts: &[
            "is less than minimum",
            "is greater than maximum",
            "can't convert negative int",
            "int too large to convert",
        ],
        says: &[".extend("],
        ours: Ours::Any,
    },
    Rule {
        why: "arrays are extended by bytes as they lie, as in MicroPython",
        theirs: "TypeError",
        texts: &[
            "'float' object cannot be interpreted",
            "'bytes' object cannot be interpreted",
            "must be real number, not bytes",
        ],
        says: &[".extend(memoryview(", ".extend((memoryview("],
        ours: Ours::Any,
    },
    Rule {
        why: "views have one dimension: no tuple is an index",
        theirs: "NotImplementedError",
        texts: &["sub-views are not implemented", "multi-dimensional"],
        says: &[],
        ours: Ours::Raises(&["TypeError"]),
    },
    Rule { why: STARS, theirs: "LookupError", texts: &["G"], says: &["(*"], ours: Ours::Any },
    Rule {
        why: STARS,
        theirs: "TypeError",
        texts: &["Value after * must be an iterable"],
        says: &["(*", ", *"],
        ours: Ours::Any,
    },
    Rule {
        why: "MicroPython takes a text's bytes",
        theirs: "TypeError",
        texts: &["'str' object cannot be interpreted as an integer"],
        says: &[".extend("],
        ours: Ours::Any,
    },
    Rule {
        why: "slices can be hashed, as in Python 3.12",
        theirs: "TypeError",
        texts: &["unhashable type: 'slice'"],
        says: &[],
        ours: Ours::Any,
    },
    Rule {
        why: "bytes have all methods of texts",
        theirs: "AttributeError",
        texts: &["object has no attribute 'format'"],
        says: &[],
        ours: Ours::Any,
    },
    Rule {
        why: "MicroPython adds texts to bytes, and bytes to arrays",
        theirs: "TypeError",
        texts: &[
            "can't concat ",
            "can only append array (not \"b",
            "can only append array (not \"m",
            "can only extend array with array (not \"b",
            "can only extend array with array (not \"m",
            "can only assign array (not \"b",
            "can only assign array (not \"m",
            "unsupported operand type(s) for +: 'memoryview' and",
            "unsupported operand type(s) for +=: 'memoryview' and",
        ],
        says: &[],
        ours: Ours::Any,
    },
    Rule {
        why: "MicroPython's sum takes texts",
        theirs: "TypeError",
        texts: &["sum() can't sum "],
        says: &[],
        ours: Ours::Any,
    },
    Rule {
        why: "MicroPython writes any value for %s in bytes, and a text for %c",
        theirs: "TypeError",
        texts: &["%b requires a bytes-like object", "%c requires an integer in range(256) or a single byte"],
        says: &[],
        ours: Ours::Any,
    },
    Rule {
        why: "SyntaxError, as in Python 3.12",
        theirs: "ValueError",
        texts: &["source code string cannot contain null bytes"],
        says: &[],
        ours: Ours::Raises(&["SyntaxError"]),
    },
    Rule {
        why: "the letters of a format in struct are not encoded",
        theirs: "UnicodeEncodeError",
        texts: &["'ascii' codec can't encode character"],
        says: &[],
        ours: Ours::Raises(&["ValueError"]),
    },
    Rule {
        why: "CPython looks at what is behind ** before it looks into the one *",
        theirs: "TypeError",
        texts: &["argument after ** must be a mapping"],
        says: &[],
        ours: Ours::Raises(&["LookupError", "KeyError", "RuntimeError"]),
    },
    Rule {
        why: "CPython's own slip: the error of an int too large for a float is lost",
        theirs: "TypeError",
        texts: &["float argument required, not int"],
        says: &[],
        ours: Ours::Raises(&["OverflowError"]),
    },
    Rule {
        why: "CPython's own slip: the error itself cannot be made",
        theirs: "OverflowError",
        texts: &["character argument not in range(0x110000)"],
        says: &[],
        ours: Ours::Raises(&["ValueError"]),
    },
    Rule {
        why: "a flag may be any int",
        theirs: "OverflowError",
        texts: &["Python int too large to convert to C int"],
        says: &[".splitlines(", "sorted(", ".sort("],
        ours: Ours::Any,
    },
    Rule { why: "CPython's own slip", theirs: "SystemError", texts: &[""], says: &[], ours: Ours::Any },
];

/// What is told of calls with stars.
pub const STARS: &str =
    "what stands behind a star in a call is walked over when all arguments are there, as in MicroPython";
