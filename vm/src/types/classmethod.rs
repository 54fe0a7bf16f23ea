//! classmethod(): marks a function in a class body.

use crate::Vm;
use crate::q;
use crate::value::{Args, Gc, Obj, Object, Res, Type, TypeRef};

/// Body of a `classmethod`.
pub struct ClassMethod {
    /// The wrapped function.
    pub function: Obj,
}

impl Object for ClassMethod {
    const TYPE: &'static Type = &TYPE;
}

/// `classmethod`
pub static TYPE: Type = Type { make: Some(make), ..Type::new(q!("classmethod")) };

fn make(vm: &mut Vm, _: TypeRef, args: Args<'_>) -> Res {
    vm.no_keywords(args)?;
    vm.check_count(args.pos.len(), 1, 1)?;
    Ok(Gc::alloc(vm, ClassMethod { function: args.pos[0] })?.obj())
}
