//! namedtuple(): classes of tuples whose items have names.

use crate::Vm;
use crate::q;
use crate::qstr::Qstr;
use crate::text::{token, unicode};
use crate::types::class::{self, ClassPart};
use crate::types::dict::{self, Dict};
use crate::types::{instance, iter, object, sequence, str, text, tuple};
use crate::value::{
    Args, Builtin, Entry, Flags, Gc, GcVec, Obj, PrintKind, Res, Rom, Sig, Sink, Type, TypeRef, fun1, kw, put, row,
};

/// What all these classes derive from, next to tuple: their common methods.
static COMMON: Type = Type {
    layout: Some(TypeRef::of(&tuple::TYPE)),
    base: Some(TypeRef::of(&tuple::TYPE)),
    table: TABLE,
    ..Type::new(q!("namedtuple"))
};

/// The method that works on an instance of a class that derives from such a class, and not on the tuple inside: it makes
/// another.
pub const REPLACE: Qstr = q!("_replace");

static TABLE: &[Entry] = &[
    row(q!("_asdict"), fun1(as_dict)),
    row(REPLACE, kw(1, replace)),
    row(q!("_make"), Rom::Class(Builtin::new(Sig::Fun2(make_from)))),
];

/// `namedtuple(name, fields, *, rename, defaults, module)`
pub fn new_class(vm: &mut Vm, args: Args<'_>) -> Res {
    let mut values = [Obj::NULL, Obj::NULL, Obj::FALSE, Obj::NONE, Obj::NONE];
    let names = [q!("typename"), q!("field_names"), q!("rename"), q!("defaults"), q!("module")];
    vm.bind_args(args, &names, 2, &mut values)?;
    let [name, fields, rename, defaults, module] = values;
    let fields = field_names(vm, fields)?;
    let Some(name) = str::intern(vm, name)? else { return Err(vm.type_error(format_args!("name must be a str"))) };
    let rename = vm.truth(rename)?;
    let fields = checked(vm, name, fields, rename)?;
    let attrs = dict::new_as(vm, TypeRef::of(&dict::TYPE))?;
    attrs.map.set_name(vm, q!("_fields"), fields)?;
    attrs.map.set_name(vm, q!("__match_args__"), fields)?;
    let no_slots = tuple::new(vm, &[])?;
    attrs.map.set_name(vm, q!("__slots__"), no_slots)?;
    let module = if module.is_none() { vm.globals().map.get_name(vm, q!("__name__")) } else { module };
    if !module.is_null() {
        attrs.map.set_name(vm, q!("__module__"), module)?;
    }
    let default_values = default_dict(vm, fields, defaults)?;
    attrs.map.set_name(vm, q!("_field_defaults"), default_values)?;
    let bases = tuple::new(vm, &[TypeRef::of(&tuple::TYPE).obj()])?;
    let part = Gc::alloc(vm, ClassPart::new(attrs, bases))?;
    let ty = Type {
        flags: Flags::BASE,
        layout: Some(TypeRef::of(&tuple::TYPE)),
        base: Some(TypeRef::of(&tuple::TYPE)),
        make: Some(make),
        print: Some(print),
        unary: Some(tuple::unary),
        binary: Some(tuple::binary),
        reflected: Some(tuple::reflected),
        get_attr: Some(get_attr),
        set_attr: Some(set_attr),
        get_item: Some(tuple::get_item),
        iter: Some(iter::over_tuple),
        class: Some(part),
        ..Type::new(name)
    };
    let ty = TypeRef::alloc(vm, TypeRef::of(&class::TYPE), ty)?;
    for step in [ty, TypeRef::of(&COMMON), TypeRef::of(&tuple::TYPE), TypeRef::of(&object::TYPE)] {
        part.order.push(vm, step)?;
    }
    Ok(ty.obj())
}

