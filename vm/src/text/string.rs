//! String literals: prefixes, escapes, the text parts of f- and t-strings.

use super::error::{ErrorKind, INVALID, SyntaxError, either};
use super::source::Span;
use crate::mem::Vec;

/// What a literal's prefix and quotes say.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Opening {
    /// `r`: backslashes are plain.
    pub raw: bool,
    /// What the literal makes.
    pub makes: Makes,
    /// `'` or `"`.
    pub quote: u8,
    /// Three quotes.
    pub triple: bool,
    /// Length of prefix and opening quotes.
    pub len: usize,
}

/// What a literal makes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Makes {
    /// A str.
    Str,
    /// A bytes.
    Bytes,
    /// A str from an f-string.
    Formatted,
    /// A template from a t-string.
    Template,
}

impl Opening {
    /// Reads a prefix and quotes; none when the bytes do not open a string.
    pub fn read(bytes: &[u8]) -> Option<Opening> {
        let (mut raw, mut makes) = (false, None);
        let mut len = 0;
        let quote = loop {
            let byte = *bytes.get(len)?;
            let letter = byte | 32;
            match letter {
                _ if byte == b'\'' || byte == b'"' => break byte,
                b'r' if !raw && makes != Some((Makes::Str, b'u')) => raw = true,
                b'u' if len == 0 => makes = Some((Makes::Str, letter)),
                b'b' if makes.is_none() => makes = Some((Makes::Bytes, letter)),
                b'f' if makes.is_none() => makes = Some((Makes::Formatted, letter)),
                b't' if makes.is_none() => makes = Some((Makes::Template, letter)),
                _ => return None,
            }
            len += 1;
        };
        let triple = bytes.get(len..len + 3) == Some(&[quote; 3]);
        let makes = makes.map_or(Makes::Str, |(makes, _)| makes);
        Some(Opening { raw, makes, quote, triple, len: len + if triple { 3 } else { 1 } })
    }

    /// Length of the closing quotes.
    pub fn closing(self) -> usize {
        if self.triple { 3 } else { 1 }
    }

    /// `bytes` start with the closing quotes.
    #[inline]
    pub fn closes(self, bytes: &[u8]) -> bool {
        bytes.first() == Some(&self.quote) && (!self.triple || bytes.get(..3) == Some(&[self.quote; 3]))
    }
}

/// Appends the value of a literal's text (`body`, which starts at `start` in the source) to `out`.
pub fn decode(opening: Opening, body: &[u8], start: u32, out: &mut Vec<u8>) -> Result<(), SyntaxError> {
    let doubled = matches!(opening.makes, Makes::Formatted | Makes::Template);
    let mut at = 0;
    while let Some(&byte) = body.get(at) {
        // Most text is copied in long runs.
        let rest = body.get(at..).unwrap_or(&[]);
        let plain = rest.iter().take_while(|byte| is_plain(**byte)).count();
        if plain > 0 {
            out.extend_from_slice(rest.get(..plain).unwrap_or(&[]))?;
            at += plain;
            continue;
        }
        let next = body.get(at + 1).copied();
        let len = match byte {
            b'\r' => {
                out.push(b'\n')?;
                1 + usize::from(next == Some(b'\n'))
            }
            b'{' | b'}' => {
                out.push(byte)?;
                1 + usize::from(doubled && next == Some(byte))
            }
            b'\\' if opening.raw => {
                out.push(byte)?;
                1
            }
            b'\\' => escape(opening, rest, start + at as u32, out)?,
            byte if byte >= 0x80 && opening.makes == Makes::Bytes => {
                let at = start + at as u32;
                let span = Span { start: at, end: at + 1 };
                return Err(SyntaxError::new(span, "bytes can only contain ASCII literal characters"));
            }
            byte => {
                out.push(byte)?;
                1
            }
        };
        at += len;
    }
    Ok(())
}

fn is_plain(byte: u8) -> bool {
    byte < 0x80 && !matches!(byte, b'\\' | b'\r' | b'{' | b'}')
}

