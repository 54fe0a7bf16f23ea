//! What `except*` asks for: the share of a clause, and what there is to raise in the end.

use crate::Vm;
use crate::types::exception::{self, Exception, group};
use crate::types::{list, tuple};
use crate::value::{Gc, GcVec, Obj, Res, TypeRef};

/// `.take_share(rest, classes)`: a group of what the classes catch of `rest`, and what is left; None for nothing. The share
/// is what is being handled from now on.
pub fn take_share(vm: &mut Vm, rest: Obj, classes: Obj) -> Res {
    no_groups(vm, classes)?;
    if rest.is_none() {
        return tuple::new(vm, &[Obj::NONE, Obj::NONE]);
    }
    let (share, left) = if group::exceptions(rest).is_some() {
        let parts = group::take_apart(vm, rest, group::Wanted::Class(classes))?;
        (parts.wanted, parts.rest)
    } else if exception::matches(vm, rest, classes)? {
        // A single exception is caught as a group of one.
        (group::new(vm, Obj::name(crate::q!("")), &[rest])?, Obj::NULL)
    } else {
        (Obj::NULL, rest)
    };
    if !share.is_null() {
        vm.set_caught(share);
    }
    let or_none = |part: Obj| if part.is_null() { Obj::NONE } else { part };
    tuple::new(vm, &[or_none(share), or_none(left)])
}

/// `except*` takes groups apart, so it cannot catch them.
fn no_groups(vm: &mut Vm, classes: Obj) -> Res<()> {
    let one = [classes];
    for class in tuple::items(classes).unwrap_or(&one) {
        if TypeRef::from_obj(*class).is_some_and(exception::is_group_class) {
            let message = "catching ExceptionGroup with except* is not allowed. Use except instead.";
            return Err(vm.type_error(format_args!("{message}")));
        }
    }
    Ok(())
}

/// `.join_raised(caught, raised)`: what is to be raised of what the clauses raised and what they left; None for nothing.
pub fn join_raised(vm: &mut Vm, caught: Obj, raised: Obj) -> Res {
    let all: GcVec<Obj> = GcVec::new();
    let mut at = 0;
    while let Some(item) = list::get(raised, at) {
        if !item.is_none() {
            all.push(vm, item)?;
        }
        at += 1;
    }
    if group::exceptions(caught).is_none() {
        // A single exception: one clause at most has run.
        return Ok(all.get(0).unwrap_or(Obj::NONE));
    }
    // What was raised again or left over goes back into one group of the caught one's shape.
    let (own, leaves): (GcVec<Obj>, GcVec<Obj>) = (GcVec::new(), GcVec::new());
    for &item in all.slice() {
        if is_part_of(item, caught) {
            add_leaves(vm, item, &leaves)?;
        } else {
            own.push(vm, item)?;
        }
    }
    let parts = group::take_apart(vm, caught, group::Wanted::These(leaves.slice()))?;
    if own.is_empty() {
        return Ok(if parts.wanted.is_null() { Obj::NONE } else { parts.wanted });
    }
    if !parts.wanted.is_null() {
        own.push(vm, parts.wanted)?;
    }
    match own.slice() {
        [only] => Ok(*only),
        several => group::new(vm, Obj::name(crate::q!("")), several),
    }
}

/// Whether `part` was split off `whole` and not changed since.
fn is_part_of(part: Obj, whole: Obj) -> bool {
    let (Some(part), Some(whole)) = (Gc::<Exception>::from_obj(part), Gc::<Exception>::from_obj(whole)) else {
        return false;
    };
    part.trace.slice() == whole.trace.slice()
        && part.cause.get() == whole.cause.get()
        && part.context.get() == whole.context.get()
}

fn add_leaves(vm: &mut Vm, part: Obj, to: &GcVec<Obj>) -> Res<()> {
    let Some(items) = group::exceptions(part) else { return to.push(vm, part) };
    vm.check_stack()?;
    for item in items {
        add_leaves(vm, *item, to)?;
    }
    Ok(())
}
