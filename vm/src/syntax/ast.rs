//! The tree: nodes in one arena, ids instead of pointers, lists in side arrays.
//!
//! The node names follow CPython's ASDL for 3.14. Every id and list in a tree was made by that tree, so looking one up
//! cannot fail. The tree is never higher than the limit the parser was given, so walking it by recursion is safe.

use core::fmt;
use core::marker::PhantomData;
use core::num::NonZeroU32;

use crate::mem::{NoMemory, Vec};
use crate::qstr::Qstr;
pub use crate::text::source::Span;

/// An index that leaves room for `Option` in its four bytes.
macro_rules! id {
    ($(#[$doc:meta])* $name:ident, $prefix:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(NonZeroU32);

        impl $name {
            /// Position of the node in its arena.
            pub fn index(self) -> usize {
                self.0.get() as usize - 1
            }

            /// The id of the node at `index`; none when the arena is full.
            fn at(index: usize) -> Result<Self, NoMemory> {
                u32::try_from(index + 1).ok().and_then(NonZeroU32::new).map($name).ok_or(NoMemory)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!($prefix, "{}"), self.index())
            }
        }
    };
}

id!(
    /// An expression.
    ExprId, "e"
);
id!(
    /// A statement.
    StmtId, "s"
);
id!(
    /// A pattern of a `case`.
    PatternId, "p"
);
id!(
    /// A `def`.
    DefId, "d"
);
id!(
    /// A `class`.
    ClassId, "c"
);
id!(
    /// A `try`.
    TryId, "t"
);
id!(
    /// A comprehension or generator expression.
    CompId, "g"
);

/// A run of items in the side array of their type.
pub struct List<T> {
    start: u32,
    len: u32,
    of: PhantomData<fn() -> T>,
}

impl<T> List<T> {
    /// No items.
    pub const EMPTY: Self = List { start: 0, len: 0, of: PhantomData };

    /// Number of items.
    pub fn len(self) -> usize {
        self.len as usize
    }

    /// Has no items.
    pub fn is_empty(self) -> bool {
        self.len == 0
    }
}

impl<T> Clone for List<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for List<T> {}

impl<T> PartialEq for List<T> {
    fn eq(&self, other: &Self) -> bool {
        (self.start, self.len) == (other.start, other.len)
    }
}

impl<T> fmt::Debug for List<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "[{}+{}]", self.start, self.len)
    }
}

/// Bytes in the tree's text buffer: contents of a literal, escapes already replaced.
pub type Text = List<u8>;
/// Statements of a suite.
pub type Block = List<StmtId>;

/// An expression and where it stands.
#[derive(Clone, Copy, Debug)]
pub struct Expr {
    /// What it is.
    pub kind: ExprKind,
    /// Where it stands, without surrounding parentheses (a tuple's own are included).
    pub span: Span,
}

/// Kinds of expression.
#[derive(Clone, Copy, PartialEq, Debug)]
#[expect(missing_docs, reason = "the shape in each variant's line shows its fields")]
pub enum ExprKind {
    /// `None`
    None,
    /// `True`
    True,
    /// `False`
    False,
    /// `...`
    Ellipsis,
    /// An integer that fits a word of 64 bits.
    Int(i64),
    /// A larger integer: its digits (no prefix, no underscores) and their base. Folding may put a `-` before them.
    BigInt { digits: Text, base: u8 },
    /// `1.5`
    Float(f64),
    /// `1.5j`
    Imaginary(f64),
    /// A str, valid UTF-8; adjacent literals are one.
    Str(Text),
    /// A bytes.
    Bytes(Text),
    /// An f-string; plain strings beside it are joined in.
    FString(List<Part>),
    /// A t-string.
    TString(List<Part>),
    /// A variable.
    Name(Qstr),
    /// `value.name`
    Attribute { value: ExprId, name: Qstr },
    /// `value[index]`; several indices are a tuple.
    Subscript { value: ExprId, index: ExprId },
    /// `lower:upper:step`, only inside a subscript.
    Slice { lower: Option<ExprId>, upper: Option<ExprId>, step: Option<ExprId> },
    /// `func(args)`
    Call { func: ExprId, args: List<Arg> },
    /// `a and b and c`, `a or b`
    Bool { op: BoolOp, values: List<ExprId> },
    /// `-a`
    Unary { op: UnaryOp, operand: ExprId },
    /// `a + b`
    Binary { op: BinOp, left: ExprId, right: ExprId },
    /// `a < b < c`
    Compare { left: ExprId, rest: List<Comparison> },
    /// `then if test else orelse`
    Conditional { test: ExprId, then: ExprId, orelse: ExprId },
    /// `(target := value)`
    Walrus { target: Qstr, value: ExprId },
    /// `lambda params: body`
    Lambda { params: List<Param>, body: ExprId },
    /// `(a, b)`
    Tuple(List<ExprId>),
    /// `[a, b]`
    List(List<ExprId>),
    /// `{a, b}`
    Set(List<ExprId>),
    /// `{k: v, **m}`
    Dict(List<DictItem>),
    /// `*value` in a display, a target or an index.
    Starred(ExprId),
    /// A comprehension or generator expression.
    Comp(CompId),
    /// `await value`
    Await(ExprId),
    /// `yield value`
    Yield(Option<ExprId>),
    /// `yield from value`
    YieldFrom(ExprId),
}

