//! Text: source bytes to tokens.

pub mod error;
pub mod indent;
pub mod lexer;
pub mod number;
pub mod source;
pub mod string;
pub mod token;
