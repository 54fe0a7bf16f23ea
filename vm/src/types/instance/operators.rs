//! Operators of instances: their special methods, ours first, then reflected.

use super::*;

pub(in crate::types) fn unary(vm: &mut Vm, op: UnaryOp, obj: Obj) -> Res {
    let name = match op {
        UnaryOp::Positive => q!("__pos__"),
        UnaryOp::Negative => q!("__neg__"),
        UnaryOp::Invert => q!("__invert__"),
        UnaryOp::Not | UnaryOp::Bool => q!("__bool__"),
        UnaryOp::Len => q!("__len__"),
        UnaryOp::Hash => q!("__hash__"),
        UnaryOp::Abs => q!("__abs__"),
        UnaryOp::Int => q!("__int__"),
        UnaryOp::Float => q!("__float__"),
        UnaryOp::Complex => q!("__complex__"),
        UnaryOp::SizeOf => q!("__sizeof__"),
    };
    if let Some(method) = special(vm, obj, name)? {
        let answer = vm.call_bound(method, &[])?;
        return match op {
            UnaryOp::Hash => match vm.int_bits(answer) {
                Some(bits) => Ok(Obj::small_wrapping(bits as isize)),
                None => Err(vm.type_error(format_args!("__hash__ method should return an integer"))),
            },
            UnaryOp::Bool if answer == Obj::TRUE || answer == Obj::FALSE => Ok(answer),
            UnaryOp::Bool => {
                let name = vm.type_name(answer);
                Err(vm.type_error(format_args!("__bool__ should return bool, returned {name}")))
            }
            UnaryOp::Len => length(vm, answer),
            UnaryOp::Positive
            | UnaryOp::Negative
            | UnaryOp::Invert
            | UnaryOp::Not
            | UnaryOp::Abs
            | UnaryOp::Int
            | UnaryOp::Float
            | UnaryOp::Complex
            | UnaryOp::SizeOf => Ok(answer),
        };
    }
    if op == UnaryOp::Int
        && let Some(method) = special(vm, obj, q!("__index__"))?
    {
        return vm.call_bound(method, &[]);
    }
    if op == UnaryOp::Hash {
        // A class that defines __eq__ alone has __hash__ = None.
        if is_refused(vm, obj, name) {
            return Ok(Obj::NULL);
        }
    }
    if let Some(value) = native_or_make(vm, obj)? {
        return match value.type_of().unary {
            Some(unary) => unary(vm, op, value),
            None => Ok(Obj::NULL),
        };
    }
    Ok(if op == UnaryOp::Hash { Obj::small_wrapping((obj.bits() >> 3) as isize) } else { Obj::NULL })
}

/// What `__len__` gave, as a length.
fn length(vm: &mut Vm, answer: Obj) -> Res {
    let len = crate::types::sequence::int_of(vm, answer)?;
    if len < 0 {
        return Err(vm.value_error(format_args!("__len__() should return >= 0")));
    }
    Ok(Obj::small_wrapping(len))
}

/// Names of the methods behind binary operators: the plain one and the reflected one.
fn binary_names(op: BinaryOp) -> Option<(Qstr, Option<Qstr>)> {
    Some(match op {
        BinaryOp::Less => (q!("__lt__"), None),
        BinaryOp::More => (q!("__gt__"), None),
        BinaryOp::Equal => (q!("__eq__"), None),
        BinaryOp::LessEqual => (q!("__le__"), None),
        BinaryOp::MoreEqual => (q!("__ge__"), None),
        BinaryOp::NotEqual => (q!("__ne__"), None),
        BinaryOp::Contains => (q!("__contains__"), None),
        BinaryOp::InplaceOr => (q!("__ior__"), None),
        BinaryOp::InplaceXor => (q!("__ixor__"), None),
        BinaryOp::InplaceAnd => (q!("__iand__"), None),
        BinaryOp::InplaceLshift => (q!("__ilshift__"), None),
        BinaryOp::InplaceRshift => (q!("__irshift__"), None),
        BinaryOp::InplaceAdd => (q!("__iadd__"), None),
        BinaryOp::InplaceSubtract => (q!("__isub__"), None),
        BinaryOp::InplaceMultiply => (q!("__imul__"), None),
        BinaryOp::InplaceMatMultiply => (q!("__imatmul__"), None),
        BinaryOp::InplaceFloorDivide => (q!("__ifloordiv__"), None),
        BinaryOp::InplaceTrueDivide => (q!("__itruediv__"), None),
        BinaryOp::InplaceModulo => (q!("__imod__"), None),
        BinaryOp::InplacePower => (q!("__ipow__"), None),
        BinaryOp::Or => (q!("__or__"), Some(q!("__ror__"))),
        BinaryOp::Xor => (q!("__xor__"), Some(q!("__rxor__"))),
        BinaryOp::And => (q!("__and__"), Some(q!("__rand__"))),
        BinaryOp::Lshift => (q!("__lshift__"), Some(q!("__rlshift__"))),
        BinaryOp::Rshift => (q!("__rshift__"), Some(q!("__rrshift__"))),
        BinaryOp::Add => (q!("__add__"), Some(q!("__radd__"))),
        BinaryOp::Subtract => (q!("__sub__"), Some(q!("__rsub__"))),
        BinaryOp::Multiply => (q!("__mul__"), Some(q!("__rmul__"))),
        BinaryOp::MatMultiply => (q!("__matmul__"), Some(q!("__rmatmul__"))),
        BinaryOp::FloorDivide => (q!("__floordiv__"), Some(q!("__rfloordiv__"))),
        BinaryOp::TrueDivide => (q!("__truediv__"), Some(q!("__rtruediv__"))),
        BinaryOp::Modulo => (q!("__mod__"), Some(q!("__rmod__"))),
        BinaryOp::Power => (q!("__pow__"), Some(q!("__rpow__"))),
        BinaryOp::In | BinaryOp::Is | BinaryOp::ExceptionMatch => return None,
    })
}

