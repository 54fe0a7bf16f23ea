//! staticmethod(): marks a function in a class body.

use crate::Vm;
use crate::q;
use crate::value::{Args, Gc, Obj, Object, Res, Type, TypeRef};

/// Body of a `staticmethod`.
pub struct StaticMethod {
    /// The wrapped function.
    pub function: Obj,
}

impl Object for StaticMethod {
    const TYPE: &'static Type = &TYPE;
}

/// `staticmethod`
pub static TYPE: Type = Type { make: Some(make), ..Type::new(q!("staticmethod")) };

fn make(vm: &mut Vm, _: TypeRef, args: Args<'_>) -> Res {
    vm.no_keywords(args)?;
    vm.check_count(args.pos.len(), 1, 1)?;
    Ok(Gc::alloc(vm, StaticMethod { function: args.pos[0] })?.obj())
}
