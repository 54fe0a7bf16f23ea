//! Complex numbers as a format specification says.

use super::Builder;
use super::spec::{self, Align, Spec};
use crate::Vm;
use crate::num::float::{Kind, Sign};
use crate::types::complex::Pair;
use crate::value::{Obj, Res};

/// Writes a complex number in a field. Each part is written as a float, and both together are aligned.
pub(super) fn write(vm: &mut Vm, out: &mut Builder, obj: Obj, (real, imag): Pair, spec: &Spec) -> Res<()> {
    let Some(mut layout) = spec.layout().filter(|layout| layout.kind != Kind::Percent) else {
        return Err(spec::unknown_code(vm, obj, spec.letter));
    };
    let field = spec.field(Align::Right);
    if field.fill == '0' {
        return Err(vm.value_error(format_args!("zero padding is not allowed in complex format specifier")));
    }
    if field.align == Align::Inside {
        return Err(vm.value_error(format_args!("'=' alignment not allowed in complex format specifier")));
    }
    // Without a letter it is as `str` writes it: no real part that is zero, else in parentheses.
    let bare = spec.letter == 0;
    let alone = bare && real == 0.0 && real.is_sign_positive();
    let shortest = bare && spec.precision.is_none();
    if bare && !shortest {
        layout.kind = Kind::General;
    }
    let mut text = Builder::new();
    if bare && !alone {
        text.push(vm, b"(")?;
    }
    if !alone {
        part(vm, &mut text, real, layout, shortest)?;
        layout.sign = Sign::Plus;
    }
    part(vm, &mut text, imag, layout, shortest)?;
    text.push(vm, if bare && !alone { b"j)" } else { b"j" })?;
    spec::pad(vm, out, b"", text.bytes(), field)
}

fn part(vm: &mut Vm, out: &mut Builder, value: f64, layout: crate::num::float::Layout, shortest: bool) -> Res<()> {
    let mut text = Builder::new();
    spec::push_float(vm, &mut text, value, layout)?;
    let bytes = text.bytes();
    // Whole parts have no zero behind the point here, and no point unless it is asked for.
    let end = if layout.alternate { b"0".as_slice() } else { b".0" };
    let bytes = if shortest && bytes.ends_with(b".0") { bytes.strip_suffix(end).unwrap_or(bytes) } else { bytes };
    out.push(vm, bytes)
}
