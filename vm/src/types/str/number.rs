//! Ints in fields: sign, prefix, zeros and groups.

use super::Builder;
use super::spec::{Align, Field, pad};
use crate::Vm;
use crate::num::float::Sign;
use crate::num::int::{Layout, Text, group_size, grouped_len};
use crate::types::int;
use crate::value::{GcVec, Obj, Res};

/// How an int is written.
#[derive(Clone, Copy)]
pub(super) struct Number {
    pub base: u32,
    pub prefix: &'static str,
    pub upper: bool,
    pub sign: Sign,
    pub group: Option<u8>,
    /// At least so many digits.
    pub least: usize,
}

impl Number {
    /// Writes an int or bool in a field.
    pub fn write(&self, vm: &mut Vm, out: &mut Builder, obj: Obj, field: Field) -> Res<()> {
        let layout = Layout { base: self.base, prefix: "", upper: self.upper, group: None };
        let small = match obj {
            Obj::TRUE => Some(1),
            Obj::FALSE => Some(0),
            _ => obj.as_small(),
        };
        match small {
            Some(value) => {
                let text = Text::new(value as i64, layout);
                self.write_digits(vm, out, text.as_bytes(), field)
            }
            None => {
                let text = int::format_digits(vm, obj, layout)?;
                self.write_digits(vm, out, text.slice(), field)
            }
        }
    }

    fn write_digits(&self, vm: &mut Vm, out: &mut Builder, text: &[u8], field: Field) -> Res<()> {
        let (negative, digits) = match text.strip_prefix(b"-") {
            Some(digits) => (true, digits),
            None => (false, text),
        };
        let mut head = [0; 3];
        let mut head_len = 0;
        let sign = match self.sign {
            _ if negative => b"-".as_slice(),
            Sign::Minus => b"",
            Sign::Plus => b"+",
            Sign::Space => b" ",
        };
        for &byte in sign.iter().chain(self.prefix.as_bytes()) {
            head[head_len] = byte;
            head_len += 1;
        }
        let head = head.get(..head_len).unwrap_or(&[]);
        let mut least = self.least.max(digits.len());
        let every = group_size(self.base);
        if self.group.is_some() && field.align == Align::Inside && field.fill == '0' {
            least = zeros_for(least, field.width.saturating_sub(head_len), every);
        }
        if least == digits.len() && self.group.is_none() {
            return pad(vm, out, head, digits, field);
        }
        let full = match self.group {
            Some(mark) => grouped(vm, digits, least, every, mark)?,
            None => {
                let full = GcVec::with_capacity(vm, least)?;
                full.resize(vm, least - digits.len(), b'0')?;
                full.extend(vm, digits)?;
                full
            }
        };
        pad(vm, out, head, full.slice(), field)
    }
}

/// How many digits fill `room` when they are grouped: zeros that fill a field are grouped too.
pub(super) fn zeros_for(digits: usize, room: usize, every: usize) -> usize {
    // The search starts just below its end, however wide the field is.
    let mut least = digits.max(room / (every + 1) * every);
    while grouped_len(least, every) < room {
        least += 1;
    }
    least
}

/// At least so many digits in groups, filled with zeros.
pub(super) fn grouped(vm: &mut Vm, digits: &[u8], least: usize, every: usize, mark: u8) -> Res<GcVec<u8>> {
    let full = GcVec::with_capacity(vm, grouped_len(least, every))?;
    let zeros = least - digits.len();
    for at in 0..least {
        if at > 0 && (least - at).is_multiple_of(every) {
            full.push(vm, mark)?;
        }
        full.push(vm, at.checked_sub(zeros).and_then(|at| digits.get(at).copied()).unwrap_or(b'0'))?;
    }
    Ok(full)
}