const _: () = assert!(size_of::<ExprKind>() == 16 && size_of::<Expr>() == 24);

/// `and`, `or`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum BoolOp {
    /// `and`
    And,
    /// `or`
    Or,
}

/// Operators with one operand.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum UnaryOp {
    /// `+`
    Plus,
    /// `-`
    Minus,
    /// `~`
    Invert,
    /// `not`
    Not,
}

/// Arithmetic operators, also those of augmented assignments.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum BinOp {
    /// `|`
    Or,
    /// `^`
    Xor,
    /// `&`
    And,
    /// `<<`
    LeftShift,
    /// `>>`
    RightShift,
    /// `+`
    Add,
    /// `-`
    Sub,
    /// `*`
    Mul,
    /// `@`
    MatMul,
    /// `/`
    Div,
    /// `//`
    FloorDiv,
    /// `%`
    Mod,
    /// `**`
    Pow,
}

/// Comparison operators.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum CompareOp {
    /// `<`
    Less,
    /// `>`
    More,
    /// `==`
    Equal,
    /// `<=`
    LessEqual,
    /// `>=`
    MoreEqual,
    /// `!=`
    NotEqual,
    /// `in`
    In,
    /// `not in`
    NotIn,
    /// `is`
    Is,
    /// `is not`
    IsNot,
}

/// One link of a comparison chain.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Comparison {
    /// The operator.
    pub op: CompareOp,
    /// What stands right of it.
    pub right: ExprId,
}

/// One argument of a call or a class header.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Arg {
    /// `value`
    Positional(ExprId),
    /// `*value`
    Star(ExprId),
    /// `name=value`
    Keyword(Qstr, ExprId),
    /// `**value`
    DoubleStar(ExprId),
}

/// `key: value`, or `**value` when there is no key.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct DictItem {
    /// The key.
    pub key: Option<ExprId>,
    /// The value.
    pub value: ExprId,
}

/// Piece of an f- or t-string.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Part {
    /// Literal text.
    Text(Text),
    /// `{value!conversion:spec}`
    Field {
        /// The expression.
        value: ExprId,
        /// Its source text as a t-string reports it. With `{value=}` the text up to and with `=` is a part before.
        source: Text,
        /// What `!` asks for.
        conversion: Conversion,
        /// What stands behind `:`.
        spec: Option<List<Part>>,
    },
}

/// Conversion of a field before it is formatted.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Conversion {
    /// None asked for.
    None,
    /// `!s`
    Str,
    /// `!r`, also what `=` alone means.
    Repr,
    /// `!a`
    Ascii,
}

/// A comprehension or generator expression.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Comp {
    /// What it makes.
    pub kind: CompKind,
    /// The element, or the key of a dict.
    pub element: ExprId,
    /// The value of a dict; equals `element` for the other kinds.
    pub value: ExprId,
    /// `for` clauses, at least one.
    pub clauses: List<CompFor>,
}

