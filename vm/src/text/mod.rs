//! Text: source bytes to tokens.

pub mod error;
pub mod indent;
pub mod lexer;
#[cfg(feature = "diagnostics")]
pub mod nearest;
pub mod number;
#[cfg(feature = "diagnostics")]
pub mod shown;
pub mod source;
pub mod string;
pub mod token;
pub mod unicode;
#[cfg(feature = "unicode")]
mod unicode_table;
