//! Names and texts as `&str`, for messages and comparisons.

use super::Obj;
use crate::Vm;
use crate::qstr::Qstr;
use crate::types::str;

impl Vm {
    /// The text of an interned name. It stays where it is as long as the Vm lives.
    pub fn text_of_name<'a>(&self, name: Qstr) -> &'a str {
        let text: *const str = self.pool.get(name);
        // SAFETY: static names live for ever, and pieces of dynamic text never move or go before the Vm does; no value of
        // lifetime 'a is kept beyond the Vm, since all code that asks runs inside it.
        unsafe { &*text }
    }

    /// The name of `obj`'s type, for messages.
    pub fn type_name<'a>(&self, obj: Obj) -> &'a str {
        self.text_of_name(obj.type_of().name)
    }

    /// Whether `obj` is a `str` with the text of `name`.
    pub fn is_text(&self, obj: Obj, name: Qstr) -> bool {
        obj == Obj::name(name)
            || (!obj.is_name() && str::bytes_of(self, obj).is_some_and(|bytes| bytes == self.pool.get(name).as_bytes()))
    }
}
