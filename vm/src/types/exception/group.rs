//! Exception groups: making, splitting and taking them apart.

use super::*;
use crate::types::{list, sequence};
use crate::value::fun2;

/// Methods of groups. `ExceptionGroup` has two bases, so both classes have them.
pub(super) static TABLE: &[Entry] =
    &[row(q!("derive"), fun2(derive)), row(q!("split"), fun2(split)), row(q!("subgroup"), fun2(subgroup))];

/// The exceptions of a group; `None` for what is no group.
pub fn exceptions<'a>(obj: Obj) -> Option<&'a [Obj]> {
    if !is_group_class(obj.type_of()) {
        return None;
    }
    tuple::items(Gc::<Exception>::from_obj(obj)?.kept.get())
}

pub(super) fn make(vm: &mut Vm, ty: TypeRef, args: &[Obj]) -> Res {
    let name = "BaseExceptionGroup.__new__()";
    let &[message, all] = args else {
        let given = args.len();
        return Err(vm.type_error(format_args!("{name} takes exactly 2 arguments ({given} given)")));
    };
    if str::bytes_of(vm, message).is_none() {
        let ty = vm.type_name(message);
        return Err(vm.type_error(format_args!("{name} argument 1 must be str, not {ty}")));
    }
    if vm.find_method(all, q!("__getitem__"))?.function.is_null() && all.type_of().get_item.is_none()
        || dict::map(all).is_some()
    {
        return Err(vm.type_error(format_args!("second argument (exceptions) must be a sequence")));
    }
    let kept = sequence::tuple_of(vm, all)?;
    let items = tuple::items(kept).unwrap_or(&[]);
    if items.is_empty() {
        return Err(vm.value_error(format_args!("second argument (exceptions) must be a non-empty sequence")));
    }
    if let Some(at) = items.iter().position(|item| !is_exception(*item)) {
        return Err(vm.value_error(format_args!("Item {at} of second argument (exceptions) is not an exception")));
    }
    let plain = TypeRef::of(&EXCEPTION);
    let all_plain = items.iter().all(|item| class::is_subclass(item.type_of(), plain));
    let mut ty = ty;
    if ty == TypeRef::of(&BASE_EXCEPTION_GROUP) {
        if all_plain {
            ty = TypeRef::of(&EXCEPTION_GROUP);
        }
    } else if !all_plain && class::is_subclass(ty, plain) {
        let text = vm.text_of_name(ty.name);
        return Err(if ty == TypeRef::of(&EXCEPTION_GROUP) {
            vm.type_error(format_args!("Cannot nest BaseExceptions in an ExceptionGroup"))
        } else {
            vm.type_error(format_args!("Cannot nest BaseExceptions in '{text}'"))
        });
    }
    let made = with_args(vm, ty, args)?;
    if let Some(made) = Gc::<Exception>::from_obj(made) {
        made.kept.set(kept);
    }
    Ok(made)
}

/// A new group with this message, of `ExceptionGroup` if all its parts allow it.
pub fn new(vm: &mut Vm, message: Obj, parts: &[Obj]) -> Res {
    let parts = list::new(vm, parts)?;
    make(vm, TypeRef::of(&BASE_EXCEPTION_GROUP), &[message, parts])
}

fn derive(vm: &mut Vm, this: Obj, parts: Obj) -> Res {
    let message = first_arg(this);
    make(vm, TypeRef::of(&BASE_EXCEPTION_GROUP), &[message, parts])
}

/// What decides which exceptions of a group are wanted.
#[derive(Clone, Copy)]
pub enum Wanted<'a> {
    /// Those of a class or one of a tuple of classes.
    Class(Obj),
    /// Those for which a function gives a true answer.
    Function(Obj),
    /// These themselves.
    These(&'a [Obj]),
}

