//! Making exceptions: `OSError` that becomes the class of its number, groups, and classes with keywords.

use super::*;

/// Classes of `OSError` by error number. Numbers are those of Linux, as everywhere in MicroPython.
static BY_NUMBER: &[(isize, &Type)] = &[
    (1, &PERMISSION_ERROR),
    (2, &FILE_NOT_FOUND_ERROR),
    (3, &PROCESS_LOOKUP_ERROR),
    (4, &INTERRUPTED_ERROR),
    (10, &CHILD_PROCESS_ERROR),
    (11, &BLOCKING_IO_ERROR),
    (13, &PERMISSION_ERROR),
    (17, &FILE_EXISTS_ERROR),
    (20, &NOT_A_DIRECTORY_ERROR),
    (21, &IS_A_DIRECTORY_ERROR),
    (32, &BROKEN_PIPE_ERROR),
    (103, &CONNECTION_ABORTED_ERROR),
    (104, &CONNECTION_RESET_ERROR),
    (108, &BROKEN_PIPE_ERROR),
    (110, &TIMEOUT_ERROR),
    (111, &CONNECTION_REFUSED_ERROR),
    (114, &BLOCKING_IO_ERROR),
    (115, &BLOCKING_IO_ERROR),
];

/// The class of an error number: `OSError` or one of its subclasses.
pub fn of_number(number: isize) -> &'static Type {
    BY_NUMBER.iter().find(|(other, _)| *other == number).map_or(&OS_ERROR, |(_, ty)| ty)
}

pub(super) fn make(vm: &mut Vm, ty: TypeRef, args: Args<'_>) -> Res {
    let made = construct(vm, ty, args.pos)?;
    keywords(vm, made, args)?;
    Ok(made)
}

/// A new exception as the class's own `__new__` makes it.
pub fn construct(vm: &mut Vm, ty: TypeRef, args: &[Obj]) -> Res {
    if is_group_class(ty) {
        return group::make(vm, ty, args);
    }
    if class::is_subclass(ty, TypeRef::of(&OS_ERROR)) && (2..=5).contains(&args.len()) {
        let number = args[0].as_small().filter(|_| ty == TypeRef::of(&OS_ERROR));
        let ty = number.map_or(ty, |number| TypeRef::of(of_number(number)));
        let made = with_args(vm, ty, &args[..2])?;
        if let (Some(file), Some(exception)) = (args.get(2), Gc::<Exception>::from_obj(made)) {
            exception.kept.set(*file);
        }
        return Ok(made);
    }
    with_args(vm, ty, args)
}

/// Keywords of the classes that take some: they become what `kept` holds.
fn keywords(vm: &mut Vm, made: Obj, args: Args<'_>) -> Res<()> {
    if args.kw.is_empty() {
        return Ok(());
    }
    let Some(exception) = Gc::<Exception>::from_obj(made) else { return Ok(()) };
    let ty = exception.type_ref();
    let is = |base| class::is_subclass(ty, TypeRef::of(base));
    let names: &[Qstr] = if is(&IMPORT_ERROR) {
        &[q!("name"), q!("path")]
    } else if is(&ATTRIBUTE_ERROR) {
        &[q!("name"), q!("obj")]
    } else if is(&NAME_ERROR) {
        &[q!("name")]
    } else {
        return vm.no_keywords(args);
    };
    let mut values = [Obj::NONE; 2];
    vm.bind_args(Args { pos: &[], kw: args.kw }, names, 0, &mut values[..names.len()])?;
    let kept = tuple::new(vm, &values)?;
    exception.kept.set(kept);
    Ok(())
}

pub(super) fn make_user(vm: &mut Vm, ty: TypeRef, args: Args<'_>) -> Res {
    let obj = match class::lookup(vm, ty, q!("__new__")) {
        Some(found @ Found::Value(_)) => {
            let new = class::through_class(vm, found, ty)?;
            let all = GcVec::with_capacity(vm, args.pos.len() + 1)?;
            all.push(vm, ty.obj())?;
            all.extend(vm, args.pos)?;
            vm.call(new, Args { pos: all.slice(), kw: args.kw })?
        }
        Some(Found::Rom(_)) | None => construct(vm, ty, args.pos)?,
    };
    if let Some(found @ Found::Value(_)) = class::lookup(vm, ty, q!("__init__")) {
        let method = vm.bind(found, obj, ty)?;
        let base = vm.stack_top;
        let pos = vm.push_args(method.this, args.pos)?;
        let answer = vm.call(method.function, Args { pos, kw: args.kw });
        vm.stack_top = base;
        answer?;
    } else {
        keywords(vm, obj, args)?;
    }
    Ok(obj)
}
