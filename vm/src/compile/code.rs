//! What the compiler makes: plain data, constants not yet objects.

use super::op::OpList;
use crate::mem::{NoMemory, Vec};
use crate::qstr::Qstr;
use crate::syntax::ast::Span;

/// How the body of a function is to run.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Kind {
    /// Interpreted.
    #[default]
    Bytecode,
    /// Machine code with Python's meaning.
    Native,
    /// Machine code with machine types.
    Viper,
    /// Inline assembler for Thumb.
    AsmThumb,
    /// Inline assembler for Xtensa.
    AsmXtensa,
    /// Inline assembler for RISC-V.
    AsmRv32,
}

impl Kind {
    /// Whether the body is inline assembler.
    pub fn is_assembler(self) -> bool {
        matches!(self, Kind::AsmThumb | Kind::AsmXtensa | Kind::AsmRv32)
    }
}

/// Flags of a function, as in the prelude.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Flags(pub u8);

impl Flags {
    /// Calling it makes a generator.
    pub const GENERATOR: Flags = Flags(1);
    /// Has `**kwargs`.
    pub const VAR_KEYWORDS: Flags = Flags(2);
    /// Has `*args`.
    pub const VAR_ARGS: Flags = Flags(4);
    /// Keyword-only arguments have defaults.
    pub const DEF_KWARGS: Flags = Flags(8);
    /// Calling it makes an asynchronous generator. Upstream does not know this bit.
    pub const ASYNC_GENERATOR: Flags = Flags(16);
    /// Written with `async`. Not kept in bytes, where a coroutine is a generator.
    pub const COROUTINE: Flags = Flags(32);
    /// Has locals of its own, as functions have and modules and classes have not. Not kept in bytes.
    pub const FUNCTION: Flags = Flags(64);

    /// Has all flags of `other`.
    pub fn has(self, other: Flags) -> bool {
        self.0 & other.0 == other.0
    }

    /// Adds the flags of `other`.
    pub fn add(&mut self, other: Flags) {
        self.0 |= other.0;
    }
}

/// What a local's number stands for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Place {
    /// A plain slot.
    Fast,
    /// A slot that the entry turns into a cell.
    Cell,
    /// A cell of an outer function, passed in front of the arguments.
    Free,
}

/// One local variable; its number is its index in `Code::locals`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct LocalInfo {
    /// Its name.
    pub name: Qstr,
    /// What its number stands for.
    pub place: Place,
    /// It is a parameter, `*args` and `**kwargs` too.
    pub is_param: bool,
}

/// An annotation in the simple form that viper understands.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Form {
    /// A bare name.
    Name(Qstr),
    /// Anything else, and where it stands.
    Other(Span),
}

/// The annotation of a parameter or of the result.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Annotation {
    /// The parameter; none for the result.
    pub of: Option<Qstr>,
    /// What it says.
    pub form: Form,
}

/// One function, class body, comprehension or module body.
#[derive(Default, Debug)]
pub struct Code {
    /// How the body runs.
    pub kind: Kind,
    /// Its name.
    pub name: Qstr,
    /// Its name with those of what it stands in.
    #[cfg(feature = "diagnostics")]
    pub qualname: Qstr,
    /// Its docstring.
    #[cfg(feature = "diagnostics")]
    pub doc: Option<Vec<u8>>,
    /// Generator, varargs and so on.
    pub flags: Flags,
    /// Positional arguments, closed-over cells (which come first) included.
    pub n_pos_args: u16,
    /// Keyword-only arguments.
    pub n_kwonly_args: u16,
    /// Positional arguments with a default.
    pub n_def_pos_args: u16,
    /// Slots of locals and stack.
    pub n_state: u16,
    /// Nesting of exception handlers.
    pub n_exc_stack: u16,
    /// Names of positional and keyword-only arguments; `*` for those that cannot be passed by name.
    pub arg_names: Vec<Qstr>,
    /// Locals that the entry turns into cells.
    pub cells: Vec<u8>,
    /// All locals by number; empty in code read from a `.mpy` file.
    pub locals: Vec<LocalInfo>,
    /// Where it starts in the source.
    pub first_line: u32,
    /// Annotations of parameters and result.
    pub annotations: Vec<Annotation>,
    /// Where each line starts, if the table in `bytes` cannot tell it; nothing when that is only kept there.
    #[cfg(feature = "diagnostics")]
    pub rows: super::encode::Rows,
    /// Where the operations of a viper function stand, on hosts: the number of an operation (labels and lines do not count)
    /// and the column from there on.
    pub columns: Vec<(u32, u32)>,
    /// Complete `.mpy` function data: prelude and bytecode. Empty for inline assembler.
    pub bytes: Vec<u8>,
    /// The operations; kept only when `kind` wants machine code. `decode` makes them from `bytes`.
    pub ops: OpList,
    /// The body of an inline assembler function.
    pub asm: Vec<AsmLine>,
    /// Functions made by this one.
    pub children: Vec<Code>,
}

