//! Characters beyond ASCII that are no part of a name.
//!
//! The lexer takes every character beyond ASCII for a letter, as upstream does. These ranges hold the quotes, dashes,
//! spaces and signs that come with text pasted from elsewhere.

/// First and last character of each range; letters and digits in them are letters still.
const SYMBOLS: [(char, char); 9] = [
    ('\u{80}', '\u{bf}'),
    ('\u{d7}', '\u{d7}'),
    ('\u{f7}', '\u{f7}'),
    ('\u{2000}', '\u{206f}'),
    ('\u{20a0}', '\u{20cf}'),
    ('\u{2100}', '\u{2bff}'),
    ('\u{3000}', '\u{3020}'),
    ('\u{fe45}', '\u{ff20}'),
    ('\u{1f000}', '\u{1faff}'),
];

/// Marks in those ranges that may stand in a name.
const JOINERS: [char; 5] = ['\u{b7}', '\u{203f}', '\u{2040}', '\u{2054}', '\u{2118}'];

/// Whether a character cannot be part of a name.
pub fn is_symbol(char: char) -> bool {
    !char.is_ascii()
        && SYMBOLS.iter().any(|&(first, last)| (first..=last).contains(&char))
        && !char.is_alphanumeric()
        && !JOINERS.contains(&char)
}

/// Whether a character is a digit beyond ASCII, which no name begins with.
pub fn is_digit(char: char) -> bool {
    !char.is_ascii() && char.is_numeric() && !char.is_alphabetic()
}

/// Whether a symbol leaves ink.
pub fn is_printable(char: char) -> bool {
    !(char.is_control()
        || char.is_whitespace()
        || matches!(char, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'))
}

#[cfg(test)]
mod tests {
    use super::{is_digit, is_printable, is_symbol};

    #[test]
    fn letters_are_letters() {
        for char in ['a', 'é', 'ª', 'ß', 'λ', '中', 'ℵ', '１'] {
            assert!(!is_symbol(char), "{char}");
        }
        for char in ['“', '’', '–', '\u{a0}', '×', '€', '→', '😀', '，'] {
            assert!(is_symbol(char), "{char}");
        }
        assert!(is_digit('\u{662}') && !is_digit('\u{2163}') && !is_digit('7'));
        assert!(is_printable('“') && !is_printable('\u{a0}') && !is_printable('\u{200b}'));
    }
}
