//! Attributes that built-in types compute, as they are read through the type: `int.real`.

use crate::Vm;
use crate::q;
use crate::types::class;
use crate::value::{Entry, Gc, Obj, Object, PrintKind, Res, Sink, Type, TypeRef, put, row, var};

/// Body of such an attribute.
pub struct GetSet {
    /// The type it was read through.
    pub owner: TypeRef,
    /// What computes it.
    pub get: fn(&mut Vm, Obj) -> Res,
}

impl Object for GetSet {
    const TYPE: &'static Type = &TYPE;
}

/// `getset_descriptor`
pub static TYPE: Type = Type { print: Some(print), table: TABLE, ..Type::new(q!("getset_descriptor")) };

static TABLE: &[Entry] = &[row(q!("__get__"), var(2, 3, get))];

fn print(vm: &mut Vm, sink: &mut dyn Sink, obj: Obj, _: PrintKind) -> Res<()> {
    let Some(this) = Gc::<GetSet>::from_obj(obj) else { return Ok(()) };
    let owner = vm.text_of_name(this.owner.name);
    put(vm, sink, format_args!("<attribute of '{owner}' objects>"))
}

fn get(vm: &mut Vm, args: &[Obj]) -> Res {
    let (Some(this), Some(&obj)) = (args.first().and_then(|this| Gc::<GetSet>::from_obj(*this)), args.get(1)) else {
        return Ok(Obj::NONE);
    };
    if obj.is_none() {
        return Ok(this.obj());
    }
    if !class::is_subclass(obj.type_of(), this.owner) {
        let (owner, got) = (vm.text_of_name(this.owner.name), vm.type_name(obj));
        return Err(vm.type_error(format_args!("descriptor for '{owner}' objects doesn't apply to a '{got}' object")));
    }
    (this.get)(vm, crate::types::instance::native(obj).unwrap_or(obj))
}