impl Code {
    /// Keeps the lines that the table in `bytes` cannot tell, where they are wanted.
    pub fn keep(&mut self, rows: super::encode::Rows) {
        #[cfg(feature = "diagnostics")]
        {
            self.rows = rows;
        }
        #[cfg(not(feature = "diagnostics"))]
        drop(rows);
    }

    /// Cells of outer functions, which come before the arguments.
    pub fn n_frees(&self) -> usize {
        self.locals.iter().filter(|local| local.place == Place::Free).count()
    }
}

/// One statement of an inline assembler function.
#[derive(Debug)]
pub struct AsmLine {
    /// Source line.
    pub line: u32,
    /// `label`, `align`, `data` or an instruction; parts joined by `.` do not occur.
    pub name: Qstr,
    /// Operands.
    pub args: Vec<AsmArg>,
}

/// One operand of an inline assembler statement.
#[derive(Debug, PartialEq)]
pub enum AsmArg {
    /// A register or label.
    Name(Qstr),
    /// A number.
    Int(i64),
    /// `{r0, r1}`
    Set(Vec<AsmArg>),
    /// `[r0, 4]`
    List(Vec<AsmArg>),
    /// `value(args)`, such as `(lr)` forms of loads.
    Call(Qstr, Vec<AsmArg>),
    /// `not`, attributes and all else: only its place is known.
    Other(Span),
}

/// A constant not yet an object.
#[derive(Debug, PartialEq)]
#[expect(missing_docs, reason = "the names are Python's types")]
pub enum Const {
    None,
    True,
    False,
    Ellipsis,
    Int(i64),
    /// Digits in `base`, maybe a `-` before them.
    BigInt {
        digits: Vec<u8>,
        base: u8,
    },
    Float(f64),
    Complex {
        real: f64,
        imag: f64,
    },
    /// UTF-8.
    Str(Vec<u8>),
    Bytes(Vec<u8>),
    Tuple(Vec<Const>),
}

impl Const {
    /// The same type and value; 0.0 and -0.0 differ.
    pub fn same(&self, other: &Const) -> bool {
        match (self, other) {
            (Const::None, Const::None) | (Const::True, Const::True) => true,
            (Const::False, Const::False) | (Const::Ellipsis, Const::Ellipsis) => true,
            (Const::Int(a), Const::Int(b)) => a == b,
            (Const::BigInt { digits: a, base: m }, Const::BigInt { digits: b, base: n }) => m == n && a == b,
            (Const::Float(a), Const::Float(b)) => a.to_bits() == b.to_bits(),
            (Const::Complex { real: a, imag: b }, Const::Complex { real: c, imag: d }) => {
                a.to_bits() == c.to_bits() && b.to_bits() == d.to_bits()
            }
            (Const::Str(a), Const::Str(b)) | (Const::Bytes(a), Const::Bytes(b)) => a == b,
            (Const::Tuple(a), Const::Tuple(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.same(b)),
            _ => false,
        }
    }
}

/// A compiled source text. `bytes` of its functions refer to `qstrs` and `consts` by index.
#[derive(Debug)]
pub struct Module {
    /// Name of the source file; also `qstrs[0]`.
    pub source: Qstr,
    /// Names that the bytecode uses.
    pub qstrs: Vec<Qstr>,
    /// Constants that the bytecode uses.
    pub consts: Vec<Const>,
    /// The module's body.
    pub root: Code,
}

impl Module {
    /// The index of `name` in `qstrs`, put there if it is new.
    pub fn use_qstr(&mut self, name: Qstr) -> Result<usize, NoMemory> {
        if let Some(at) = self.qstrs.iter().position(|&known| known == name) {
            return Ok(at);
        }
        self.qstrs.push(name)?;
        Ok(self.qstrs.len() - 1)
    }
}
