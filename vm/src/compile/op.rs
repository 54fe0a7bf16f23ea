//! The operations: one variant for each operation of the bytecode, operands as names and numbers, jumps as labels.
//!
//! This is the contract between the front end, the bytecode and the emitters.

use crate::mem::Vec;
use crate::qstr::Qstr;

/// The operations of one function.
pub type OpList = Vec<Op>;

/// A place in a function. In a finished list labels are numbered by where they stand.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Label(pub u16);

/// The number of a local: frees first, then arguments, other locals, other cells.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Local(pub u16);

/// An index into the constants of the module.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct ConstId(pub u32);

/// An index into the children of the function.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct ChildId(pub u32);

/// What a comprehension adds to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum Collection {
    /// A list.
    List = 0,
    /// A dict: the key is on top, the value below.
    Dict = 1,
    /// A set.
    Set = 2,
}

/// Operators with one operand, numbered as in the bytecode.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
#[expect(missing_docs, reason = "the names are Python's")]
pub enum Unary {
    Positive,
    Negative,
    Invert,
    Not,
}

impl Unary {
    /// All, in the bytecode's order.
    pub const ALL: [Unary; 4] = [Unary::Positive, Unary::Negative, Unary::Invert, Unary::Not];
}

macro_rules! binary {
    ($($name:ident $text:literal,)*) => {
        /// Operators with two operands, numbered as in the bytecode.
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        #[repr(u8)]
        #[expect(missing_docs, reason = "the names are Python's")]
        pub enum Binary {
            $($name,)*
        }

        impl Binary {
            /// All, in the bytecode's order.
            pub const ALL: [Binary; 35] = [$(Binary::$name,)*];

            /// How it is written.
            pub fn text(self) -> &'static str {
                match self {
                    $(Binary::$name => $text,)*
                }
            }
        }
    };
}

binary! {
    Less "<", More ">", Equal "==", LessEqual "<=", MoreEqual ">=", NotEqual "!=", In "in", Is "is",
    ExceptionMatch "exception match",
    InplaceOr "|=", InplaceXor "^=", InplaceAnd "&=", InplaceLeftShift "<<=", InplaceRightShift ">>=",
    InplaceAdd "+=", InplaceSub "-=", InplaceMul "*=", InplaceMatMul "@=", InplaceFloorDiv "//=", InplaceDiv "/=",
    InplaceMod "%=", InplacePow "**=",
    Or "|", Xor "^", And "&", LeftShift "<<", RightShift ">>", Add "+", Sub "-", Mul "*", MatMul "@",
    FloorDiv "//", Div "/", Mod "%", Pow "**",
}

