//! Functions written in Rust, as rows of static tables. A row's function part is itself a Python object.

use super::{Args, Obj, Rom, TypeRef};
use crate::Vm;
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
    /// From `min` to `max` positional arguments.
    Var(usize, usize, fn(&mut Vm, &[Obj]) -> Res),
    /// At least `min` positional arguments, and keywords.
    Kw(usize, fn(&mut Vm, Args<'_>) -> Res),
}

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
    Rom::Fun(Builtin::new(Sig::Var(min, max, f)))
}

/// A row's function of at least `min` positional arguments, and keywords.
pub const fn kw(min: usize, f: fn(&mut Vm, Args<'_>) -> Res) -> Rom {
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
