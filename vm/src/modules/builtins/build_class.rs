//! `__build_class__`: what a `class` statement calls.

use crate::Vm;
use crate::q;
use crate::types::cell::CellBody;
use crate::types::class::{self, Found};
use crate::types::{dict, sequence, tuple};
use crate::value::{Args, Gc, GcVec, Obj, Res, TypeRef};

/// `__build_class__(body, name, *bases, metaclass=..., **keywords)`
pub fn build_class(vm: &mut Vm, args: Args<'_>) -> Res {
    let [body, name, bases @ ..] = args.pos else {
        return vm.check_count(args.pos.len(), 2, usize::MAX).map(|()| Obj::NULL);
    };
    let bases = resolve_bases(vm, bases)?;
    let meta = metaclass(vm, args.keyword(q!("metaclass")), bases)?;
    let rest = GcVec::new();
    for pair in args.kw {
        if pair.0 != Obj::name(q!("metaclass")) {
            rest.push(vm, *pair)?;
        }
    }
    let namespace = prepare(vm, meta, *name, bases, rest.slice())?;
    // The body gives the cell that `__class__` and `super()` look into, or None.
    let cell = crate::run::run_class_body(vm, *body, namespace.dict)?;
    let filled = namespace.fill(vm)?;
    let made = vm.call(meta, Args { pos: &[*name, bases, filled], kw: rest.slice() })?;
    if let Some(cell) = Gc::<CellBody>::from_obj(cell) {
        cell.value.set(made);
    }
    Ok(made)
}

/// The bases as a tuple; those that are no classes are asked by `__mro_entries__`.
fn resolve_bases(vm: &mut Vm, bases: &[Obj]) -> Res {
    let all = GcVec::with_capacity(vm, bases.len())?;
    for base in bases {
        if TypeRef::from_obj(*base).is_none() && class::lookup(vm, base.type_of(), q!("__mro_entries__")).is_some() {
            let given = tuple::new(vm, bases)?;
            let entries = vm.call_method(*base, q!("__mro_entries__"), &[given])?;
            all.extend(vm, tuple::items(entries).unwrap_or(&[]))?;
        } else {
            all.push(vm, *base)?;
        }
    }
    tuple::new(vm, all.slice())
}

/// The most derived of the given metaclass and those of the bases.
fn metaclass(vm: &mut Vm, given: Option<Obj>, bases: Obj) -> Res {
    let given = match given.map(|given| (given, TypeRef::from_obj(given))) {
        // A function may stand for a metaclass.
        Some((given, None)) => return Ok(given),
        Some((_, Some(ty))) => ty,
        None => TypeRef::of(&class::TYPE),
    };
    class::derive_meta(vm, given, bases).map(TypeRef::obj)
}

/// The namespace of a class body: what `__prepare__` gave, and the dict that the body runs in.
struct Namespace {
    given: Obj,
    dict: Gc<dict::Dict>,
    /// Whether `given` has a `__setitem__` of its own, which gets all names when the body is done.
    is_filled_later: bool,
}

impl Namespace {
    /// Tells a mapping with a `__setitem__` of its own what the body has set, in that order.
    fn fill(&self, vm: &mut Vm) -> Res {
        let mut from = 0;
        while let Some((at, key, value)) = self.dict.map.next(from) {
            if !self.is_filled_later {
                break;
            }
            vm.set_item(self.given, key, value)?;
            from = at + 1;
        }
        Ok(self.given)
    }
}

/// The namespace that the body runs in: from `__prepare__`, or a new dict.
fn prepare(vm: &mut Vm, meta: Obj, name: Obj, bases: Obj, kw: &[(Obj, Obj)]) -> Res<Namespace> {
    let found = match TypeRef::from_obj(meta) {
        Some(ty) => class::lookup(vm, ty, q!("__prepare__")),
        None => None,
    };
    let given = match (found, TypeRef::from_obj(meta)) {
        (Some(found @ Found::Value(_)), Some(ty)) => {
            let function = class::through_class(vm, found, ty)?;
            vm.call(function, Args { pos: &[name, bases], kw })?
        }
        _ => dict::new(vm)?,
    };
    let ty = given.type_of();
    let Some(inner) = sequence::of::<dict::Dict>(given) else {
        let got = vm.type_name(given);
        return Err(vm.type_error(format_args!("__prepare__() must return a dict, not {got}")));
    };
    let is_filled_later = matches!(class::lookup(vm, ty, q!("__setitem__")), Some(Found::Value(_)));
    let dict = if is_filled_later { dict::new_as(vm, TypeRef::of(&dict::TYPE))? } else { inner };
    if is_filled_later {
        dict.map.copy_from(vm, &inner.map)?;
    }
    Ok(Namespace { given, dict, is_filled_later })
}