/// What a comprehension makes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum CompKind {
    /// `[...]`
    List,
    /// `{...}`
    Set,
    /// `{...: ...}`
    Dict,
    /// `(...)`
    Generator,
}

/// One `for` clause with the `if` clauses behind it.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct CompFor {
    /// `async for`
    pub is_async: bool,
    /// What is assigned.
    pub target: ExprId,
    /// What is iterated.
    pub iter: ExprId,
    /// Conditions.
    pub ifs: List<ExprId>,
}

/// A parameter. They stand in source order; a lone `*` and `/` are told by the kinds of their neighbours.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Param {
    /// How it is bound.
    pub kind: ParamKind,
    /// Its name.
    pub name: Qstr,
    /// `: annotation`
    pub annotation: Option<ExprId>,
    /// `= default`
    pub default: Option<ExprId>,
    /// Where the name stands.
    pub span: Span,
}

/// How a parameter is bound.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ParamKind {
    /// Before `/`.
    PositionalOnly,
    /// By position or by name.
    Plain,
    /// `*name`
    Star,
    /// After `*` or `*name`.
    KeywordOnly,
    /// `**name`
    DoubleStar,
}

/// A statement and where it stands.
#[derive(Clone, Copy, Debug)]
pub struct Stmt {
    /// What it is.
    pub kind: StmtKind,
    /// Where it stands; a compound statement with all its suites. A decorated one starts at `def` or `class`.
    pub span: Span,
}

/// Kinds of statement.
#[derive(Clone, Copy, PartialEq, Debug)]
#[expect(missing_docs, reason = "the shape in each variant's line shows its fields")]
pub enum StmtKind {
    /// An expression for its effect.
    Expr(ExprId),
    /// `a = b = value`
    Assign { targets: List<ExprId>, value: ExprId },
    /// `target += value`
    AugAssign { op: BinOp, target: ExprId, value: ExprId },
    /// `target: annotation = value`; `simple` when the target is a bare name without parentheses.
    AnnAssign { target: ExprId, annotation: ExprId, value: Option<ExprId>, simple: bool },
    /// `type name[params] = value`
    TypeAlias { name: Qstr, params: List<TypeParam>, value: ExprId },
    /// `return value`
    Return(Option<ExprId>),
    /// `del targets`
    Delete(List<ExprId>),
    /// `pass`
    Pass,
    /// `break`
    Break,
    /// `continue`
    Continue,
    /// `raise exc from cause`
    Raise { exc: Option<ExprId>, cause: Option<ExprId> },
    /// `assert test, message`
    Assert { test: ExprId, message: Option<ExprId> },
    /// `import a.b as c, d`
    Import(List<Alias>),
    /// `from ..module import names`; the module's name may be empty when `level` is not 0.
    ImportFrom { module: Qstr, level: u32, names: List<Alias> },
    /// `from ..module import *`
    ImportStar { module: Qstr, level: u32 },
    /// `global names`
    Global(List<Qstr>),
    /// `nonlocal names`
    Nonlocal(List<Qstr>),
    /// `if`/`elif` in order, at least one, then `else`.
    If { arms: List<IfArm>, orelse: Block },
    /// `while test: body else: orelse`
    While { test: ExprId, body: Block, orelse: Block },
    /// `for target in iter: body else: orelse`
    For { is_async: bool, target: ExprId, iter: ExprId, body: Block, orelse: Block },
    /// `try`
    Try(TryId),
    /// `with items: body`
    With { is_async: bool, items: List<WithItem>, body: Block },
    /// `match subject: cases`
    Match { subject: ExprId, cases: List<Case> },
    /// `def`
    Def(DefId),
    /// `class`
    Class(ClassId),
}

const _: () = assert!(size_of::<Stmt>() <= 36);

/// `if test: body`, `elif test: body`
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct IfArm {
    /// The condition.
    pub test: ExprId,
    /// Its suite.
    pub body: Block,
}

/// One name of an import.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Alias {
    /// The name, with dots where it has them.
    pub name: Qstr,
    /// The parts between the dots.
    pub parts: List<Qstr>,
    /// `as alias`
    pub alias: Option<Qstr>,
    /// Where the name stands.
    pub span: Span,
}

