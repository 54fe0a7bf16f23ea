//! Text: source bytes to tokens.

#[cfg(feature = "diagnostics")]
pub mod char;
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
