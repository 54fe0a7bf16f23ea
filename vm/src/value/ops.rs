//! Operators on any values: which type's slot is asked, in which order, and what is said when none answers.

use super::{BinaryOp, Constant, Flags, IterPlace, Obj, Res, TypeRef, UnaryOp};
use crate::Vm;
use crate::types;

impl Obj {
    /// The type of this value.
    #[inline]
    pub fn type_of(self) -> TypeRef {
        if let Some(pointer) = self.as_pointer() {
            return self.type_of_pointer(pointer);
        }
        if self.is_small() {
            return TypeRef::of(&types::int::TYPE);
        }
        if self.is_float_word() {
            return TypeRef::of(&types::float::TYPE);
        }
        if self.is_name() {
            return TypeRef::of(&types::str::TYPE);
        }
        match self.as_constant() {
            Some(Constant::False | Constant::True) => TypeRef::of(&types::bool::TYPE),
            Some(Constant::Zero | Constant::MinusZero) => TypeRef::of(&types::float::TYPE),
            Some(Constant::Ellipsis) => TypeRef::of(&types::singleton::ELLIPSIS),
            Some(Constant::NotImplemented) => TypeRef::of(&types::singleton::NOT_IMPLEMENTED),
            Some(Constant::None | Constant::Null) | None => TypeRef::of(&types::none::TYPE),
        }
    }

    /// Whether the type of this value is exactly `ty`.
    #[inline]
    pub fn is_exact(self, ty: &'static super::Type) -> bool {
        self.type_of() == TypeRef::of(ty)
    }
}

impl Vm {
    /// `bool(obj)`
    #[inline]
    pub fn truth(&mut self, obj: Obj) -> Res<bool> {
        match obj {
            Obj::TRUE => Ok(true),
            Obj::FALSE | Obj::NONE => Ok(false),
            _ => match obj.as_small() {
                Some(value) => Ok(value != 0),
                None => self.truth_slow(obj),
            },
        }
    }

    #[inline(never)]
    fn truth_slow(&mut self, obj: Obj) -> Res<bool> {
        if let Some(value) = types::float::value(obj) {
            return Ok(value != 0.0);
        }
        let Some(unary) = obj.type_of().unary else { return Ok(true) };
        let answer = unary(self, UnaryOp::Bool, obj)?;
        if !answer.is_null() {
            return Ok(answer == Obj::TRUE);
        }
        let len = unary(self, UnaryOp::Len, obj)?;
        Ok(len.is_null() || len != Obj::small_wrapping(0))
    }

    /// `len(obj)`
    pub fn len(&mut self, obj: Obj) -> Res {
        if let Some(unary) = obj.type_of().unary {
            let answer = unary(self, UnaryOp::Len, obj)?;
            if !answer.is_null() {
                return Ok(answer);
            }
        }
        let name = self.type_name(obj);
        Err(self.type_error(format_args!("object of type '{name}' has no len()")))
    }

    /// A unary operator as bytecode and `abs`, `int` and so on use it.
    pub fn unary(&mut self, op: UnaryOp, obj: Obj) -> Res {
        if op == UnaryOp::Not {
            return Ok(Obj::bool(!self.truth(obj)?));
        }
        if let Some(unary) = obj.type_of().unary {
            let answer = unary(self, op, obj)?;
            if !answer.is_null() {
                return Ok(answer);
            }
        }
        let name = self.type_name(obj);
        let sign = match op {
            UnaryOp::Positive => "__pos__",
            UnaryOp::Negative => "__neg__",
            UnaryOp::Invert => "__invert__",
            UnaryOp::Not | UnaryOp::Bool => "__bool__",
            UnaryOp::Len => "__len__",
            UnaryOp::Hash => "__hash__",
            UnaryOp::Abs => "__abs__",
            UnaryOp::Int => "__int__",
            UnaryOp::Float => "__float__",
            UnaryOp::Complex => "__complex__",
            UnaryOp::SizeOf => "__sizeof__",
        };
        Err(self.type_error(format_args!("unsupported type for {sign}: '{name}'")))
    }