/// One operation. "top" is the top of the value stack; the names follow the bytecode's.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Op {
    /// Not an operation: jumps come here.
    Label(Label),
    /// Not an operation: what follows stands on this source line.
    Line(u32),

    /// Push False.
    LoadFalse,
    /// Push None.
    LoadNone,
    /// Push True.
    LoadTrue,
    /// Push "no value".
    LoadNull,
    /// Push a small int. Wider ones are constants.
    LoadInt(i32),
    /// Push an interned str.
    LoadStr(Qstr),
    /// Push a constant of the module.
    LoadConst(ConstId),
    /// Push a local; NameError when unbound.
    LoadFast(Local),
    /// Push what a cell holds; NameError when unbound.
    LoadDeref(Local),
    /// Push a name: class namespace, globals, builtins.
    LoadName(Qstr),
    /// Push a global or builtin.
    LoadGlobal(Qstr),
    /// Replace top by an attribute of it.
    LoadAttr(Qstr),
    /// Replace top by a method and its self (or null).
    LoadMethod(Qstr),
    /// `class self super-type` become a method and its self.
    LoadSuperMethod(Qstr),
    /// Push the function that makes classes.
    LoadBuildClass,
    /// `value index` become an item.
    LoadSubscr,

    /// Pop into a local.
    StoreFast(Local),
    /// Pop into a cell.
    StoreDeref(Local),
    /// Pop into a name of the namespace in force.
    StoreName(Qstr),
    /// Pop into a global.
    StoreGlobal(Qstr),
    /// `value object` popped: set attribute; deletes it when value is null.
    StoreAttr(Qstr),
    /// `value object index` popped: set item; deletes it when value is null.
    StoreSubscr,
    /// Unbind a local.
    DeleteFast(Local),
    /// Unbind a cell.
    DeleteDeref(Local),
    /// Unbind a name.
    DeleteName(Qstr),
    /// Unbind a global.
    DeleteGlobal(Qstr),

    /// `a` becomes `a a`.
    DupTop,
    /// `a b` become `a b a b`.
    DupTopTwo,
    /// Drop top.
    PopTop,
    /// `a b` become `b a`.
    RotTwo,
    /// `a b c` become `c a b`.
    RotThree,

    /// Go on elsewhere.
    Jump(Label),
    /// Pop; jump if it was true.
    PopJumpIfTrue(Label),
    /// Pop; jump if it was false.
    PopJumpIfFalse(Label),
    /// Jump if top is true, else pop.
    JumpIfTrueOrPop(Label),
    /// Jump if top is false, else pop.
    JumpIfFalseOrPop(Label),
    /// Leave `depth` handlers, running their `finally`, then jump; `from_for`: drop the iterator there.
    UnwindJump {
        /// Where to.
        to: Label,
        /// Handlers to leave.
        depth: u8,
        /// Drop an iterator (four slots) after the last handler.
        from_for: bool,
    },

    /// `manager` becomes `exit manager entered`; a handler is set up.
    SetupWith(Label),
    /// Exceptions go to the label, the exception pushed.
    SetupExcept(Label),
    /// Exceptions, returns and unwinding jumps go through the label.
    SetupFinally(Label),
    /// Call `exit`: what is on top tells how the suite ended.
    WithCleanup,
    /// End of a `finally`: go on with what was pending.
    EndFinally,
    /// End of a `try` suite or of a handler.
    PopExceptJump(Label),

    /// Replace top by an iterator over it.
    GetIter,
    /// Like it, but in four slots of the stack.
    GetIterStack,
    /// Push the next item; at the end drop the four slots and jump.
    ForIter(Label),

    /// Pop items, push a tuple.
    BuildTuple(u32),
    /// Pop items, push a list.
    BuildList(u32),
    /// Push an empty dict with room.
    BuildMap(u32),
    /// `dict value key`: store, keep the dict.
    StoreMap,
    /// Pop items, push a set.
    BuildSet(u32),
    /// Pop two or three, push a slice.
    BuildSlice(u32),
    /// Add top (and the value below for a dict) to the collection `depth` slots below top.
    StoreComp(Collection, u32),
    /// Replace a sequence by its items, the first on top.
    UnpackSequence(u32),
    /// Like it, with a list of what `left` and `right` leave over.
    UnpackEx {
        /// Items before the star.
        left: u16,
        /// Items after the star.
        right: u16,
    },

    /// Return top.
    ReturnValue,
    /// Raise the exception being handled again.
    RaiseLast,
    /// Raise top.
    RaiseObj,
    /// `exception cause`.
    RaiseFrom,
    /// Yield top; what is sent replaces it.
    YieldValue,
    /// `iterator sent`: delegate; the result is left.
    YieldFrom,

    /// Push a function.
    MakeFunction(ChildId),
    /// `tuple dict` of defaults popped (either may be null), push a function.
    MakeFunctionDefargs(ChildId),
    /// Cells popped, push a closure.
    MakeClosure(ChildId, u8),
    /// `tuple dict` of defaults and cells popped, push a closure.
    MakeClosureDefargs(ChildId, u8),
    /// `function positional* (name value)*` become the result.
    CallFunction(Args),
    /// Like it with a bit per starred positional on top; a null name is `**`.
    CallFunctionVarKw(Args),
    /// `method self ...`.
    CallMethod(Args),
    /// `method self ...` with the bits on top.
    CallMethodVarKw(Args),

    /// `level names` become a module.
    ImportName(Qstr),
    /// Push an attribute of the module on top.
    ImportFrom(Qstr),
    /// Pop a module and bind all its names.
    ImportStar,

    /// Operator with one operand.
    Unary(Unary),
    /// Operator with two operands.
    Binary(Binary),
}

