//! Arguments of a call, and the checks that built-in functions make on them.

use super::Obj;
use crate::Vm;
use crate::qstr::Qstr;
use crate::value::Res;

/// The arguments of a call: positional ones, then keyword ones as (name, value) pairs.
#[derive(Clone, Copy)]
pub struct Args<'a> {
    /// Positional arguments.
    pub pos: &'a [Obj],
    /// Keyword arguments; each key is a `str` object.
    pub kw: &'a [(Obj, Obj)],
}

impl<'a> Args<'a> {
    /// Positional arguments only.
    pub const fn pos(pos: &'a [Obj]) -> Args<'a> {
        Args { pos, kw: &[] }
    }

    /// The keyword argument called `name`.
    pub fn keyword(&self, name: Qstr) -> Option<Obj> {
        let name = Obj::name(name);
        self.kw.iter().find(|(key, _)| *key == name).map(|(_, value)| *value)
    }
}

impl Vm {
    /// Raises TypeError unless there are `min..=max` positional arguments (upstream's texts).
    pub fn check_count(&mut self, given: usize, min: usize, max: usize) -> Res<()> {
        if given >= min && given <= max {
            return Ok(());
        }
        Err(if min == max {
            self.type_error(format_args!("function takes {min} positional arguments but {given} were given"))
        } else if given < min {
            self.type_error(format_args!("function missing {} required positional arguments", min - given))
        } else {
            self.type_error(format_args!("function expected at most {max} arguments, got {given}"))
        })
    }

    /// Raises TypeError if there are keyword arguments.
    pub fn no_keywords(&mut self, args: Args<'_>) -> Res<()> {
        if args.kw.is_empty() {
            Ok(())
        } else {
            Err(self.type_error(format_args!("function doesn't take keyword arguments")))
        }
    }

    /// Binds `args` to parameters by position and by name, as upstream's `mp_arg_parse_all`. `out[i]` belongs to `names[i]`;
    /// what was not given keeps the default that `out` held before. The first `n_pos` may be given by position; parameters
    /// whose default is `Obj::NULL` are required.
    pub fn bind_args(&mut self, args: Args<'_>, names: &[Qstr], n_pos: usize, out: &mut [Obj]) -> Res<()> {
        if args.pos.len() > n_pos {
            return Err(self.type_error(format_args!("extra positional arguments given")));
        }
        for (slot, value) in out.iter_mut().zip(args.pos) {
            *slot = *value;
        }
        for (key, value) in args.kw {
            let at = names.iter().position(|name| Obj::name(*name) == *key);
            match at {
                Some(at) if at >= args.pos.len() => out[at] = *value,
                Some(_) | None => return Err(self.type_error(format_args!("extra keyword arguments given"))),
            }
        }
        for (name, value) in names.iter().zip(out.iter()) {
            if value.is_null() {
                let text = self.text_of_name(*name);
                return Err(self.type_error(format_args!("'{text}' argument required")));
            }
        }
        Ok(())
    }
}
