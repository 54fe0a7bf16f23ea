//! Bound methods: a function with its first argument.

use crate::Vm;
use crate::q;
use crate::qstr::Qstr;
use crate::value::{Args, BinaryOp, Gc, GcVec, Obj, Object, PrintKind, Res, Sink, Type, TypeRef, UnaryOp, put};

/// Body of a bound method.
pub struct BoundMethod {
    /// What is called.
    pub function: Obj,
    /// Its first argument.
    pub this: Obj,
}

impl Object for BoundMethod {
    const TYPE: &'static Type = &TYPE;
}

/// `bound_method`
pub static TYPE: Type = Type {
    make: Some(make),
    print: Some(print),
    call: Some(call),
    unary: Some(unary),
    binary: Some(binary),
    get_attr: Some(get_attr),
    ..Type::new(q!("bound_method"))
};

/// `type(method)(function, this)`
fn make(vm: &mut Vm, _: TypeRef, args: Args<'_>) -> Res {
    vm.no_keywords(args)?;
    vm.check_count(args.pos.len(), 2, 2)?;
    let [function, this] = *args.pos else { return Ok(Obj::NULL) };
    Ok(Gc::alloc(vm, BoundMethod { function, this })?.obj())
}

fn print(vm: &mut Vm, sink: &mut dyn Sink, obj: Obj, _: PrintKind) -> Res<()> {
    let Some(method) = Gc::<BoundMethod>::from_obj(obj) else { return Ok(()) };
    put(vm, sink, format_args!("<bound_method {:x} ", obj.bits()))?;
    vm.print(sink, method.this, PrintKind::Repr)?;
    sink.write(vm, ".")?;
    vm.print(sink, method.function, PrintKind::Repr)?;
    sink.write(vm, ">")
}

fn call(vm: &mut Vm, obj: Obj, args: Args<'_>) -> Res {
    let Some(method) = Gc::<BoundMethod>::from_obj(obj) else { return Ok(Obj::NULL) };
    let mut few = [Obj::NULL; 6];
    few[0] = method.this;
    if let Some(rest) = few.get_mut(1..=args.pos.len()) {
        rest.copy_from_slice(args.pos);
        return vm.call(method.function, Args { pos: &few[..=args.pos.len()], kw: args.kw });
    }
    let all = GcVec::with_capacity(vm, args.pos.len() + 1)?;
    all.push(vm, method.this)?;
    all.extend(vm, args.pos)?;
    vm.call(method.function, Args { pos: all.slice(), kw: args.kw })
}

fn unary(vm: &mut Vm, op: UnaryOp, obj: Obj) -> Res {
    let Some(method) = Gc::<BoundMethod>::from_obj(obj) else { return Ok(Obj::NULL) };
    if op != UnaryOp::Hash {
        return Ok(Obj::NULL);
    }
    let hash = vm.hash(method.function)? ^ (method.this.bits() >> 3);
    Ok(Obj::small_wrapping(hash as isize))
}

fn binary(_: &mut Vm, op: BinaryOp, left: Obj, right: Obj) -> Res {
    let (Some(a), Some(b)) = (Gc::<BoundMethod>::from_obj(left), Gc::<BoundMethod>::from_obj(right)) else {
        return Ok(Obj::NULL);
    };
    Ok(if op == BinaryOp::Equal { Obj::bool(a.this == b.this && a.function == b.function) } else { Obj::NULL })
}

fn get_attr(vm: &mut Vm, obj: Obj, name: Qstr) -> Res {
    let Some(method) = Gc::<BoundMethod>::from_obj(obj) else { return Ok(Obj::NULL) };
    if name == q!("__self__") {
        return Ok(method.this);
    }
    if name == q!("__func__") {
        return Ok(method.function);
    }
    vm.find_attr(method.function, name)
}
