//! `str()` and `repr()` of exceptions.

use super::*;
use crate::modules::errno;

pub(super) fn print(vm: &mut Vm, sink: &mut dyn Sink, obj: Obj, kind: PrintKind) -> Res<()> {
    let ty = obj.type_of();
    let name = if kind == PrintKind::Str { q!("__str__") } else { q!("__repr__") };
    if kind != PrintKind::Exception
        && let Some(found @ Found::Value(_)) = class::lookup(vm, ty, name)
    {
        let method = vm.bind(found, obj, ty)?;
        let text = vm.call_bound(method, &[])?;
        return match str::text_of(vm, text) {
            Some(text) => sink.write(vm, text),
            None => {
                let (name, got) = (vm.text_of_name(name), vm.type_name(text));
                Err(vm.type_error(format_args!("{name} returned non-string (type {got})")))
            }
        };
    }
    print_plain(vm, sink, obj, kind)
}

/// Writes an exception as if its class had no `__repr__` and `__str__` of its own.
pub fn print_plain(vm: &mut Vm, sink: &mut dyn Sink, obj: Obj, kind: PrintKind) -> Res<()> {
    let Some(exception) = Gc::<Exception>::from_obj(obj) else { return Ok(()) };
    let ty = exception.type_ref();
    let args = tuple::items(exception.args.get()).unwrap_or(&[]);
    if kind == PrintKind::Repr {
        let name = vm.text_of_name(ty.name);
        put(vm, sink, format_args!("{name}"))?;
        if let [only] = args {
            sink.write(vm, "(")?;
            vm.print(sink, *only, PrintKind::Repr)?;
            return sink.write(vm, ")");
        }
        return vm.print(sink, exception.args.get(), PrintKind::Repr);
    }
    #[cfg(feature = "diagnostics")]
    if let (Some(_), [message, _]) = (crate::run::diagnose::details(exception), args) {
        return vm.print(sink, *message, PrintKind::Str);
    }
    let is = |base| class::is_subclass(ty, TypeRef::of(base));
    match args {
        [] => Ok(()),
        [message, _] if is_group_class(ty) => {
            let count = tuple::items(exception.kept.get()).map_or(0, <[Obj]>::len);
            let s = if count == 1 { "" } else { "s" };
            vm.print(sink, *message, PrintKind::Str)?;
            put(vm, sink, format_args!(" ({count} sub-exception{s})"))
        }
        [only] => {
            if is(&OS_ERROR)
                && let Some((number, name)) = system_error(*only)
            {
                return put(vm, sink, format_args!("[Errno {number}] {name}"));
            }
            vm.print(sink, *only, if is(&KEY_ERROR) { PrintKind::Repr } else { PrintKind::Str })
        }
        [number, text] if is(&OS_ERROR) => {
            let file = exception.kept.get();
            match system_error(*number) {
                // Upstream's form, which has the number's name.
                Some((number, name)) if file.is_null() => put(vm, sink, format_args!("[Errno {number}] {name}: "))?,
                Some(_) | None => {
                    sink.write(vm, "[Errno ")?;
                    vm.print(sink, *number, PrintKind::Str)?;
                    sink.write(vm, "] ")?;
                }
            }
            vm.print(sink, *text, PrintKind::Str)?;
            if file.is_null() {
                return Ok(());
            }
            sink.write(vm, ": ")?;
            vm.print(sink, file, PrintKind::Repr)
        }
        _ => vm.print(sink, exception.args.get(), PrintKind::Repr),
    }
}

/// An error number that has a name.
fn system_error(number: Obj) -> Option<(isize, &'static str)> {
    let number = number.as_small()?;
    Some((number, errno::name_of(number)?))
}