impl Wanted<'_> {
    fn of(vm: &mut Vm, condition: Obj) -> Res<Self> {
        let is_class = |obj: Obj| TypeRef::from_obj(obj).is_some_and(|ty| ty.flags.has(Flags::EXCEPTION));
        if is_class(condition) || tuple::items(condition).is_some_and(|items| items.iter().all(|item| is_class(*item)))
        {
            return Ok(Wanted::Class(condition));
        }
        let answer = crate::modules::builtins::callable(vm, condition)?;
        if TypeRef::from_obj(condition).is_none() && answer == Obj::TRUE {
            return Ok(Wanted::Function(condition));
        }
        Err(vm.type_error(format_args!("expected a function, exception type or tuple of exception types")))
    }

    fn has(self, vm: &mut Vm, exception: Obj) -> Res<bool> {
        match self {
            Wanted::Class(class) => matches(vm, exception, class),
            Wanted::Function(function) => {
                let answer = vm.call_pos(function, &[exception])?;
                vm.truth(answer)
            }
            Wanted::These(all) => Ok(all.contains(&exception)),
        }
    }
}

/// What of an exception is wanted and what is left, each `Obj::NULL` when there is nothing.
#[derive(Clone, Copy)]
pub struct Parts {
    /// What is wanted.
    pub wanted: Obj,
    /// What is left.
    pub rest: Obj,
}

/// Takes a group apart into groups of the same shape.
pub fn take_apart(vm: &mut Vm, this: Obj, by: Wanted<'_>) -> Res<Parts> {
    vm.check_stack()?;
    let whole = match by {
        Wanted::Class(_) | Wanted::Function(_) => by.has(vm, this)?,
        Wanted::These(_) => false,
    };
    if whole {
        return Ok(Parts { wanted: this, rest: Obj::NULL });
    }
    let items = exceptions(this).unwrap_or(&[]);
    let (wanted, rest): (GcVec<Obj>, GcVec<Obj>) = (GcVec::new(), GcVec::new());
    for &item in items {
        let parts = if exceptions(item).is_some() {
            take_apart(vm, item, by)?
        } else if by.has(vm, item)? {
            Parts { wanted: item, rest: Obj::NULL }
        } else {
            Parts { wanted: Obj::NULL, rest: item }
        };
        for (part, all) in [(parts.wanted, &wanted), (parts.rest, &rest)] {
            if !part.is_null() {
                all.push(vm, part)?;
            }
        }
    }
    let wanted = subset(vm, this, &wanted)?;
    Ok(Parts { wanted, rest: subset(vm, this, &rest)? })
}

/// A group like `this` of some of its exceptions; `Obj::NULL` for none.
fn subset(vm: &mut Vm, this: Obj, parts: &GcVec<Obj>) -> Res {
    if parts.is_empty() {
        return Ok(Obj::NULL);
    }
    let parts = list::new(vm, parts.slice())?;
    let made = vm.call_method(this, q!("derive"), &[parts])?;
    let (Some(from), Some(to)) = (Gc::<Exception>::from_obj(this), Gc::<Exception>::from_obj(made)) else {
        return Err(vm.type_error(format_args!("derive must return an instance of BaseExceptionGroup")));
    };
    if !is_group_class(made.type_of()) {
        return Err(vm.type_error(format_args!("derive must return an instance of BaseExceptionGroup")));
    }
    to.trace.clear();
    to.trace.extend(vm, from.trace.slice())?;
    to.traceback.set(from.traceback.get());
    to.shown.set(from.shown.get());
    to.context.set(from.context.get());
    to.cause.set(from.cause.get());
    to.suppress.set(from.suppress.get());
    let notes = vm.find_attr(this, q!("__notes__"))?;
    if !notes.is_null() && (tuple::items(notes).is_some() || Gc::<list::List>::from_obj(notes).is_some()) {
        let all = sequence::collect(vm, notes)?;
        let copy = list::from_vec(vm, all)?;
        vm.set_attr(made, q!("__notes__"), copy)?;
    }
    Ok(made)
}

fn or_none(part: Obj) -> Obj {
    if part.is_null() { Obj::NONE } else { part }
}

fn split(vm: &mut Vm, this: Obj, condition: Obj) -> Res {
    let by = Wanted::of(vm, condition)?;
    let parts = take_apart(vm, this, by)?;
    tuple::new(vm, &[or_none(parts.wanted), or_none(parts.rest)])
}

fn subgroup(vm: &mut Vm, this: Obj, condition: Obj) -> Res {
    let by = Wanted::of(vm, condition)?;
    take_apart(vm, this, by).map(|parts| or_none(parts.wanted))
}