pub(in crate::types) fn binary(vm: &mut Vm, op: BinaryOp, left: Obj, right: Obj) -> Res {
    let Some((name, _)) = binary_names(op) else { return Ok(Obj::NULL) };
    if let Some(method) = special(vm, left, name)? {
        let answer = vm.call_bound(method, &[right])?;
        return Ok(if answer == Obj::NOT_IMPLEMENTED { Obj::NULL } else { answer });
    }
    if is_refused(vm, left, name) {
        let (ty, name) = (vm.type_name(left), vm.text_of_name(name));
        return Err(vm.type_error(format_args!("'{ty}' object doesn't support {name}")));
    }
    if let Some(value) = native_or_make(vm, left)? {
        let right = if op == BinaryOp::Contains { right } else { native(right).unwrap_or(right) };
        let Some(binary) = value.type_of().binary else { return Ok(Obj::NULL) };
        let answer = binary(vm, op, value, right)?;
        // What is changed in place stays the instance that it is.
        return Ok(if answer == value && op.plain() != op { left } else { answer });
    }
    Ok(Obj::NULL)
}

pub(in crate::types) fn reflected(vm: &mut Vm, op: BinaryOp, left: Obj, right: Obj) -> Res {
    let Some((_, Some(name))) = binary_names(op) else { return Ok(Obj::NULL) };
    if let Some(method) = special(vm, right, name)? {
        let answer = vm.call_bound(method, &[left])?;
        return Ok(if answer == Obj::NOT_IMPLEMENTED { Obj::NULL } else { answer });
    }
    if let Some(value) = native_or_make(vm, right)?
        && let Some(binary) = left.type_of().binary
        && !left.type_of().flags.has(Flags::INSTANCE)
    {
        let answer = binary(vm, op, left, value)?;
        return match value.type_of().reflected {
            Some(reflected) if answer.is_null() => reflected(vm, op, left, value),
            Some(_) | None => Ok(answer),
        };
    }
    Ok(Obj::NULL)
}

/// Whether the right operand goes first: its class has a method of its own for `op`, and derives from the left one's, or
/// the left one is a sequence, whose `+` and `*` are not those of numbers.
pub fn right_goes_first(vm: &Vm, op: BinaryOp, left: TypeRef, right: TypeRef) -> bool {
    let joins = matches!(op.plain(), BinaryOp::Add | BinaryOp::Multiply)
        && left.flags.has(Flags::SEQUENCE)
        && !left.flags.has(Flags::INSTANCE);
    if left == right || !right.flags.has(Flags::INSTANCE) || !(joins || class::is_subclass(right, left)) {
        return false;
    }
    let name = match op.swapped() {
        Some(swapped) => binary_names(swapped).map(|(name, _)| name),
        None => binary_names(op.plain()).and_then(|(_, name)| name),
    };
    let Some(name) = name else { return false };
    match (class::lookup(vm, right, name), class::lookup(vm, left, name)) {
        (Some(Found::Value(_)), _) if op.swapped().is_some() => true,
        (Some(Found::Value(of_right)), Some(Found::Value(of_left))) => of_right != of_left,
        (Some(Found::Value(_)), _) => true,
        _ => false,
    }
}