/// One escape: `text` starts at the backslash. Returns its length.
fn escape(opening: Opening, text: &[u8], start: u32, out: &mut Vec<u8>) -> Result<usize, SyntaxError> {
    let is_bytes = opening.makes == Makes::Bytes;
    let kind = text.get(1).copied().unwrap_or(0);
    let plain = match kind {
        b'\n' => return Ok(2),
        b'\r' => return Ok(2 + usize::from(text.get(2) == Some(&b'\n'))),
        b'\\' | b'\'' | b'"' => kind,
        b'a' => 7,
        b'b' => 8,
        b't' => 9,
        b'n' => 10,
        b'v' => 11,
        b'f' => 12,
        b'r' => 13,
        b'0'..=b'7' => {
            let digits = text.iter().skip(1).take(3).take_while(|byte| matches!(byte, b'0'..=b'7'));
            let (len, code) = digits.fold((1, 0), |(len, code), digit| (len + 1, code * 8 + u32::from(digit - b'0')));
            put(is_bytes, code, Span { start, end: start + len as u32 }, out)?;
            return Ok(len);
        }
        b'x' => return hex(is_bytes, text, 2, start, out),
        b'u' if !is_bytes => return hex(false, text, 4, start, out),
        b'U' if !is_bytes => return hex(false, text, 8, start, out),
        b'N' if !is_bytes && text.get(2) == Some(&b'{') => {
            let span = Span { start, end: start + 2 };
            return Err(SyntaxError::of(ErrorKind::NotImplemented, span, "unicode name escapes"));
        }
        _ => {
            // An unknown escape stands for itself, backslash included.
            out.push(b'\\')?;
            return Ok(1);
        }
    };
    out.push(plain)?;
    Ok(2)
}

fn hex(is_bytes: bool, text: &[u8], n_digits: usize, start: u32, out: &mut Vec<u8>) -> Result<usize, SyntaxError> {
    let span = Span { start, end: start + 2 };
    let message = match n_digits {
        2 => "truncated \\xXX escape",
        4 => "truncated \\uXXXX escape",
        _ => "truncated \\UXXXXXXXX escape",
    };
    let message = either(message, INVALID);
    let digits = text.get(2..2 + n_digits).ok_or(SyntaxError::new(span, message))?;
    let mut code = 0u32;
    for &digit in digits {
        let digit = (digit as char).to_digit(16).ok_or(SyntaxError::new(span, message))?;
        code = code << 4 | digit;
    }
    put(is_bytes, code, span, out)?;
    Ok(2 + n_digits)
}

fn put(is_bytes: bool, code: u32, span: Span, out: &mut Vec<u8>) -> Result<(), SyntaxError> {
    if is_bytes {
        out.push(code as u8)?;
        return Ok(());
    }
    match char::from_u32(code) {
        Some(char) => out.extend_from_slice(char.encode_utf8(&mut [0; 4]).as_bytes())?,
        None if code <= 0x10ffff => return Err(SyntaxError::of(ErrorKind::Unicode, span, "surrogates not allowed")),
        None => return Err(SyntaxError::new(span, INVALID)),
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{Makes, Opening, decode};
    use crate::mem::Vec;
    use crate::text::error::ErrorKind;

    fn value(text: &str) -> Result<Vec<u8>, (ErrorKind, u32)> {
        let opening = Opening::read(text.as_bytes()).unwrap();
        let mut out = Vec::new();
        let body = &text.as_bytes()[opening.len..text.len() - opening.closing()];
        decode(opening, body, opening.len as u32, &mut out).map_err(|error| (error.kind, error.span.start))?;
        Ok(out)
    }

    #[test]
    fn prefixes() {
        for text in ["''", "r''", "bR''", "rb''", "u''", "Rf''", "tr''", "rT'''"] {
            assert!(Opening::read(text.as_bytes()).is_some(), "{text}");
        }
        for text in ["ur''", "uf''", "rr''", "bf''", "bu''", "x''", "r", ""] {
            assert_eq!(Opening::read(text.as_bytes()), None, "{text}");
        }
        let opening = Opening::read(b"rf'''a'''").unwrap();
        assert_eq!((opening.raw, opening.makes, opening.triple, opening.len), (true, Makes::Formatted, true, 5));
    }

    #[test]
    fn escapes() {
        assert_eq!(&*value(r"'a\n\x41\101\0\u00e9\q\'\\'").unwrap(), "aAA\0é\\q'\\".replace("aA", "a\nA").as_bytes());
        assert_eq!(&*value(r"b'\x80\u0041\400'").unwrap(), b"\x80\\u0041\0");
        assert_eq!(&*value(r"r'\n\''").unwrap(), br"\n\'");
        assert_eq!(&*value("'a\\\nb\r\nc\rd'").unwrap(), b"ab\nc\nd");
        assert_eq!(&*value("f'{{}}é'").unwrap(), "{}é".as_bytes());
        assert_eq!(&*value("'{{'").unwrap(), b"{{");
    }

    #[test]
    fn bad_escapes() {
        assert_eq!(value(r"'a\x4'"), Err((ErrorKind::Syntax, 2)));
        assert_eq!(value(r"'\ud800'"), Err((ErrorKind::Unicode, 1)));
        assert_eq!(value(r"'\U00110000'"), Err((ErrorKind::Syntax, 1)));
        assert_eq!(value(r"'\N{DASH}'"), Err((ErrorKind::NotImplemented, 1)));
        assert_eq!(value("b'é'"), Err((ErrorKind::Syntax, 2)));
    }
}
