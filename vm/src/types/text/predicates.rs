//! isalpha, isdigit, isspace and the others that ask about all characters.

use super::{Kind, Text};
use crate::Vm;
use crate::text::unicode::{self, Is, is};
use crate::types::str::find;
use crate::value::{Obj, Res};

/// `isspace()`
pub(super) fn isspace(vm: &mut Vm, this: Obj) -> Res {
    let ascii: fn(u8) -> bool = match Text::this(vm, this)?.kind {
        Kind::Str => |byte| unicode::is_space(char::from(byte)),
        Kind::Bytes | Kind::ByteArray => find::is_space,
    };
    all(vm, this, ascii, unicode::is_space)
}

/// `isalpha()`
pub(super) fn isalpha(vm: &mut Vm, this: Obj) -> Res {
    all(vm, this, |byte| byte.is_ascii_alphabetic(), |c| is(c, Is::Alpha))
}

/// `isdigit()`
pub(super) fn isdigit(vm: &mut Vm, this: Obj) -> Res {
    all(vm, this, |byte| byte.is_ascii_digit(), |c| is(c, Is::Digit))
}

/// `isdecimal()`
pub(super) fn isdecimal(vm: &mut Vm, this: Obj) -> Res {
    all(vm, this, |byte| byte.is_ascii_digit(), |c| is(c, Is::Decimal))
}

/// `isnumeric()`
pub(super) fn isnumeric(vm: &mut Vm, this: Obj) -> Res {
    all(vm, this, |byte| byte.is_ascii_digit(), |c| is(c, Is::Numeric))
}

/// `isalnum()`
pub(super) fn isalnum(vm: &mut Vm, this: Obj) -> Res {
    all(vm, this, |byte| byte.is_ascii_alphanumeric(), |c| is(c, Is::Alpha) || is(c, Is::Numeric))
}

/// `isascii()`
pub(super) fn isascii(vm: &mut Vm, this: Obj) -> Res {
    let this = Text::this(vm, this)?;
    Ok(Obj::bool(this.bytes.is_ascii()))
}

/// `isprintable()`
pub(super) fn isprintable(vm: &mut Vm, this: Obj) -> Res {
    let this = Text::this(vm, this)?;
    Ok(Obj::bool(this.as_str().chars().all(|c| is(c, Is::Printable))))
}

/// `isidentifier()`
pub(super) fn isidentifier(vm: &mut Vm, this: Obj) -> Res {
    let this = Text::this(vm, this)?;
    Ok(Obj::bool(is_identifier(this.as_str())))
}

/// Whether a text could be a name in a program.
pub fn is_identifier(text: &str) -> bool {
    let mut chars = text.chars();
    let starts = chars.next().is_some_and(|c| is(c, Is::Start));
    starts && chars.all(|c| is(c, Is::Continue))
}

/// `isupper()`
pub(super) fn isupper(vm: &mut Vm, this: Obj) -> Res {
    cased(vm, this, char::is_uppercase, |c| c.is_lowercase() || is_title(c))
}

/// `islower()`
pub(super) fn islower(vm: &mut Vm, this: Obj) -> Res {
    cased(vm, this, char::is_lowercase, |c| c.is_uppercase() || is_title(c))
}

/// Whether a character is a capital and a small letter in one; most texts need no look at the table.
fn is_title(c: char) -> bool {
    !c.is_ascii() && is(c, Is::Title)
}

/// `istitle()`
pub(super) fn istitle(vm: &mut Vm, this: Obj) -> Res {
    let this = Text::this(vm, this)?;
    let (mut after_letter, mut seen) = (false, false);
    for c in chars(&this) {
        let head = c.is_uppercase() || is_title(c);
        let wrong = if after_letter { head } else { c.is_lowercase() };
        if wrong {
            return Ok(Obj::FALSE);
        }
        after_letter = head || c.is_lowercase();
        seen |= after_letter;
    }
    Ok(Obj::bool(seen))
}

/// The characters of a str; of bytes, those of ASCII, others as something without properties.
fn chars<'a>(this: &Text<'a>) -> impl Iterator<Item = char> + use<'a> {
    let flat = if this.kind == Kind::Str { &[] } else { this.bytes };
    let bytes = flat.iter().map(|&byte| if byte.is_ascii() { char::from(byte) } else { '\0' });
    this.as_str().chars().chain(bytes)
}

fn all(vm: &mut Vm, this: Obj, flat: fn(u8) -> bool, wide: fn(char) -> bool) -> Res {
    let this = Text::this(vm, this)?;
    let holds = if this.kind == Kind::Str && !this.is_flat() {
        this.as_str().chars().all(wide)
    } else {
        this.bytes.iter().all(|&byte| flat(byte))
    };
    Ok(Obj::bool(holds && !this.bytes.is_empty()))
}

fn cased(vm: &mut Vm, this: Obj, wanted: fn(char) -> bool, other: fn(char) -> bool) -> Res {
    let this = Text::this(vm, this)?;
    let mut seen = false;
    for c in chars(&this) {
        if other(c) {
            return Ok(Obj::FALSE);
        }
        seen |= wanted(c);
    }
    Ok(Obj::bool(seen))
}
