//! Functions written in Rust, as rows of static tables. A row's function part is itself a Python object.

use super::{Args, Obj, Rom, TypeRef};
use crate::Vm;
use crate::qstr::Qstr;
use crate::value::Res;

/// How many arguments a Rust function takes, and its address.
#[derive(Clone, Copy)]
pub enum Sig {
    /// No arguments.
    Fun0(fn(&mut Vm) -> Res),
    /// One positional argument.
    Fun1(fn(&mut Vm, Obj) -> Res),
    /// Two positional arguments.
    Fun2(fn(&mut Vm, Obj, Obj) -> Res),
    /// Three positional arguments.
    Fun3(fn(&mut Vm, Obj, Obj, Obj) -> Res),
    /// From `min` to `max` positional arguments; `NO_LIMIT` where there is no most.
    Var(u8, u8, fn(&mut Vm, &[Obj]) -> Res),
    /// Arguments by position or by name: how many can be given by position only (a method: self), how many have names
    /// and which; the function sees them all by position.
    Named(u8, u8, Names, fn(&mut Vm, &[Obj]) -> Res),
    /// At least `min` positional arguments, and keywords.
    Kw(u8, fn(&mut Vm, Args<'_>) -> Res),
}

/// The most arguments of `Sig::Var`, if there is no most.
pub const NO_LIMIT: u8 = u8::MAX;

/// The first of a function's names and defaults. Boards have some nine hundred rows in flash: how many names there are
/// stands where a row would have a gap.
#[derive(Clone, Copy)]
pub struct Names(*const (Qstr, Obj));

// SAFETY: what it points to is a constant.
unsafe impl Sync for Names {}

/// Parameters with names.
pub struct Params {
    /// How many come before them and are given by position only (a method: self).
    pub unnamed: u8,
    /// Their names and defaults; `Obj::NULL` for what must be given.
    pub names: &'static [(Qstr, Obj)],
}

impl Sig {
    /// The parameters of a function that has named ones.
    #[inline]
    pub fn params(&self) -> Option<Params> {
        let Sig::Named(unnamed, count, names, _) = self else { return None };
        // SAFETY: `named` took both from a static slice.
        let names = unsafe { core::slice::from_raw_parts(names.0, usize::from(*count)) };
        Some(Params { unnamed: *unnamed, names })
    }
}

impl Params {
    /// Calls `f` with `args` brought into the order of the parameters. It gets as many as the last one given, with the
    /// defaults of those left out in between.
    #[inline]
    pub fn call(&self, vm: &mut Vm, args: Args<'_>, f: fn(&mut Vm, &[Obj]) -> Res) -> Res {
        let (unnamed, all) = (usize::from(self.unnamed), usize::from(self.unnamed) + self.names.len());
        let needed = unnamed + self.names.iter().take_while(|(_, default)| default.is_null()).count();
        if args.kw.is_empty() && args.pos.len() >= needed && args.pos.len() <= all {
            return f(vm, args.pos);
        }
        self.call_slow(vm, args, f)
    }

    #[cold]
    fn call_slow(&self, vm: &mut Vm, args: Args<'_>, f: fn(&mut Vm, &[Obj]) -> Res) -> Res {
        let (unnamed, all) = (usize::from(self.unnamed), usize::from(self.unnamed) + self.names.len());
        let mut values = [Obj::NULL; MOST_PARAMS];
        let given = args.pos.len();
        let Some(filled) = values.get_mut(..given).filter(|_| given >= unnamed && given <= all) else {
            return vm.check_count(given, unnamed, all).and(Ok(Obj::NULL));
        };
        filled.copy_from_slice(args.pos);
        let mut count = given;
        for (key, value) in args.kw {
            let at = self.names.iter().position(|(name, _)| Obj::name(*name) == *key).map(|at| at + unnamed);
            match at.filter(|at| *at >= given) {
                Some(at) => {
                    values[at] = *value;
                    count = count.max(at + 1);
                }
                None => return Err(vm.type_error(format_args!("extra keyword arguments given"))),
            }
        }
        for ((name, default), value) in self.names.iter().zip(values.iter_mut().skip(unnamed)) {
            if value.is_null() {
                *value = *default;
            }
            if value.is_null() {
                let text = vm.text_of_name(*name);
                return Err(vm.type_error(format_args!("'{text}' argument required")));
            }
        }
        f(vm, values.get(..count).unwrap_or(&[]))
    }
}

/// Parameters that a function with named ones can have.
const MOST_PARAMS: usize = 8;

/// A function written in Rust: an object in static memory.
#[repr(C)]
pub struct Builtin {
    head: TypeRef,
    /// How to call it.
    pub sig: Sig,
}

impl Builtin {
    /// A function object.
    pub const fn new(sig: Sig) -> Builtin {
        Builtin { head: TypeRef::of(&crate::types::builtin::TYPE), sig }
    }

    /// The function as a value.
    pub fn obj(&'static self) -> Obj {
        Obj::from_static(self)
    }
}

/// A row's function without arguments.
pub const fn fun0(f: fn(&mut Vm) -> Res) -> Rom {
    Rom::Fun(Builtin::new(Sig::Fun0(f)))
}

/// A row's function of one argument (a method: self).
pub const fn fun1(f: fn(&mut Vm, Obj) -> Res) -> Rom {
    Rom::Fun(Builtin::new(Sig::Fun1(f)))
}

/// A row's function of two arguments (a method: self and one more).
pub const fn fun2(f: fn(&mut Vm, Obj, Obj) -> Res) -> Rom {
    Rom::Fun(Builtin::new(Sig::Fun2(f)))
}

/// A row's function of three arguments.
pub const fn fun3(f: fn(&mut Vm, Obj, Obj, Obj) -> Res) -> Rom {
    Rom::Fun(Builtin::new(Sig::Fun3(f)))
}

/// A row's function of `min..=max` positional arguments (a method: self counts). `usize::MAX` means no limit.
pub const fn var(min: usize, max: usize, f: fn(&mut Vm, &[Obj]) -> Res) -> Rom {
    assert!(min < NO_LIMIT as usize && (max < NO_LIMIT as usize || max == usize::MAX));
    Rom::Fun(Builtin::new(Sig::Var(min as u8, if max == usize::MAX { NO_LIMIT } else { max as u8 }, f)))
}

/// A row's function whose arguments may be given by name, after `unnamed` that may not.
pub const fn named(unnamed: u8, names: &'static [(Qstr, Obj)], f: fn(&mut Vm, &[Obj]) -> Res) -> Rom {
    assert!(unnamed as usize + names.len() <= MOST_PARAMS);
    Rom::Fun(Builtin::new(Sig::Named(unnamed, names.len() as u8, Names(names.as_ptr()), f)))
}

/// A row's function of at least `min` positional arguments, and keywords.
pub const fn kw(min: u8, f: fn(&mut Vm, Args<'_>) -> Res) -> Rom {
    Rom::Fun(Builtin::new(Sig::Kw(min, f)))
}

impl Builtin {
    /// `obj` as a built-in function, if it is one.
    #[inline]
    pub fn from_obj(obj: Obj) -> Option<&'static Builtin> {
        let pointer = obj.as_pointer()?;
        if obj.type_of_pointer(pointer) == TypeRef::of(&crate::types::builtin::TYPE) {
            // SAFETY: only `Builtin` statics have this type.
            Some(unsafe { pointer.cast::<Builtin>().as_ref() })
        } else {
            None
        }
    }
}