const _: () = assert!(size_of::<Op>() == 8);

/// How many arguments a call has.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Args {
    /// By position.
    pub n_pos: u8,
    /// By name, two slots each.
    pub n_kw: u16,
}

/// Slots of a `for` iterator on the stack.
pub const ITER_SLOTS: u32 = 4;

impl Op {
    /// How many slots higher the stack is behind the operation when it falls through.
    pub fn effect(self) -> i32 {
        match self {
            Op::Label(_) | Op::Line(_) => 0,
            Op::LoadFalse | Op::LoadNone | Op::LoadTrue | Op::LoadNull | Op::LoadInt(_) | Op::LoadStr(_) => 1,
            Op::LoadConst(_) | Op::LoadFast(_) | Op::LoadDeref(_) | Op::LoadName(_) | Op::LoadGlobal(_) => 1,
            Op::LoadMethod(_) | Op::LoadBuildClass => 1,
            Op::LoadAttr(_) => 0,
            Op::LoadSuperMethod(_) | Op::LoadSubscr => -1,
            Op::StoreFast(_) | Op::StoreDeref(_) | Op::StoreName(_) | Op::StoreGlobal(_) => -1,
            Op::StoreAttr(_) => -2,
            Op::StoreSubscr => -3,
            Op::DeleteFast(_) | Op::DeleteDeref(_) | Op::DeleteName(_) | Op::DeleteGlobal(_) => 0,
            Op::DupTop => 1,
            Op::DupTopTwo => 2,
            Op::PopTop => -1,
            Op::RotTwo | Op::RotThree => 0,
            Op::Jump(_) | Op::UnwindJump { .. } | Op::PopExceptJump(_) => 0,
            Op::PopJumpIfTrue(_) | Op::PopJumpIfFalse(_) => -1,
            Op::JumpIfTrueOrPop(_) | Op::JumpIfFalseOrPop(_) => -1,
            Op::SetupWith(_) => 2,
            Op::SetupExcept(_) | Op::SetupFinally(_) => 0,
            Op::WithCleanup => -2,
            Op::EndFinally => -1,
            Op::GetIter => 0,
            Op::GetIterStack => ITER_SLOTS as i32 - 1,
            Op::ForIter(_) => 1,
            Op::BuildTuple(n) | Op::BuildList(n) | Op::BuildSet(n) | Op::BuildSlice(n) => 1 - n as i32,
            Op::BuildMap(_) => 1,
            Op::StoreMap => -2,
            Op::StoreComp(Collection::Dict, _) => -2,
            Op::StoreComp(Collection::List | Collection::Set, _) => -1,
            Op::UnpackSequence(n) => n as i32 - 1,
            Op::UnpackEx { left, right } => i32::from(left) + i32::from(right),
            Op::ReturnValue | Op::RaiseObj => -1,
            Op::RaiseLast => 0,
            Op::RaiseFrom => -2,
            Op::YieldValue => 0,
            Op::YieldFrom => -1,
            Op::MakeFunction(_) => 1,
            Op::MakeFunctionDefargs(_) => -1,
            Op::MakeClosure(_, n) => 1 - i32::from(n),
            Op::MakeClosureDefargs(_, n) => -1 - i32::from(n),
            Op::CallFunction(args) => -args.slots(),
            Op::CallFunctionVarKw(args) | Op::CallMethod(args) => -args.slots() - 1,
            Op::CallMethodVarKw(args) => -args.slots() - 2,
            Op::ImportName(_) | Op::ImportStar => -1,
            Op::ImportFrom(_) => 1,
            Op::Unary(_) => 0,
            Op::Binary(_) => -1,
        }
    }

    /// The label the operation refers to; also those of handlers.
    pub fn target(self) -> Option<Label> {
        self.clone().target_mut().copied()
    }