/// `context as target`
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct WithItem {
    /// The context manager.
    pub context: ExprId,
    /// What its entered value is assigned to.
    pub target: Option<ExprId>,
}

/// A `try` statement.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Try {
    /// The guarded suite.
    pub body: Block,
    /// `except` clauses; only the last may lack a type.
    pub handlers: List<Handler>,
    /// `except*` throughout.
    pub star: bool,
    /// `else`
    pub orelse: Block,
    /// `finally`
    pub finally: Block,
}

/// `except exc as name: body`
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Handler {
    /// What is caught; everything when there is none.
    pub exc: Option<ExprId>,
    /// The name bound in the suite and unbound after it.
    pub name: Option<Qstr>,
    /// The suite.
    pub body: Block,
    /// From `except` to the end of the suite.
    pub span: Span,
}

/// `case pattern if guard: body`
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Case {
    /// The pattern.
    pub pattern: PatternId,
    /// The condition.
    pub guard: Option<ExprId>,
    /// The suite.
    pub body: Block,
}

/// A pattern and where it stands.
#[derive(Clone, Copy, Debug)]
pub struct Pattern {
    /// What it is.
    pub kind: PatternKind,
    /// Where it stands.
    pub span: Span,
}

/// Kinds of pattern.
#[derive(Clone, Copy, PartialEq, Debug)]
#[expect(missing_docs, reason = "the shape in each variant's line shows its fields")]
pub enum PatternKind {
    /// Equal to a literal or a dotted name.
    Value(ExprId),
    /// `None`, `True`, `False`: the same object.
    Singleton(ExprId),
    /// `[a, *b]`
    Sequence(List<PatternId>),
    /// `*name`, `*_` inside a sequence.
    Star(Option<Qstr>),
    /// `{key: pattern, **rest}`
    Mapping { items: List<MappingItem>, rest: Option<Qstr> },
    /// `Class(positional, name=keyword)`
    Class { class: ExprId, positional: List<PatternId>, keyword: List<KeywordPattern> },
    /// `pattern as name`; without a pattern a capture.
    As { pattern: Option<PatternId>, name: Qstr },
    /// `_`
    Wildcard,
    /// `a | b`
    Or(List<PatternId>),
}

/// `key: pattern`
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct MappingItem {
    /// A literal or a dotted name.
    pub key: ExprId,
    /// What its value must match.
    pub pattern: PatternId,
}

/// `name=pattern`
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct KeywordPattern {
    /// The attribute.
    pub name: Qstr,
    /// What its value must match.
    pub pattern: PatternId,
}

/// A function definition.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Def {
    /// Its name.
    pub name: Qstr,
    /// `async def`
    pub is_async: bool,
    /// Parameters.
    pub params: List<Param>,
    /// `-> annotation`
    pub returns: Option<ExprId>,
    /// The suite.
    pub body: Block,
    /// Decorators in source order.
    pub decorators: List<ExprId>,
    /// `[T, *Ts, **P]`
    pub type_params: List<TypeParam>,
}

/// A class definition.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Class {
    /// Its name.
    pub name: Qstr,
    /// Bases and keywords.
    pub args: List<Arg>,
    /// The suite.
    pub body: Block,
    /// Decorators in source order.
    pub decorators: List<ExprId>,
    /// `[T, *Ts, **P]`
    pub type_params: List<TypeParam>,
}

/// A type parameter.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct TypeParam {
    /// What it stands for.
    pub kind: TypeParamKind,
    /// Its name.
    pub name: Qstr,
    /// `: bound`, only of a plain one.
    pub bound: Option<ExprId>,
    /// `= default`
    pub default: Option<ExprId>,
    /// Where its name stands.
    pub span: Span,
}

/// What a type parameter stands for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum TypeParamKind {
    /// `T`
    TypeVar,
    /// `*Ts`
    TypeVarTuple,
    /// `**P`
    ParamSpec,
}

/// What was parsed: the roots of the tree.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Root {
    /// A file, or one interactive input.
    Body(Block),
    /// An expression for `eval`.
    Expr(ExprId),
}