    /// A binary operator as bytecode uses it. `BinaryOp::Contains` is for slots only; here it is `In` with swapped operands.
    pub fn binary(&mut self, op: BinaryOp, left: Obj, right: Obj) -> Res {
        match op {
            BinaryOp::Is => return Ok(Obj::bool(left == right)),
            BinaryOp::Equal => {
                if (left.is_small() && right.is_small()) || (left.is_name() && right.is_name()) {
                    return Ok(Obj::bool(left == right));
                }
                return self.compare_equal(left, right);
            }
            BinaryOp::NotEqual => return self.compare_not_equal(left, right),
            BinaryOp::In => return self.contains(right, left).map(Obj::bool),
            BinaryOp::Contains => return self.contains(left, right).map(Obj::bool),
            BinaryOp::ExceptionMatch => return types::exception::matches(self, left, right).map(Obj::bool),
            _ => {}
        }
        let (left_type, right_type) = (left.type_of(), right.type_of());
        let right_first =
            right_type.class.is_some() && types::instance::right_goes_first(self, op, left_type, right_type);
        if right_first {
            let answer = self.by_right(op, left, right)?;
            if !answer.is_null() {
                return Ok(answer);
            }
        }
        if let Some(binary) = left.type_of().binary {
            let mut answer = binary(self, op, left, right)?;
            if answer.is_null() && op.plain() != op {
                answer = binary(self, op.plain(), left, right)?;
            }
            if !answer.is_null() {
                return Ok(answer);
            }
        }
        // Operands of one class have the same methods: the left one has said no already.
        if !right_first && (left_type != right_type || op.swapped().is_some()) {
            let answer = self.by_right(op, left, right)?;
            if !answer.is_null() {
                return Ok(answer);
            }
        }
        Err(self.unsupported(op, left, right))
    }

    /// What the right operand makes of a binary operator; `Obj::NULL` if nothing.
    fn by_right(&mut self, op: BinaryOp, left: Obj, right: Obj) -> Res {
        if let Some(swapped) = op.swapped() {
            return match right.type_of().binary {
                Some(binary) => binary(self, swapped, right, left),
                None => Ok(Obj::NULL),
            };
        }
        match right.type_of().reflected {
            Some(reflected) => reflected(self, op.plain(), left, right),
            None => Ok(Obj::NULL),
        }
    }

    /// `a != b`: the type's own answer, else the opposite of `==`.
    fn compare_not_equal(&mut self, a: Obj, b: Obj) -> Res {
        for (owner, left, right) in [(a, a, b), (b, b, a)] {
            let ty = owner.type_of();
            let (true, Some(binary)) = (ty.flags.has(Flags::INSTANCE), ty.binary) else { continue };
            for op in [BinaryOp::NotEqual, BinaryOp::Equal] {
                let answer = binary(self, op, left, right)?;
                if !answer.is_null() {
                    return if op == BinaryOp::Equal { Ok(Obj::bool(!self.truth(answer)?)) } else { Ok(answer) };
                }
            }
        }
        let equal = self.compare_equal(a, b)?;
        Ok(Obj::bool(!self.truth(equal)?))
    }

    /// `item in container`
    pub fn contains(&mut self, container: Obj, item: Obj) -> Res<bool> {
        if let Some(binary) = container.type_of().binary {
            let answer = binary(self, BinaryOp::Contains, container, item)?;
            if !answer.is_null() {
                return self.truth(answer);
            }
        }
        let iter = self.iter(container)?;
        loop {
            let next = self.next(iter)?;
            if next.is_null() {
                return Ok(false);
            }
            if next == item || self.equal(next, item)? {
                return Ok(true);
            }
        }
    }

    #[cold]
    fn unsupported(&mut self, op: BinaryOp, left: Obj, right: Obj) -> super::Raise {
        let (left, right) = (self.type_name(left), self.type_name(right));
        let name = OP_NAMES[op as usize];
        self.type_error(format_args!("unsupported types for {name}: '{left}', '{right}'"))
    }

    /// `obj[index]`
    pub fn get_item(&mut self, obj: Obj, index: Obj) -> Res {
        match obj.type_of().get_item {
            Some(get_item) => get_item(self, obj, index),
            None => {
                let name = self.type_name(obj);
                Err(self.type_error(format_args!("'{name}' object isn't subscriptable")))
            }
        }
    }