/// The names of the fields as a tuple of names: from a text with blanks or commas between them, or from an iterable.
fn field_names(vm: &mut Vm, fields: Obj) -> Res {
    let names = GcVec::new();
    if let Some(text) = str::text_of(vm, fields) {
        for word in text.split(|c| c == ',' || unicode::is_space(c)).filter(|word| !word.is_empty()) {
            let Ok(name) = vm.pool.intern(word) else { return Err(vm.memory_error()) };
            names.push(vm, Obj::name(name))?;
        }
        return tuple::new(vm, names.slice());
    }
    let ty = fields.type_of();
    if ty.iter.is_none() && !ty.flags.has(Flags::SELF_ITER) {
        return Err(sequence::not_items(vm, fields));
    }
    sequence::iterate(vm, fields, |vm, field| {
        let text = str::str_of(vm, field)?;
        let name = str::intern(vm, text)?.map_or(Obj::NONE, Obj::name);
        names.push(vm, name)
    })?;
    tuple::new(vm, names.slice())
}

/// The fields, all of which must be names that a program can write; those that are none get numbers if `rename` says so.
fn checked(vm: &mut Vm, name: Qstr, fields: Obj, rename: bool) -> Res {
    let given = tuple::items(fields).unwrap_or(&[]);
    let good = GcVec::with_capacity(vm, given.len())?;
    for (at, field) in given.iter().enumerate() {
        let text = str::text_of(vm, *field).unwrap_or("");
        let fault = if !text::is_identifier(text) || token::word(text.as_bytes()) != token::Kind::Name {
            Some("must be valid identifiers")
        } else if text.starts_with('_') {
            Some("cannot start with an underscore")
        } else if good.slice().contains(field) {
            Some("must be unique")
        } else {
            None
        };
        match fault {
            None => good.push(vm, *field)?,
            Some(_) if rename => {
                let mut number = str::Bytes(GcVec::new());
                put(vm, &mut number, format_args!("_{at}"))?;
                let number = str::new(vm, core::str::from_utf8(number.0.slice()).unwrap_or(""))?;
                let number = str::intern(vm, number)?.map_or(Obj::NONE, Obj::name);
                good.push(vm, number)?;
            }
            Some(fault) => return Err(vm.value_error(format_args!("field names {fault}: '{text}'"))),
        }
    }
    let text = vm.text_of_name(name);
    if !text::is_identifier(text) {
        return Err(vm.value_error(format_args!("type names must be valid identifiers: '{text}'")));
    }
    tuple::new(vm, good.slice())
}

/// A dict with the defaults of the last fields.
fn default_dict(vm: &mut Vm, fields: Obj, defaults: Obj) -> Res {
    let all = dict::new_as(vm, TypeRef::of(&dict::TYPE))?;
    if defaults.is_none() {
        return Ok(all.obj());
    }
    let defaults = sequence::collect(vm, defaults)?;
    let fields = tuple::items(fields).unwrap_or(&[]);
    let Some(first) = fields.len().checked_sub(defaults.len()) else {
        return Err(vm.type_error(format_args!("Got more default values than field names")));
    };
    for (field, value) in fields.iter().skip(first).zip(defaults.slice()) {
        all.map.set(vm, *field, *value)?;
    }
    Ok(all.obj())
}

/// The names of the fields of a class.
fn fields_of<'a>(vm: &Vm, ty: TypeRef) -> &'a [Obj] {
    let fields = ty.class.map(|part| part.attrs.map.get_name(vm, q!("_fields")));
    fields.and_then(tuple::items).unwrap_or(&[])
}

fn make(vm: &mut Vm, ty: TypeRef, args: Args<'_>) -> Res {
    let fields = fields_of(vm, ty);
    let values: GcVec<Obj> = GcVec::with_capacity(vm, fields.len())?;
    let (given, wanted) = (args.pos.len() + args.kw.len(), fields.len());
    values.extend(vm, args.pos.get(..wanted).unwrap_or(args.pos))?;
    values.resize(vm, wanted, Obj::NULL)?;
    let mut complete = given <= wanted;
    for (key, value) in args.kw.iter().take(if complete { usize::MAX } else { 0 }) {
        let Some(at) = fields.iter().position(|field| field == key) else {
            let key = str::text_of(vm, *key).unwrap_or("");
            return Err(vm.type_error(format_args!("unexpected keyword argument '{key}'")));
        };
        if values.get(at).is_some_and(|value| !value.is_null()) {
            let key = str::text_of(vm, *key).unwrap_or("");
            return Err(vm.type_error(format_args!("function got multiple values for argument '{key}'")));
        }
        values.set(at, *value);
    }
    if given < wanted {
        let defaults = ty.class.map(|part| part.attrs.map.get_name(vm, q!("_field_defaults")));
        for (at, field) in fields.iter().enumerate() {
            if values.get(at) == Some(Obj::NULL) {
                let default = match defaults.and_then(Gc::<Dict>::from_obj) {
                    Some(defaults) => defaults.map.get(vm, *field)?,
                    None => Obj::NULL,
                };
                complete &= !default.is_null();
                values.set(at, default);
            }
        }
    }
    if !complete {
        let name = vm.text_of_name(ty.name);
        return Err(vm.type_error(format_args!("{name}() takes {wanted} positional arguments but {given} were given")));
    }
    tuple::new_as(vm, ty, values.slice())
}