/// All nodes of one source text.
#[derive(Default)]
pub struct Ast {
    exprs: Vec<Expr>,
    stmts: Vec<Stmt>,
    patterns: Vec<Pattern>,
    defs: Vec<Def>,
    classes: Vec<Class>,
    tries: Vec<Try>,
    comps: Vec<Comp>,
    side: Side,
    root: Option<Root>,
}

/// One array per item type: a tree's lists, or a parser's lists under construction.
#[derive(Default)]
pub struct Side {
    text: Vec<u8>,
    exprs: Vec<ExprId>,
    stmts: Vec<StmtId>,
    patterns: Vec<PatternId>,
    names: Vec<Qstr>,
    args: Vec<Arg>,
    comparisons: Vec<Comparison>,
    dict_items: Vec<DictItem>,
    parts: Vec<Part>,
    clauses: Vec<CompFor>,
    params: Vec<Param>,
    arms: Vec<IfArm>,
    aliases: Vec<Alias>,
    with_items: Vec<WithItem>,
    handlers: Vec<Handler>,
    cases: Vec<Case>,
    mapping_items: Vec<MappingItem>,
    keyword_patterns: Vec<KeywordPattern>,
    type_params: Vec<TypeParam>,
}

/// A type that `List` can hold.
pub trait Item: Copy {
    /// Its side array.
    fn side(side: &Side) -> &Vec<Self>;
    /// Its side array, to append to.
    fn side_mut(side: &mut Side) -> &mut Vec<Self>;
}

macro_rules! items {
    ($($ty:ty: $field:ident),* $(,)?) => {
        $(impl Item for $ty {
            fn side(side: &Side) -> &Vec<Self> {
                &side.$field
            }

            fn side_mut(side: &mut Side) -> &mut Vec<Self> {
                &mut side.$field
            }
        })*
    };
}

items! {
    u8: text, ExprId: exprs, StmtId: stmts, PatternId: patterns, Qstr: names, Arg: args, Comparison: comparisons,
    DictItem: dict_items, Part: parts, CompFor: clauses, Param: params, IfArm: arms, Alias: aliases,
    WithItem: with_items, Handler: handlers, Case: cases, MappingItem: mapping_items,
    KeywordPattern: keyword_patterns, TypeParam: type_params,
}

/// Getter and adder for each arena.
macro_rules! arenas {
    ($($id:ident $node:ident $field:ident $get:ident $add:ident),* $(,)?) => {
        $(
            #[doc = concat!("The node of a `", stringify!($id), "`.")]
            #[inline]
            pub fn $get(&self, id: $id) -> $node {
                self.$field[id.index()]
            }

            #[doc = concat!("Adds a `", stringify!($node), "`.")]
            pub fn $add(&mut self, node: $node) -> Result<$id, NoMemory> {
                let id = $id::at(self.$field.len())?;
                self.$field.push(node)?;
                Ok(id)
            }
        )*
    };
}

impl Ast {
    /// A tree without nodes.
    pub fn new() -> Self {
        Ast::default()
    }

    arenas! {
        ExprId Expr exprs expr add_expr,
        StmtId Stmt stmts stmt add_stmt,
        PatternId Pattern patterns pattern add_pattern,
        DefId Def defs def add_def,
        ClassId Class classes class add_class,
        TryId Try tries try_stmt add_try,
        CompId Comp comps comp add_comp,
    }

    /// What an expression is.
    #[inline]
    pub fn kind(&self, id: ExprId) -> ExprKind {
        self.expr(id).kind
    }

    /// Replaces an expression, keeping its place. Children may be shared by several parents afterwards.
    pub fn set_kind(&mut self, id: ExprId, kind: ExprKind) {
        self.exprs[id.index()].kind = kind;
    }

    /// Moves an expression: its brackets were seen after it was made.
    pub fn set_span(&mut self, id: ExprId, span: Span) {
        self.exprs[id.index()].span = span;
    }

    /// Replaces a statement, keeping its place.
    pub fn set_stmt(&mut self, id: StmtId, kind: StmtKind) {
        self.stmts[id.index()].kind = kind;
    }

    /// Replaces a `def`.
    pub fn set_def(&mut self, id: DefId, def: Def) {
        self.defs[id.index()] = def;
    }

