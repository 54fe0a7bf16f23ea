//! Template and Interpolation: what a t-string makes.

use core::cell::Cell;

use crate::Vm;
use crate::q;
use crate::types::{iter, sequence, str, tuple};
use crate::value::{Args, BinaryOp, Flags, Gc, GcVec, Obj, Object, PrintKind, Res, Rom, Sink, Type, TypeRef, row};

/// Body of a template: one text more than interpolations.
pub struct Template {
    strings: Obj,
    interpolations: Obj,
}

impl Object for Template {
    const TYPE: &'static Type = &TYPE;
}

/// `string.templatelib.Template`
pub static TYPE: Type = Type {
    make: Some(make),
    print: Some(print),
    binary: Some(binary),
    iter: Some(over),
    table: &[
        row(q!("strings"), Rom::Get(|_, obj| Ok(strings(obj)))),
        row(q!("interpolations"), Rom::Get(|_, obj| Ok(interpolations(obj)))),
        row(q!("values"), Rom::Get(values)),
    ],
    ..Type::new(q!("Template"))
};

/// Body of an interpolation.
pub struct Interpolation {
    value: Obj,
    expression: Obj,
    conversion: Obj,
    format_spec: Obj,
}

impl Object for Interpolation {
    const TYPE: &'static Type = &INTERPOLATION;
}

/// `string.templatelib.Interpolation`
pub static INTERPOLATION: Type = Type {
    make: Some(make_interpolation),
    print: Some(print_interpolation),
    table: &[
        row(q!("value"), Rom::Get(|_, obj| Ok(part(obj, |this| this.value)))),
        row(q!("expression"), Rom::Get(|_, obj| Ok(part(obj, |this| this.expression)))),
        row(q!("conversion"), Rom::Get(|_, obj| Ok(part(obj, |this| this.conversion)))),
        row(q!("format_spec"), Rom::Get(|_, obj| Ok(part(obj, |this| this.format_spec)))),
        row(q!("__match_args__"), Rom::Make(match_args)),
    ],
    ..Type::new(q!("Interpolation"))
};

/// Body of a template's iterator.
struct Parts {
    of: Gc<Template>,
    at: Cell<usize>,
}

impl Object for Parts {
    const TYPE: &'static Type = &PARTS;
}

static PARTS: Type =
    Type { flags: Flags::SELF_ITER, next: Some(next), table: iter::TABLE, ..Type::new(q!("TemplateIter")) };

/// `__template__(strings, value, expression, conversion, format_spec, ...)`, which a t-string calls; of many interpolations
/// the parts come in one tuple. As upstream has it, parts that are too few for an interpolation make none.
pub fn build(vm: &mut Vm, args: &[Obj]) -> Res {
    let [strings, parts @ ..] = args else { return Ok(Obj::NULL) };
    let parts = match parts {
        [only] => items_of(vm, *only)?,
        parts => parts,
    };
    items_of(vm, *strings)?;
    let all = GcVec::with_capacity(vm, parts.len() / 4)?;
    for part in parts.chunks_exact(4) {
        let &[value, expression, conversion, format_spec] = part else { continue };
        let one = Gc::alloc(vm, Interpolation { value, expression, conversion, format_spec })?;
        all.push(vm, one.obj())?;
    }
    let interpolations = tuple::new(vm, all.slice())?;
    Ok(Gc::alloc(vm, Template { strings: *strings, interpolations })?.obj())
}

fn items_of<'a>(vm: &mut Vm, obj: Obj) -> Res<&'a [Obj]> {
    tuple::items(obj).ok_or_else(|| sequence::not_items(vm, obj))
}

/// `Template(*parts)`: texts beside each other become one, and between two interpolations stands an empty one.
fn make(vm: &mut Vm, _: TypeRef, args: Args<'_>) -> Res {
    vm.no_keywords(args)?;
    let (strings, interpolations) = (GcVec::new(), GcVec::new());
    let mut text = Obj::name(q!(""));
    for part in args.pos {
        if Gc::<Interpolation>::from_obj(*part).is_some() {
            strings.push(vm, text)?;
            interpolations.push(vm, *part)?;
            text = Obj::name(q!(""));
        } else if str::is_str(*part) {
            text = joined(vm, text, *part)?;
        } else {
            return Err(vm.type_error(format_args!("expected str or Interpolation")));
        }
    }
    strings.push(vm, text)?;
    finish(vm, strings.slice(), interpolations.slice())
}

fn finish(vm: &mut Vm, strings: &[Obj], interpolations: &[Obj]) -> Res {
    let strings = tuple::new(vm, strings)?;
    let interpolations = tuple::new(vm, interpolations)?;
    Ok(Gc::alloc(vm, Template { strings, interpolations })?.obj())
}

