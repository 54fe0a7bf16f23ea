//! TypeErrors of calls: with names where there is room for it, else upstream's few words.

use core::fmt;

use super::code::RawCode;
use crate::Vm;
#[cfg(feature = "diagnostics")]
use crate::q;
use crate::qstr::Qstr;
use crate::types::function::Function;
use crate::value::{Gc, Raise};

/// More missing parameters than this are counted, but not named.
const MOST: usize = 8;

/// More positional arguments than parameters; both counts without cells.
#[cold]
pub fn too_many(vm: &mut Vm, code: &RawCode, takes: usize, given: usize) -> Raise {
    let name = vm.text_of_name(code.name);
    if !cfg!(feature = "diagnostics") {
        return vm.type_error(format_args!("{name}() takes {takes} positional arguments but {given} were given"));
    }
    let were = if given == 1 { "was" } else { "were" };
    let least = takes - code.n_defaults.min(takes);
    if least < takes {
        let text = format_args!("{name}() takes from {least} to {takes} positional arguments but {given} {were} given");
        return vm.type_error(text);
    }
    let plural = if takes == 1 { "" } else { "s" };
    vm.type_error(format_args!("{name}() takes {takes} positional argument{plural} but {given} {were} given"))
}

/// Positional parameters without a value: those numbered from `first` on for which `lacks` says so.
#[cold]
pub fn missing(
    vm: &mut Vm,
    code: &RawCode,
    closed: usize,
    given: usize,
    any_keywords: bool,
    lacks: impl Fn(usize) -> bool,
) -> Raise {
    if cfg!(feature = "diagnostics") {
        return named(vm, code, "positional", (given..code.n_pos).filter(|at| lacks(*at)));
    }
    if any_keywords {
        let first = (given..code.n_pos).find(|at| lacks(*at)).unwrap_or(given);
        let number = first - closed + 1;
        return vm.type_error(format_args!("function missing required positional argument #{number}"));
    }
    let (name, takes, given) = (vm.text_of_name(code.name), code.n_pos - closed, given.saturating_sub(closed));
    let takes = takes - code.n_defaults.min(takes);
    vm.type_error(format_args!("{name}() takes {takes} positional arguments but {given} were given"))
}

/// Keyword-only parameters without a value.
#[cold]
pub fn missing_keywords(
    vm: &mut Vm,
    code: &RawCode,
    first: usize,
    any_keywords: bool,
    lacks: impl Fn(usize) -> bool,
) -> Raise {
    if cfg!(feature = "diagnostics") {
        return named(vm, code, "keyword-only", (first..code.n_pos + code.n_kwonly).filter(|at| lacks(*at)));
    }
    if !any_keywords {
        return vm.type_error(format_args!("function missing keyword-only argument"));
    }
    let text = vm.text_of_name(code.params.get(first).map_or(Qstr::NULL, Qstr));
    vm.type_error(format_args!("function missing required keyword argument '{text}'"))
}

/// A parameter that got a value by its place and another by its name.
#[cold]
pub fn twice(vm: &mut Vm, code: &RawCode, name: Qstr) -> Raise {
    let (function, name) = (vm.text_of_name(code.name), vm.text_of_name(name));
    if cfg!(feature = "diagnostics") {
        return vm.type_error(format_args!("{function}() got multiple values for argument '{name}'"));
    }
    vm.type_error(format_args!("function got multiple values for argument '{name}'"))
}

/// A keyword that no parameter has.
#[cold]
pub fn unexpected(vm: &mut Vm, function: Gc<Function>, name: Qstr) -> Raise {
    let text = vm.text_of_name(name);
    #[cfg(feature = "diagnostics")]
    {
        let code = function.code;
        let called = vm.text_of_name(code.name);
        let hidden = code.locals.slice().iter().take(code.n_pos).any(|local| *local == name.0);
        let raise = if hidden {
            let text =
                format_args!("{called}() got some positional-only arguments passed as keyword arguments: '{text}'");
            vm.type_error(text)
        } else {
            vm.type_error(format_args!("{called}() got an unexpected keyword argument '{text}'"))
        };
        vm.not_found(raise, name, function.obj())
    }
    #[cfg(not(feature = "diagnostics"))]
    {
        let _ = function;
        vm.type_error(format_args!("unexpected keyword argument '{text}'"))
    }
}

/// `f() missing 2 required positional arguments: 'x' and 'y'`
fn named(vm: &mut Vm, code: &RawCode, kind: &str, places: impl Iterator<Item = usize>) -> Raise {
    let (mut names, mut count) = ([""; MOST], 0);
    for at in places {
        if let Some(name) = names.get_mut(count) {
            *name = vm.text_of_name(parameter(code, at));
        }
        count += 1;
    }
    let function = vm.text_of_name(code.name);
    let plural = if count == 1 { "" } else { "s" };
    let names = Listed(names.get(..count).unwrap_or(&[]));
    vm.type_error(format_args!("{function}() missing {count} required {kind} argument{plural}{names}"))
}

/// Name of a parameter; what cannot be passed by name has one only in code that was compiled here.
fn parameter(code: &RawCode, at: usize) -> Qstr {
    let name = code.params.get(at).map_or(Qstr::NULL, Qstr);
    #[cfg(feature = "diagnostics")]
    if name == q!("*") {
        return code.locals.get(at).map_or(name, Qstr);
    }
    name
}

/// `: 'x', 'y', and 'z'`
struct Listed<'a>(&'a [&'a str]);

impl fmt::Display for Listed<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, name) in self.0.iter().enumerate() {
            let before = match (at, self.0.len() - at) {
                (0, _) => ": ",
                (1, 1) => " and ",
                (_, 1) => ", and ",
                (_, _) => ", ",
            };
            write!(f, "{before}'{name}'")?;
        }
        Ok(())
    }
}