    /// `obj[index] = value`, or `del obj[index]` when `value` is `Obj::NULL`.
    pub fn set_item(&mut self, obj: Obj, index: Obj, value: Obj) -> Res<()> {
        match obj.type_of().set_item {
            Some(set_item) => set_item(self, obj, index, value),
            None => {
                let name = self.type_name(obj);
                let what = if value.is_null() { "deletion" } else { "assignment" };
                Err(self.type_error(format_args!("'{name}' object doesn't support item {what}")))
            }
        }
    }

    /// `iter(obj)`
    pub fn iter(&mut self, obj: Obj) -> Res {
        self.iter_place = core::ptr::null_mut();
        self.iter_of(obj)
    }

    /// As `iter`, for loops that keep the iterator to themselves: while the heap is locked, the iterator of a built-in type
    /// is made in `place`, which the caller keeps where it is until the loop ends.
    pub fn iter_in(&mut self, place: *mut IterPlace, obj: Obj) -> Res {
        // An `__iter__` of the program's may make an iterator for itself.
        let own = obj.type_of().class.is_some();
        self.iter_place = if own { core::ptr::null_mut() } else { place };
        let iter = self.iter_of(obj);
        self.iter_place = core::ptr::null_mut();
        iter
    }

    #[inline]
    fn iter_of(&mut self, obj: Obj) -> Res {
        let ty = obj.type_of();
        if let Some(iter) = ty.iter {
            return iter(self, obj);
        }
        if ty.flags.has(Flags::SELF_ITER) {
            return Ok(obj);
        }
        let name = self.type_name(obj);
        Err(self.type_error(format_args!("'{name}' object isn't iterable")))
    }

    /// The next item of an iterator, or `Obj::NULL` when there is none. A StopIteration on the way, as from the function of
    /// a `map`, means that too.
    #[inline]
    pub fn next(&mut self, iter: Obj) -> Res {
        match iter.type_of().next {
            Some(next) => {
                // The iterator may have no end, and whoever asks may run no bytecode.
                self.poll()?;
                // Iterators over iterators may nest without end.
                self.check_stack()?;
                match next(self, iter) {
                    Ok(item) => Ok(item),
                    Err(raise) => self.ended(raise),
                }
            }
            None => {
                let name = self.type_name(iter);
                Err(self.type_error(format_args!("'{name}' object isn't an iterator")))
            }
        }
    }

    #[cold]
    #[inline(never)]
    fn ended(&mut self, raise: super::Raise) -> Res {
        crate::types::exception::stop_value(self, raise)
    }

    /// Calls anything callable.
    pub fn call(&mut self, callee: Obj, args: super::Args<'_>) -> Res {
        match callee.type_of().call {
            Some(call) => {
                self.check_stack()?;
                call(self, callee, args)
            }
            None => {
                let name = self.type_name(callee);
                Err(self.type_error(format_args!("'{name}' object isn't callable")))
            }
        }
    }

    /// Calls with positional arguments only.
    pub fn call_pos(&mut self, callee: Obj, args: &[Obj]) -> Res {
        self.call(callee, super::Args::pos(args))
    }

    /// Calls method `name` of `obj`.
    pub fn call_method(&mut self, obj: Obj, name: crate::qstr::Qstr, args: &[Obj]) -> Res {
        let method = self.get_attr(obj, name)?;
        self.call_pos(method, args)
    }
}

/// How error texts call the operators, by number.
const OP_NAMES: [&str; 36] = [
    "__lt__",
    "__gt__",
    "__eq__",
    "__le__",
    "__ge__",
    "__ne__",
    "__contains__",
    "is",
    "except",
    "__ior__",
    "__ixor__",
    "__iand__",
    "__ilshift__",
    "__irshift__",
    "__iadd__",
    "__isub__",
    "__imul__",
    "__imatmul__",
    "__ifloordiv__",
    "__itruediv__",
    "__imod__",
    "__ipow__",
    "__or__",
    "__xor__",
    "__and__",
    "__lshift__",
    "__rshift__",
    "__add__",
    "__sub__",
    "__mul__",
    "__matmul__",
    "__floordiv__",
    "__truediv__",
    "__mod__",
    "__pow__",
    "__contains__",
];
