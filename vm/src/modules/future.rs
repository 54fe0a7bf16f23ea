//! `__future__`: the names that programs import from it. What they ask for is so already, or is seen by the compiler.

use crate::q;
use crate::value::{Entry, Obj, Rom, row};

/// The names.
pub static TABLE: &[Entry] = &[
    row(q!("__name__"), Rom::Word(Obj::name(q!("__future__")))),
    row(q!("absolute_import"), Rom::Word(Obj::TRUE)),
    row(q!("annotations"), Rom::Word(Obj::TRUE)),
    row(q!("division"), Rom::Word(Obj::TRUE)),
    row(q!("generator_stop"), Rom::Word(Obj::TRUE)),
    row(q!("generators"), Rom::Word(Obj::TRUE)),
    row(q!("nested_scopes"), Rom::Word(Obj::TRUE)),
    row(q!("print_function"), Rom::Word(Obj::TRUE)),
    row(q!("unicode_literals"), Rom::Word(Obj::TRUE)),
    row(q!("with_statement"), Rom::Word(Obj::TRUE)),
];

#[cfg(test)]
mod tests {
    use super::TABLE;
    use crate::compile::FEATURES;

    #[test]
    fn the_compiler_knows_the_same_names() {
        assert!(TABLE.iter().skip(1).map(|entry| entry.name).eq(FEATURES.iter().copied()));
    }
}