    /// Replaces a `class`.
    pub fn set_class(&mut self, id: ClassId, class: Class) {
        self.classes[id.index()] = class;
    }

    /// The items of a list.
    #[inline]
    pub fn list<T: Item>(&self, list: List<T>) -> &[T] {
        T::side(&self.side).get(list.start as usize..(list.start as usize + list.len())).unwrap_or(&[])
    }

    /// One item of a list, for walks that change the tree as they go.
    #[inline]
    pub fn item<T: Item>(&self, list: List<T>, at: usize) -> Option<T> {
        self.list(list).get(at).copied()
    }

    /// Adds a list.
    pub fn add_list<T: Item>(&mut self, items: &[T]) -> Result<List<T>, NoMemory> {
        let side = T::side_mut(&mut self.side);
        let start = u32::try_from(side.len()).map_err(|_| NoMemory)?;
        let len = u32::try_from(items.len()).map_err(|_| NoMemory)?;
        side.extend_from_slice(items)?;
        Ok(List { start, len, of: PhantomData })
    }

    /// Length of the text buffer: where a literal about to be appended will start.
    pub fn text_mark(&self) -> usize {
        self.side.text.len()
    }

    /// The text buffer, for the lexer to append a literal to.
    pub fn text_mut(&mut self) -> &mut Vec<u8> {
        &mut self.side.text
    }

    /// What was appended to the text buffer since `mark`.
    pub fn text_since(&self, mark: usize) -> Result<Text, NoMemory> {
        let start = u32::try_from(mark).map_err(|_| NoMemory)?;
        let len = u32::try_from(self.side.text.len().saturating_sub(mark)).map_err(|_| NoMemory)?;
        Ok(List { start, len, of: PhantomData })
    }

    /// The contents of a str literal.
    pub fn str(&self, text: Text) -> &str {
        core::str::from_utf8(self.list(text)).unwrap_or("")
    }

    /// The roots; an empty body before parsing has ended.
    pub fn root(&self) -> Root {
        self.root.unwrap_or(Root::Body(Block::EMPTY))
    }

    /// Says where the tree starts.
    pub fn set_root(&mut self, root: Root) {
        self.root = Some(root);
    }

    /// Number of expressions, for side tables indexed by `ExprId::index`.
    pub fn n_exprs(&self) -> usize {
        self.exprs.len()
    }

    /// Number of statements, for side tables indexed by `StmtId::index`.
    pub fn n_stmts(&self) -> usize {
        self.stmts.len()
    }

    /// Number of `def`s, for side tables indexed by `DefId::index`.
    pub fn n_defs(&self) -> usize {
        self.defs.len()
    }

    /// Number of classes, for side tables indexed by `ClassId::index`.
    pub fn n_classes(&self) -> usize {
        self.classes.len()
    }

    /// Number of comprehensions, for side tables indexed by `CompId::index`.
    pub fn n_comps(&self) -> usize {
        self.comps.len()
    }
}

#[cfg(test)]
mod tests {
    use super::{Ast, Expr, ExprId, ExprKind, Span};

    #[test]
    fn ids_are_as_small_as_options_of_them() {
        assert_eq!(size_of::<Option<ExprId>>(), 4);
    }

    #[test]
    fn nodes_and_lists_come_back() {
        let mut ast = Ast::new();
        let span = Span { start: 1, end: 2 };
        let one = ast.add_expr(Expr { kind: ExprKind::Int(1), span }).unwrap();
        let two = ast.add_expr(Expr { kind: ExprKind::Int(2), span }).unwrap();
        let list = ast.add_list(&[two, one]).unwrap();
        assert_eq!(ast.list(list), [two, one]);
        assert_eq!((ast.item(list, 1), ast.item(list, 2)), (Some(one), None));
        ast.set_kind(one, ExprKind::None);
        assert_eq!(ast.kind(one), ExprKind::None);
        let mark = ast.text_mark();
        ast.text_mut().extend_from_slice("é".as_bytes()).unwrap();
        let text = ast.text_since(mark).unwrap();
        assert_eq!((text.len(), ast.str(text)), (2, "é"));
    }
}