fn print(vm: &mut Vm, sink: &mut dyn Sink, obj: Obj, _: PrintKind) -> Res<()> {
    print_as(vm, sink, obj, obj.type_of())
}

/// Writes a namedtuple with the name of class `ty`, which is its own or derives from it.
pub fn print_as(vm: &mut Vm, sink: &mut dyn Sink, obj: Obj, ty: TypeRef) -> Res<()> {
    let (fields, items) = (fields_of(vm, obj.type_of()), tuple::items(obj).unwrap_or(&[]));
    let name = vm.text_of_name(ty.name);
    put(vm, sink, format_args!("{name}("))?;
    sequence::print_once(vm, sink, obj, "...", |vm, sink| {
        for (at, (field, item)) in fields.iter().zip(items).enumerate() {
            if at > 0 {
                sink.write(vm, ", ")?;
            }
            vm.print(sink, *field, PrintKind::Str)?;
            sink.write(vm, "=")?;
            vm.print(sink, *item, PrintKind::Repr)?;
        }
        Ok(())
    })?;
    sink.write(vm, ")")
}

fn get_attr(vm: &mut Vm, obj: Obj, name: Qstr) -> Res {
    let name = Obj::name(name);
    let at = fields_of(vm, obj.type_of()).iter().position(|field| *field == name);
    Ok(match (at, tuple::items(obj)) {
        (Some(at), Some(items)) => items.get(at).copied().unwrap_or(Obj::NULL),
        (_, _) => Obj::NULL,
    })
}

fn set_attr(vm: &mut Vm, obj: Obj, name: Qstr, _: Obj) -> Res<bool> {
    let name = Obj::name(name);
    if fields_of(vm, obj.type_of()).contains(&name) {
        return Err(vm.raise_new(&super::exception::ATTRIBUTE_ERROR, format_args!("can't set attribute")));
    }
    Ok(false)
}

fn as_dict(vm: &mut Vm, obj: Obj) -> Res {
    let all = dict::new_as(vm, TypeRef::of(&dict::TYPE))?;
    for (field, item) in fields_of(vm, obj.type_of()).iter().zip(tuple::items(obj).unwrap_or(&[])) {
        all.map.set(vm, *field, *item)?;
    }
    Ok(all.obj())
}

fn replace(vm: &mut Vm, args: Args<'_>) -> Res {
    let [obj, ..] = args.pos else { return Ok(Obj::NULL) };
    let ty = obj.type_of();
    let own = instance::native(*obj).unwrap_or(*obj);
    let fields = fields_of(vm, own.type_of());
    let values = GcVec::from_slice(vm, tuple::items(own).unwrap_or(&[]))?;
    for (key, value) in args.kw {
        match fields.iter().position(|field| field == key) {
            Some(at) => {
                values.set(at, *value);
            }
            None => {
                let key = str::text_of(vm, *key).unwrap_or("");
                return Err(vm.value_error(format_args!("Got unexpected field names: ['{key}']")));
            }
        }
    }
    if own == *obj { tuple::new_as(vm, ty, values.slice()) } else { vm.call_pos(ty.obj(), values.slice()) }
}

fn make_from(vm: &mut Vm, ty: Obj, iterable: Obj) -> Res {
    let values = sequence::collect(vm, iterable)?;
    vm.call_pos(ty, values.slice())
}
