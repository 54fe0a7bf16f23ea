//! Type objects: the record of slots that a value's behaviour is looked up in, built in or made by `class`.

use core::cell::Cell;
use core::ptr::NonNull;

use super::{Args, Builtin, Gc, Obj, PrintKind, Res, Sink};
use crate::Vm;
use crate::qstr::Qstr;
use crate::types::class::ClassPart;

/// Unary operators, numbered as in upstream's bytecode.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum UnaryOp {
    /// `+x`
    Positive,
    /// `-x`
    Negative,
    /// `~x`
    Invert,
    /// `not x`
    Not,
    /// `bool(x)`; slot only
    Bool,
    /// `len(x)`; slot only
    Len,
    /// `hash(x)`; slot only
    Hash,
    /// `abs(x)`; slot only
    Abs,
    /// `int(x)` and `operator.index`; slot only
    Int,
    /// `float(x)`; slot only
    Float,
    /// `complex(x)`; slot only
    Complex,
    /// `sys.getsizeof(x)`; slot only
    SizeOf,
}

/// Binary operators, numbered as in upstream's bytecode (`Less`..`ExceptionMatch`, in-place, then plain).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
#[allow(missing_docs)]
pub enum BinaryOp {
    Less,
    More,
    Equal,
    LessEqual,
    MoreEqual,
    NotEqual,
    In,
    Is,
    ExceptionMatch,
    InplaceOr,
    InplaceXor,
    InplaceAnd,
    InplaceLshift,
    InplaceRshift,
    InplaceAdd,
    InplaceSubtract,
    InplaceMultiply,
    InplaceMatMultiply,
    InplaceFloorDivide,
    InplaceTrueDivide,
    InplaceModulo,
    InplacePower,
    Or,
    Xor,
    And,
    Lshift,
    Rshift,
    Add,
    Subtract,
    Multiply,
    MatMultiply,
    FloorDivide,
    TrueDivide,
    Modulo,
    Power,
    /// Slots only: the right operand's side of `In`, called with the container first.
    Contains,
}

impl BinaryOp {
    /// The operator with this bytecode number.
    pub const fn from_number(number: u8) -> Option<BinaryOp> {
        if number <= BinaryOp::Contains as u8 { Some(ALL_BINARY[number as usize]) } else { None }
    }

    /// `a += b` -> `a + b`; other operators are themselves.
    pub const fn plain(self) -> BinaryOp {
        let number = self as u8;
        if number >= BinaryOp::InplaceOr as u8 && number <= BinaryOp::InplacePower as u8 {
            ALL_BINARY[(number + (BinaryOp::Or as u8 - BinaryOp::InplaceOr as u8)) as usize]
        } else {
            self
        }
    }

    /// The comparison with its operands swapped; `None` if this is no ordering or equality.
    pub const fn swapped(self) -> Option<BinaryOp> {
        match self {
            BinaryOp::Less => Some(BinaryOp::More),
            BinaryOp::More => Some(BinaryOp::Less),
            BinaryOp::LessEqual => Some(BinaryOp::MoreEqual),
            BinaryOp::MoreEqual => Some(BinaryOp::LessEqual),
            BinaryOp::Equal | BinaryOp::NotEqual => Some(self),
            _ => None,
        }
    }
}

const ALL_BINARY: [BinaryOp; 36] = {
    use BinaryOp::*;
    [
        Less,
        More,
        Equal,
        LessEqual,
        MoreEqual,
        NotEqual,
        In,
        Is,
        ExceptionMatch,
        InplaceOr,
        InplaceXor,
        InplaceAnd,
        InplaceLshift,
        InplaceRshift,
        InplaceAdd,
        InplaceSubtract,
        InplaceMultiply,
        InplaceMatMultiply,
        InplaceFloorDivide,
        InplaceTrueDivide,
        InplaceModulo,
        InplacePower,
        Or,
        Xor,
        And,
        Lshift,
        Rshift,
        Add,
        Subtract,
        Multiply,
        MatMultiply,
        FloorDivide,
        TrueDivide,
        Modulo,
        Power,
        Contains,
    ]
};

