//! Raising: results are one word, and the exception waits in the `Vm`.

use core::fmt::Arguments;

use super::{Obj, Type, TypeRef};
use crate::Vm;
use crate::qstr::Qstr;
use crate::types::exception as exc;

/// "An exception is waiting in the Vm." Zero-sized, so that `Res` is one word and success is the non-zero case.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Raise(());

/// The result of everything that can raise.
pub type Res<T = Obj> = Result<T, Raise>;

const _: () = assert!(size_of::<Res>() == size_of::<usize>());

impl Vm {
    /// Raises `exception`, an instance of an exception class. Its context is what is being handled now.
    #[cold]
    pub fn raise(&mut self, exception: Obj) -> Raise {
        let handled = self.caught();
        if !handled.is_null() {
            exc::set_context(self, exception, handled);
        }
        self.exception = exception;
        Raise(())
    }

    /// Raises an exception again as it is.
    #[cold]
    pub fn reraise(&mut self, exception: Obj) -> Raise {
        self.exception = exception;
        Raise(())
    }

    /// Raises again what is already waiting in the Vm.
    pub(crate) fn still_raised(&self) -> Raise {
        Raise(())
    }

    /// Takes the waiting exception, because it is about to be handled.
    pub fn take_exception(&mut self, _: Raise) -> Obj {
        core::mem::replace(&mut self.exception, Obj::NULL)
    }

    /// Raises a new exception of a built-in class with one argument, a text.
    #[cold]
    #[inline(never)]
    pub fn raise_new(&mut self, ty: &'static Type, message: Arguments<'_>) -> Raise {
        match exc::with_message(self, TypeRef::of(ty), message) {
            Ok(exception) => self.raise(exception),
            Err(raise) => raise,
        }
    }

    /// Notes in the waiting exception that `name` was not found in `place`, for "did you mean".
    #[cold]
    #[cfg_attr(not(feature = "diagnostics"), expect(unused_variables))]
    pub(crate) fn not_found(&mut self, raise: Raise, name: Qstr, place: Obj) -> Raise {
        #[cfg(feature = "diagnostics")]
        crate::run::suggest::note(self, name, place);
        raise
    }

    /// Raises a new exception of a built-in class with these arguments.
    #[cold]
    #[inline(never)]
    pub fn raise_args(&mut self, ty: &'static Type, args: &[Obj]) -> Raise {
        match exc::with_args(self, TypeRef::of(ty), args) {
            Ok(exception) => self.raise(exception),
            Err(raise) => raise,
        }
    }

    /// `TypeError(message)`
    #[cold]
    pub fn type_error(&mut self, message: Arguments<'_>) -> Raise {
        self.raise_new(&exc::TYPE_ERROR, message)
    }

    /// `ValueError(message)`
    #[cold]
    pub fn value_error(&mut self, message: Arguments<'_>) -> Raise {
        self.raise_new(&exc::VALUE_ERROR, message)
    }

    /// `IndexError(message)`
    #[cold]
    pub fn index_error(&mut self, message: Arguments<'_>) -> Raise {
        self.raise_new(&exc::INDEX_ERROR, message)
    }

    /// `RuntimeError(message)`
    #[cold]
    pub fn runtime_error(&mut self, message: Arguments<'_>) -> Raise {
        self.raise_new(&exc::RUNTIME_ERROR, message)
    }

    /// `OverflowError(message)`
    #[cold]
    pub fn overflow_error(&mut self, message: Arguments<'_>) -> Raise {
        self.raise_new(&exc::OVERFLOW_ERROR, message)
    }

    /// `NotImplementedError(message)`
    #[cold]
    pub fn not_implemented(&mut self, message: Arguments<'_>) -> Raise {
        self.raise_new(&exc::NOT_IMPLEMENTED_ERROR, message)
    }

    /// `ZeroDivisionError('divide by zero')`, upstream's text.
    #[cold]
    pub fn zero_division(&mut self) -> Raise {
        self.raise_new(&exc::ZERO_DIVISION_ERROR, format_args!("divide by zero"))
    }

    /// `KeyError(key)`
    #[cold]
    pub fn key_error(&mut self, key: Obj) -> Raise {
        self.raise_args(&exc::KEY_ERROR, &[key])
    }

    /// `StopIteration(value)`, or without argument when `value` is `None` or no value.
    #[cold]
    pub fn stop_iteration(&mut self, value: Obj) -> Raise {
        if value.is_null() || value.is_none() {
            self.raise_args(&exc::STOP_ITERATION, &[])
        } else {
            self.raise_args(&exc::STOP_ITERATION, &[value])
        }
    }

    /// The OSError of a number: one of its subclasses if there is one for it.
    #[cold]
    pub fn os_error(&mut self, number: i32) -> Raise {
        let class = exc::of_number(number as isize);
        self.raise_args(class, &[Obj::small_wrapping(number as isize)])
    }

    /// A `MemoryError` without a text, with places of its own if there is room for that: what was asked for may have been
    /// far more. Else the one that was made when the Vm started.
    #[cold]
    pub fn memory_error(&mut self) -> Raise {
        self.shortage(&mut |vm| vm.raise_args(&exc::MEMORY_ERROR, &[]))
    }

    /// `MemoryError('memory allocation failed, allocating %u bytes')` if that can still be made, else the plain one.
    #[cold]
    pub fn memory_error_of(&mut self, bytes: usize) -> Raise {
        self.shortage(&mut |vm| {
            vm.raise_new(&exc::MEMORY_ERROR, format_args!("memory allocation failed, allocating {bytes} bytes"))
        })
    }

    /// Raises a new exception; where making one fails as well, the one that was made when the Vm started.
    fn shortage(&mut self, raise: &mut dyn FnMut(&mut Self) -> Raise) -> Raise {
        if self.heap.is_locked() || self.telling_shortage {
            let kept = self.memory_error;
            return self.raise(kept);
        }
        self.telling_shortage = true;
        let raise = raise(self);
        self.telling_shortage = false;
        raise
    }
}