    /// The label the operation refers to, to change it.
    pub fn target_mut(&mut self) -> Option<&mut Label> {
        match self {
            Op::Jump(to)
            | Op::PopJumpIfTrue(to)
            | Op::PopJumpIfFalse(to)
            | Op::JumpIfTrueOrPop(to)
            | Op::JumpIfFalseOrPop(to)
            | Op::UnwindJump { to, .. }
            | Op::SetupWith(to)
            | Op::SetupExcept(to)
            | Op::SetupFinally(to)
            | Op::PopExceptJump(to)
            | Op::ForIter(to) => Some(to),
            Op::Label(_) | Op::Line(_) => None,
            Op::LoadFalse | Op::LoadNone | Op::LoadTrue | Op::LoadNull | Op::LoadInt(_) | Op::LoadStr(_) => None,
            Op::LoadConst(_) | Op::LoadFast(_) | Op::LoadDeref(_) | Op::LoadName(_) | Op::LoadGlobal(_) => None,
            Op::LoadAttr(_) | Op::LoadMethod(_) | Op::LoadSuperMethod(_) | Op::LoadBuildClass | Op::LoadSubscr => None,
            Op::StoreFast(_) | Op::StoreDeref(_) | Op::StoreName(_) | Op::StoreGlobal(_) => None,
            Op::StoreAttr(_) | Op::StoreSubscr => None,
            Op::DeleteFast(_) | Op::DeleteDeref(_) | Op::DeleteName(_) | Op::DeleteGlobal(_) => None,
            Op::DupTop | Op::DupTopTwo | Op::PopTop | Op::RotTwo | Op::RotThree => None,
            Op::WithCleanup | Op::EndFinally | Op::GetIter | Op::GetIterStack => None,
            Op::BuildTuple(_) | Op::BuildList(_) | Op::BuildMap(_) | Op::StoreMap | Op::BuildSet(_) => None,
            Op::BuildSlice(_) | Op::StoreComp(..) | Op::UnpackSequence(_) | Op::UnpackEx { .. } => None,
            Op::ReturnValue | Op::RaiseLast | Op::RaiseObj | Op::RaiseFrom | Op::YieldValue | Op::YieldFrom => None,
            Op::MakeFunction(_) | Op::MakeFunctionDefargs(_) => None,
            Op::MakeClosure(..) | Op::MakeClosureDefargs(..) => None,
            Op::CallFunction(_) | Op::CallFunctionVarKw(_) | Op::CallMethod(_) | Op::CallMethodVarKw(_) => None,
            Op::ImportName(_) | Op::ImportFrom(_) | Op::ImportStar | Op::Unary(_) | Op::Binary(_) => None,
        }
    }

    /// Whether an operation has an inline cache.
    pub fn has_cache(self) -> bool {
        matches!(self, Op::LoadGlobal(_) | Op::LoadName(_) | Op::LoadAttr(_) | Op::LoadMethod(_) | Op::StoreAttr(_))
    }

    /// Never goes on with the operation behind it.
    pub fn ends_flow(self) -> bool {
        matches!(
            self,
            Op::Jump(_)
                | Op::UnwindJump { .. }
                | Op::PopExceptJump(_)
                | Op::ReturnValue
                | Op::RaiseLast
                | Op::RaiseObj
                | Op::RaiseFrom
        )
    }

    /// The name the operation carries.
    pub fn name(self) -> Option<Qstr> {
        match self {
            Op::LoadStr(q) | Op::LoadName(q) | Op::LoadGlobal(q) | Op::LoadAttr(q) | Op::LoadMethod(q) => Some(q),
            Op::LoadSuperMethod(q) | Op::StoreName(q) | Op::StoreGlobal(q) | Op::StoreAttr(q) => Some(q),
            Op::DeleteName(q) | Op::DeleteGlobal(q) | Op::ImportName(q) | Op::ImportFrom(q) => Some(q),
            _ => None,
        }
    }
}

impl Args {
    /// Slots of all arguments.
    pub fn slots(self) -> i32 {
        i32::from(self.n_pos) + 2 * i32::from(self.n_kw)
    }
}