/// Makes an instance: `T(args)`. `ty` is the type called, which may be a subclass of the slot's owner.
pub type Make = fn(vm: &mut Vm, ty: TypeRef, args: Args<'_>) -> Res;
/// Writes `obj` to `sink` as `str()` or `repr()` does.
pub type Print = fn(vm: &mut Vm, sink: &mut dyn Sink, obj: Obj, kind: PrintKind) -> Res<()>;
/// Calls `obj`.
pub type Call = fn(vm: &mut Vm, obj: Obj, args: Args<'_>) -> Res;
/// A unary operator; `Ok(Obj::NULL)` if the type does not support it.
pub type Unary = fn(vm: &mut Vm, op: UnaryOp, obj: Obj) -> Res;
/// A binary operator on (left, right); `Ok(Obj::NULL)` if the type does not support it. The slot of the left operand's type
/// is asked first, then for reflected operators the right one's with `reflected` true (operands stay left, right).
pub type Binary = fn(vm: &mut Vm, op: BinaryOp, left: Obj, right: Obj) -> Res;
/// Own attribute `name` of `obj` (not its class's methods); `Ok(Obj::NULL)` if there is none.
pub type GetAttr = fn(vm: &mut Vm, obj: Obj, name: Qstr) -> Res;
/// Sets attribute `name`, or deletes it when `value` is `Obj::NULL`; `Ok(false)` if the type has no such attribute to set.
pub type SetAttr = fn(vm: &mut Vm, obj: Obj, name: Qstr, value: Obj) -> Res<bool>;
/// `obj[index]`.
pub type GetItem = fn(vm: &mut Vm, obj: Obj, index: Obj) -> Res;
/// `obj[index] = value`, or `del obj[index]` when `value` is `Obj::NULL`.
pub type SetItem = fn(vm: &mut Vm, obj: Obj, index: Obj, value: Obj) -> Res<()>;
/// `iter(obj)`.
pub type GetIter = fn(vm: &mut Vm, obj: Obj) -> Res;
/// The next item, or `Ok(Obj::NULL)` when there is none (a generator's return value then waits in `vm.stop_value`).
pub type Next = fn(vm: &mut Vm, obj: Obj) -> Res;
/// The bytes behind an object, for reading (`write` false) or in-place writing.
pub type GetBuffer = fn(vm: &mut Vm, obj: Obj, write: bool) -> Res<Option<super::Buffer>>;

/// What a type's instances are, beyond its slots.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Flags(pub u16);

impl Flags {
    /// Nothing special.
    pub const NONE: Flags = Flags(0);
    /// `==` may hold between instances and objects of other types.
    pub const EQUAL_ACROSS: Flags = Flags(1);
    /// Instances are exceptions.
    pub const EXCEPTION: Flags = Flags(2);
    /// `class X(ThisType)` is allowed.
    pub const BASE: Flags = Flags(4);
    /// The type's instances are functions that bind as methods.
    pub const BINDS: Flags = Flags(8);
    /// Instances are made by `class` statements' types: an `Instance` with a shape.
    pub const INSTANCE: Flags = Flags(16);
    /// `iter(x)` is `x`.
    pub const SELF_ITER: Flags = Flags(32);
    /// Instances have a length, and items that one can walk over.
    pub const SIZED: Flags = Flags(64);
    /// Instances are joined by `+` and repeated by `*`.
    pub const CONCAT: Flags = Flags(128);
    /// Instances know `&`, `^` and `-`, as sets and ints do.
    pub const ALGEBRA: Flags = Flags(256);
    /// Instances know `|` as sets and dicts do.
    pub const MERGES: Flags = Flags(512);
    /// Instances are numbers.
    pub const NUMBER: Flags = Flags(1024);
    /// Instances can be subscripted.
    pub const INDEXED: Flags = Flags(2048);
    /// Operators in place change the instance, and items can be set if there are any.
    pub const MUTABLE: Flags = Flags(4096);

    /// Both sets of flags.
    pub const fn with(self, other: Flags) -> Flags {
        Flags(self.0 | other.0)
    }

    /// What lists and the like are: `SEQUENCE` has a length, items by number, `+` and `*`.
    pub const SEQUENCE: Flags = Flags::SIZED.with(Flags::CONCAT).with(Flags::INDEXED);

    /// Whether all of `other` are set.
    pub const fn has(self, other: Flags) -> bool {
        self.0 & other.0 == other.0
    }

    /// Whether any of `other` is set.
    pub const fn has_any(self, other: Flags) -> bool {
        self.0 & other.0 != 0
    }
}

/// A type object. Built-in ones are statics; `class` makes others on the heap, with a `ClassPart`.
#[repr(C)]
pub struct Type {
    pub(crate) head: Cell<Option<TypeRef>>,
    /// `__name__`
    pub name: Qstr,
    /// What the instances are.
    pub flags: Flags,
    /// The built-in type whose Rust struct the instances have; `None` for itself.
    pub layout: Option<TypeRef>,
    /// The built-in base type; `None` for object itself (its subclasses say so by `None` too).
    pub base: Option<TypeRef>,
    /// Slot of `T(...)`.
    pub make: Option<Make>,
    /// Slot of `str`, `repr`.
    pub print: Option<Print>,
    /// Slot of calls.
    pub call: Option<Call>,
    /// Slot of unary operators.
    pub unary: Option<Unary>,
    /// Slot of binary operators.
    pub binary: Option<Binary>,
    /// Slot of binary operators whose right operand is of this type, when the left one's type gave up; operands as written.
    pub reflected: Option<Binary>,
    /// Slot of reading attributes.
    pub get_attr: Option<GetAttr>,
    /// Slot of setting and deleting attributes.
    pub set_attr: Option<SetAttr>,
    /// Slot of subscripts.
    pub get_item: Option<GetItem>,
    /// Slot of setting and deleting items.
    pub set_item: Option<SetItem>,
    /// Slot of `iter`.
    pub iter: Option<GetIter>,
    /// Slot of `next`.
    pub next: Option<Next>,
    /// Slot of the buffer protocol.
    pub buffer: Option<GetBuffer>,
    /// Methods and constants.
    pub table: &'static [Entry],
    /// What only classes made at run time have.
    pub class: Option<Gc<ClassPart>>,
}

// SAFETY: a static Type is never written after it is made (its cell holds `None` for ever), and a heap Type belongs to one
// VM, which is used by one thread at a time.
unsafe impl Sync for Type {}

impl Type {
    /// A type without any slot. Statics fill in what they have: `Type { print: Some(print), ..Type::new(q!("x")) }`.
    pub const fn new(name: Qstr) -> Type {
        Type {
            head: Cell::new(None),
            name,
            flags: Flags::NONE,
            layout: None,
            base: None,
            make: None,
            print: None,
            call: None,
            unary: None,
            binary: None,
            reflected: None,
            get_attr: None,
            set_attr: None,
            get_item: None,
            set_item: None,
            iter: None,
            next: None,
            buffer: None,
            table: &[],
            class: None,
        }
    }

    /// The type of this type: `type`, or a metaclass.
    pub fn meta(&self) -> TypeRef {
        self.head.get().unwrap_or(TypeRef::of(&crate::types::class::TYPE))
    }

    /// Gives a heap type its header (see `TypeRef::alloc`).
    pub(super) fn set_meta(&self, meta: TypeRef) {
        self.head.set(Some(meta));
    }
}

/// A pointer to a type object, static or on the heap. Equal pointers mean the same type.
#[derive(Clone, Copy, PartialEq, Eq)]
#[repr(transparent)]
pub struct TypeRef(NonNull<Type>);

// SAFETY: see `Sync for Type`.
unsafe impl Sync for TypeRef {}
// SAFETY: see `Sync for Type`.
unsafe impl Send for TypeRef {}

impl TypeRef {
    /// A static type.
    pub const fn of(ty: &'static Type) -> TypeRef {
        TypeRef(NonNull::from_ref(ty))
    }

    /// Puts a new class on the heap.
    pub fn alloc(vm: &mut Vm, meta: TypeRef, ty: Type) -> Res<TypeRef> {
        ty.set_meta(meta);
        let cell = vm.alloc_raw(size_of::<Type>(), crate::gc::Kind::Scan)?.cast::<Type>();
        // SAFETY: the cell is fresh, big enough and aligned to 8.
        unsafe { cell.write(ty) };
        Ok(TypeRef(cell))
    }

    /// The type as a value.
    pub fn obj(self) -> Obj {
        Obj::from_pointer(self.0.cast())
    }

    /// The type in `obj`, if it is one. `obj`'s type decides: `type` or a metaclass.
    pub fn from_obj(obj: Obj) -> Option<TypeRef> {
        let pointer = obj.as_pointer()?;
        let meta = obj.type_of();
        let is_type = meta == TypeRef::of(&crate::types::class::TYPE)
            || meta.layout_type() == TypeRef::of(&crate::types::class::TYPE);
        if is_type { Some(TypeRef(pointer.cast())) } else { None }
    }

    /// The built-in type whose Rust struct instances of this type have.
    #[inline(always)]
    pub fn layout_type(self) -> TypeRef {
        self.layout.unwrap_or(self)
    }

    /// The word of the pointer, for comparing in caches and machine code.
    pub fn bits(self) -> usize {
        self.0.as_ptr() as usize
    }

    /// The type whose pointer has this word.
    ///
    /// # Safety
    /// `bits` came from `bits()` of a type that is still alive.
    pub unsafe fn from_bits(bits: NonNull<Type>) -> TypeRef {
        TypeRef(bits)
    }
}

impl core::ops::Deref for TypeRef {
    type Target = Type;

    #[inline(always)]
    fn deref(&self) -> &Type {
        // SAFETY: a TypeRef is made only from statics and from heap types, which live while a pointer to them is seen by
        // the collector; this one is on the stack or in a scanned cell.
        unsafe { self.0.as_ref() }
    }
}

/// One row of a type's or module's static table.
pub struct Entry {
    /// The name.
    pub name: Qstr,
    /// What it stands for.
    pub value: Rom,
}

// SAFETY: rows are constants; see `Sync for Type`.
unsafe impl Sync for Entry {}

/// A constant of a static table.
pub enum Rom {
    /// A function, or a method when it is in a type's table.
    Fun(Builtin),
    /// A static method of a type: it gets no self.
    Static(Builtin),
    /// A class method: it gets the type as its first argument.
    Class(Builtin),
    /// A property without setter: the function is called when the attribute is read.
    Get(fn(&mut Vm, Obj) -> Res),
    /// A type.
    Type(&'static Type),
    /// A word that needs no memory: a small int, a name, a constant.
    Word(Obj),
    /// A float constant, elsewhere so that rows need no alignment but that of words.
    Float(&'static f64),
    /// A value made when it is first asked for.
    Make(fn(&mut Vm) -> Res),
}

impl Entry {
    /// The row called `name` in `table`.
    pub fn find(table: &'static [Entry], name: Qstr) -> Option<&'static Rom> {
        table.iter().find(|row| row.name == name).map(|row| &row.value)
    }
}

/// A row of a table: `row(q!("append"), fun2(append))`.
pub const fn row(name: Qstr, value: Rom) -> Entry {
    Entry { name, value }
}
