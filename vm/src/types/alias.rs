//! Generic aliases and unions of types: `list[int]`, `int | str`.

use crate::Vm;
use crate::q;
use crate::qstr::Qstr;
use crate::types::type_alias::TypeAlias;
use crate::types::type_param::TypeParam;
use crate::types::{class, dict, frozenset, list, none, set, tuple};
use crate::value::{Args, BinaryOp, Gc, GcVec, Obj, Object, PrintKind, Res, Sink, Type, TypeRef, UnaryOp, fun2, row};

/// Body of a generic alias.
pub struct Alias {
    origin: Obj,
    args: Obj,
}

impl Object for Alias {
    const TYPE: &'static Type = &ALIAS;
}

/// `types.GenericAlias`
pub static ALIAS: Type = Type {
    make: Some(make),
    print: Some(print),
    call: Some(call),
    unary: Some(hash),
    binary: Some(binary),
    reflected: Some(union),
    get_attr: Some(get_attr),
    table: &[row(q!("__mro_entries__"), fun2(mro_entries))],
    ..Type::new(q!("GenericAlias"))
};

/// Body of a union.
pub struct Union {
    args: Obj,
}

impl Object for Union {
    const TYPE: &'static Type = &UNION;
}

/// `types.UnionType`
pub static UNION: Type = Type {
    print: Some(print),
    unary: Some(hash),
    binary: Some(binary),
    reflected: Some(union),
    get_attr: Some(get_attr),
    ..Type::new(q!("UnionType"))
};

/// `class[item]` of a built-in class that has items, or of one that derives from it; `Obj::NULL` for other classes.
pub fn subscript(vm: &mut Vm, class: Obj, item: Obj) -> Res {
    let Some(ty) = TypeRef::from_obj(class) else { return Ok(Obj::NULL) };
    if ty.class.is_some() && has_type_params(vm, class)? {
        return new(vm, class, item);
    }
    let generic = [&list::TYPE, &dict::TYPE, &tuple::TYPE, &set::TYPE, &frozenset::TYPE, &class::TYPE].map(TypeRef::of);
    if !generic.into_iter().any(|base| ty == base || ty.class.is_some() && class::is_subclass(ty, base)) {
        return Ok(Obj::NULL);
    }
    new(vm, class, item)
}

/// `origin[item]`, whatever `origin` is.
pub fn new(vm: &mut Vm, origin: Obj, item: Obj) -> Res {
    let args = if tuple::items(item).is_some() { item } else { tuple::new(vm, &[item])? };
    Ok(Gc::alloc(vm, Alias { origin, args })?.obj())
}

/// `GenericAlias(origin, args)`
fn make(vm: &mut Vm, _: TypeRef, args: Args<'_>) -> Res {
    vm.no_keywords(args)?;
    vm.check_count(args.pos.len(), 2, 2)?;
    let [origin, item] = *args.pos else { return Ok(Obj::NULL) };
    new(vm, origin, item)
}

fn has_type_params(vm: &mut Vm, class: Obj) -> Res<bool> {
    let params = vm.find_attr(class, q!("__type_params__"))?;
    Ok(tuple::items(params).is_some_and(|params| !params.is_empty()))
}

/// The members of a union.
pub fn members(obj: Obj) -> Option<&'static [Obj]> {
    tuple::items(Gc::<Union>::from_obj(obj)?.args)
}

/// `left | right` of types; `Obj::NULL` for other operators and operands.
pub fn union(vm: &mut Vm, op: BinaryOp, left: Obj, right: Obj) -> Res {
    if op != BinaryOp::Or || !is_type(left) || !is_type(right) || left.is_none() && right.is_none() {
        return Ok(Obj::NULL);
    }
    let all: GcVec<Obj> = GcVec::new();
    for side in [left, right] {
        let one = [if side.is_none() { TypeRef::of(&none::TYPE).obj() } else { side }];
        for part in members(side).unwrap_or(&one) {
            let mut known = false;
            for at in 0..all.len() {
                if let Some(other) = all.get(at) {
                    known |= other == *part || vm.compare_equal(other, *part)? == Obj::TRUE;
                }
            }
            if !known {
                all.push(vm, *part)?;
            }
        }
    }
    if let [only] = *all.slice() {
        return Ok(only);
    }
    let args = tuple::new(vm, all.slice())?;
    Ok(Gc::alloc(vm, Union { args })?.obj())
}

fn is_type(obj: Obj) -> bool {
    obj.is_none()
        || TypeRef::from_obj(obj).is_some()
        || Gc::<Alias>::from_obj(obj).is_some()
        || Gc::<Union>::from_obj(obj).is_some()
        || Gc::<TypeParam>::from_obj(obj).is_some()
        || Gc::<TypeAlias>::from_obj(obj).is_some()
}

