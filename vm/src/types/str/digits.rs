//! Numbers written with the digits of any script.

use super::Builder;
use crate::Vm;
use crate::text::unicode;
use crate::value::Res;

/// A text with digits and white space as ASCII has them, for what reads numbers; what is neither becomes a question
/// mark, which no number has.
pub fn to_ascii(vm: &mut Vm, text: &[u8]) -> Res<Builder> {
    let mut out = Builder::new();
    for c in core::str::from_utf8(text).unwrap_or("?").chars() {
        let byte = match unicode::decimal(c) {
            Some(digit) => b'0' + digit,
            None if c.is_ascii() => c as u8,
            None if unicode::is_space(c) => b' ',
            None => b'?',
        };
        out.push(vm, &[byte])?;
    }
    Ok(out)
}
