//! string: what t-strings make, in `string.templatelib`.

use crate::q;
use crate::types::{module, template};
use crate::value::{Entry, Obj, Rom, row};

/// The names.
pub static TABLE: &[Entry] = &[
    row(q!("__name__"), Rom::Word(Obj::name(q!("string")))),
    row(q!("templatelib"), Rom::Make(|vm| module::inner(vm, q!("string.templatelib"), TEMPLATELIB))),
];

/// `string.templatelib`
pub static TEMPLATELIB: &[Entry] = &[
    row(q!("__name__"), Rom::Word(Obj::name(q!("string.templatelib")))),
    row(q!("Interpolation"), Rom::Type(&template::INTERPOLATION)),
    row(q!("Template"), Rom::Type(&template::TYPE)),
];