fn print(vm: &mut Vm, sink: &mut dyn Sink, obj: Obj, _: PrintKind) -> Res<()> {
    vm.check_stack()?;
    if let Some(alias) = Gc::<Alias>::from_obj(obj) {
        print_part(vm, sink, alias.origin)?;
        sink.write(vm, "[")?;
        print_all(vm, sink, alias.args, ", ")?;
        if tuple::items(alias.args).is_some_and(<[Obj]>::is_empty) {
            sink.write(vm, "()")?;
        }
        return sink.write(vm, "]");
    }
    match Gc::<Union>::from_obj(obj) {
        Some(union) => print_all(vm, sink, union.args, " | "),
        None => Ok(()),
    }
}

fn print_all(vm: &mut Vm, sink: &mut dyn Sink, args: Obj, between: &str) -> Res<()> {
    for (at, arg) in tuple::items(args).unwrap_or(&[]).iter().enumerate() {
        if at > 0 {
            sink.write(vm, between)?;
        }
        print_part(vm, sink, *arg)?;
    }
    Ok(())
}

fn print_part(vm: &mut Vm, sink: &mut dyn Sink, part: Obj) -> Res<()> {
    if part == Obj::ELLIPSIS {
        return sink.write(vm, "...");
    }
    let Some(ty) = TypeRef::from_obj(part) else { return vm.print(sink, part, PrintKind::Repr) };
    if ty == TypeRef::of(&none::TYPE) {
        return sink.write(vm, "None");
    }
    if ty.class.is_some() {
        let module = vm.find_attr(part, q!("__module__"))?;
        if !module.is_null() {
            vm.print(sink, module, PrintKind::Str)?;
            sink.write(vm, ".")?;
        }
        let name = vm.find_attr(part, q!("__qualname__"))?;
        if !name.is_null() {
            return vm.print(sink, name, PrintKind::Str);
        }
    }
    vm.print(sink, Obj::name(ty.name), PrintKind::Str)
}

fn call(vm: &mut Vm, obj: Obj, args: Args<'_>) -> Res {
    match Gc::<Alias>::from_obj(obj) {
        Some(alias) => vm.call(alias.origin, args),
        None => Ok(Obj::NULL),
    }
}

fn args_of(obj: Obj) -> Obj {
    match (Gc::<Alias>::from_obj(obj), Gc::<Union>::from_obj(obj)) {
        (Some(alias), _) => alias.args,
        (None, Some(union)) => union.args,
        (None, None) => Obj::NULL,
    }
}

fn hash(vm: &mut Vm, op: UnaryOp, obj: Obj) -> Res {
    if op != UnaryOp::Hash {
        return Ok(Obj::NULL);
    }
    let mut all = 0usize;
    // The order of a union's members does not matter.
    for arg in tuple::items(args_of(obj)).unwrap_or(&[]) {
        all = all.wrapping_add(vm.hash(*arg)?);
    }
    Ok(Obj::small_wrapping((all >> 1) as isize))
}

fn binary(vm: &mut Vm, op: BinaryOp, left: Obj, right: Obj) -> Res {
    if op != BinaryOp::Equal {
        return union(vm, op, left, right);
    }
    if let (Some(a), Some(b)) = (Gc::<Alias>::from_obj(left), Gc::<Alias>::from_obj(right)) {
        return if a.origin == b.origin { vm.compare_equal(a.args, b.args) } else { Ok(Obj::FALSE) };
    }
    let (Some(a), Some(b)) = (members(left), members(right)) else { return Ok(Obj::NULL) };
    let mut same = a.len() == b.len();
    for part in a {
        let mut found = false;
        for other in b {
            found |= part == other || vm.compare_equal(*part, *other)? == Obj::TRUE;
        }
        same &= found;
    }
    Ok(Obj::bool(same))
}

fn get_attr(vm: &mut Vm, obj: Obj, name: Qstr) -> Res {
    if name == q!("__args__") {
        return Ok(args_of(obj));
    }
    if name == q!("__parameters__") {
        return parameters(vm, obj);
    }
    match Gc::<Alias>::from_obj(obj) {
        Some(alias) if name == q!("__origin__") => Ok(alias.origin),
        Some(_) if name == q!("__class__") || name == q!("__mro_entries__") => Ok(Obj::NULL),
        Some(alias) => vm.find_attr(alias.origin, name),
        None => Ok(Obj::NULL),
    }
}

/// The type parameters among the arguments, each once.
fn parameters(vm: &mut Vm, obj: Obj) -> Res {
    vm.check_stack()?;
    let all: GcVec<Obj> = GcVec::new();
    for &arg in tuple::items(args_of(obj)).unwrap_or(&[]) {
        let inner = match Gc::<TypeParam>::from_obj(arg) {
            Some(_) => tuple::new(vm, &[arg])?,
            None => parameters(vm, arg)?,
        };
        for &param in tuple::items(inner).unwrap_or(&[]) {
            if !all.slice().contains(&param) {
                all.push(vm, param)?;
            }
        }
    }
    tuple::new(vm, all.slice())
}

fn mro_entries(vm: &mut Vm, obj: Obj, _: Obj) -> Res {
    match Gc::<Alias>::from_obj(obj) {
        Some(alias) => tuple::new(vm, &[alias.origin]),
        None => Ok(Obj::NULL),
    }
}