fn joined(vm: &mut Vm, left: Obj, right: Obj) -> Res {
    let empty = Obj::name(q!(""));
    if left == empty {
        Ok(right)
    } else if right == empty {
        Ok(left)
    } else {
        vm.binary(BinaryOp::Add, left, right)
    }
}

fn strings(obj: Obj) -> Obj {
    Gc::<Template>::from_obj(obj).map_or(Obj::NULL, |this| this.strings)
}

fn interpolations(obj: Obj) -> Obj {
    Gc::<Template>::from_obj(obj).map_or(Obj::NULL, |this| this.interpolations)
}

fn values(vm: &mut Vm, obj: Obj) -> Res {
    let all = GcVec::new();
    for one in tuple::items(interpolations(obj)).unwrap_or(&[]) {
        all.push(vm, part(*one, |this| this.value))?;
    }
    tuple::new(vm, all.slice())
}

fn print(vm: &mut Vm, sink: &mut dyn Sink, obj: Obj, _: PrintKind) -> Res<()> {
    vm.check_stack()?;
    sink.write(vm, "Template(strings=")?;
    vm.print(sink, strings(obj), PrintKind::Repr)?;
    sink.write(vm, ", interpolations=")?;
    vm.print(sink, interpolations(obj), PrintKind::Repr)?;
    sink.write(vm, ")")
}

fn binary(vm: &mut Vm, op: BinaryOp, left: Obj, right: Obj) -> Res {
    let (Some(a), Some(b)) = (Gc::<Template>::from_obj(left), Gc::<Template>::from_obj(right)) else {
        return Ok(Obj::NULL);
    };
    let parts = (tuple::items(a.strings), tuple::items(b.strings));
    let (BinaryOp::Add, (Some([start @ .., last]), Some([first, end @ ..]))) = (op, parts) else {
        return Ok(Obj::NULL);
    };
    let strings = GcVec::from_slice(vm, start)?;
    let middle = joined(vm, *last, *first)?;
    strings.push(vm, middle)?;
    strings.extend(vm, end)?;
    let interpolations = GcVec::new();
    for side in [a, b] {
        interpolations.extend(vm, tuple::items(side.interpolations).unwrap_or(&[]))?;
    }
    finish(vm, strings.slice(), interpolations.slice())
}

fn over(vm: &mut Vm, obj: Obj) -> Res {
    match Gc::<Template>::from_obj(obj) {
        Some(of) => Ok(Gc::alloc(vm, Parts { of, at: Cell::new(0) })?.obj()),
        None => Ok(Obj::NULL),
    }
}

/// The next part that is no empty text.
fn next(vm: &mut Vm, obj: Obj) -> Res {
    let Some(this) = Gc::<Parts>::from_obj(obj) else { return Ok(Obj::NULL) };
    loop {
        let at = this.at.get();
        let list = if at & 1 == 0 { this.of.strings } else { this.of.interpolations };
        let Some(part) = tuple::get(list, (at / 2) as isize) else { return Ok(Obj::NULL) };
        this.at.set(at + 1);
        if str::bytes_of(vm, part) != Some(b"") {
            return Ok(part);
        }
    }
}

/// `Interpolation(value, expression='', conversion=None, format_spec='')`
fn make_interpolation(vm: &mut Vm, _: TypeRef, args: Args<'_>) -> Res {
    let mut all = [Obj::NULL, Obj::name(q!("")), Obj::NONE, Obj::name(q!(""))];
    vm.bind_args(args, &FIELDS, FIELDS.len(), &mut all)?;
    let [value, expression, conversion, format_spec] = all;
    Ok(Gc::alloc(vm, Interpolation { value, expression, conversion, format_spec })?.obj())
}

const FIELDS: [crate::qstr::Qstr; 4] = [q!("value"), q!("expression"), q!("conversion"), q!("format_spec")];

fn match_args(vm: &mut Vm) -> Res {
    tuple::new(vm, &FIELDS.map(Obj::name))
}

fn part(obj: Obj, part: fn(&Interpolation) -> Obj) -> Obj {
    Gc::<Interpolation>::from_obj(obj).map_or(Obj::NULL, |this| part(&this))
}

fn print_interpolation(vm: &mut Vm, sink: &mut dyn Sink, obj: Obj, _: PrintKind) -> Res<()> {
    vm.check_stack()?;
    let Some(this) = Gc::<Interpolation>::from_obj(obj) else { return Ok(()) };
    let mut before = "Interpolation(";
    for part in [this.value, this.expression, this.conversion, this.format_spec] {
        sink.write(vm, before)?;
        vm.print(sink, part, PrintKind::Repr)?;
        before = ", ";
    }
    sink.write(vm, ")")
}
