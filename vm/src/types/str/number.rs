//! Numbers as formatting needs them.

use crate::Vm;
use crate::num::int::{Layout, Text};
use crate::value::{GcVec, Obj, Res};

/// Sign and digits of an int.
pub(super) fn format_digits(vm: &mut Vm, obj: Obj, layout: Layout) -> Res<GcVec<u8>> {
    let text = Text::new(obj.as_small().unwrap_or(0) as i64, layout);
    GcVec::from_slice(vm, text.as_bytes())
}

/// The value of an int as a float.
pub(super) fn to_f64(obj: Obj) -> Option<f64> {
    match obj {
        Obj::TRUE => Some(1.0),
        Obj::FALSE => Some(0.0),
        _ => obj.as_small().map(|value| value as f64),
    }
}

/// The whole part of a float as an int.
pub(super) fn from_f64(_: &mut Vm, value: f64) -> Res {
    Ok(Obj::small_wrapping(value as isize))
}
