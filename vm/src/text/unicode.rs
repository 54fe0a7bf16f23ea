//! What characters are and what they become in other cases, beyond what `core` knows: on boards, only what it knows.

#[cfg(feature = "unicode")]
use super::unicode_table::RUNS;

/// Something a character can be.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Is {
    /// A letter.
    Alpha,
    /// A digit of a number in base ten.
    Decimal,
    /// A digit, raised or in a circle too.
    Digit,
    /// Anything with a value.
    Numeric,
    /// What `repr` does not escape.
    Printable,
    /// It may begin a name.
    Start,
    /// It may go on in a name.
    Continue,
    /// A capital and a small letter in one.
    Title,
    /// A capital sigma looks through it for a letter.
    Ignorable,
}

/// Whether `c` is `what`.
#[cfg(feature = "unicode")]
pub fn is(c: char, what: Is) -> bool {
    let run = RUNS.partition_point(|run| run >> 11 <= c as u32);
    let flags = run.checked_sub(1).and_then(|at| RUNS.get(at)).copied().unwrap_or(0);
    flags >> what as u32 & 1 == 1
}

/// Whether `c` is `what`, as far as `core` knows.
#[cfg(not(feature = "unicode"))]
pub fn is(c: char, what: Is) -> bool {
    match what {
        Is::Alpha => c.is_alphabetic(),
        Is::Decimal | Is::Digit => c.is_ascii_digit(),
        Is::Numeric => c.is_numeric(),
        Is::Printable => !c.is_control() && (!c.is_whitespace() || c == ' ') && c != '\u{ad}',
        Is::Start => c == '_' || c.is_alphabetic(),
        Is::Continue => c == '_' || c.is_alphanumeric(),
        Is::Title => matches!(c, '\u{1c5}' | '\u{1c8}' | '\u{1cb}' | '\u{1f2}'),
        Is::Ignorable => matches!(c, '\'' | '.' | ':' | '\u{300}'..='\u{36f}'),
    }
}

/// Whether `c` separates words.
pub fn is_space(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\x1c'..='\x1f')
}

/// Whether `c` ends a line; a carriage return and what follows it are the caller's.
pub fn ends_line(c: char) -> bool {
    matches!(c, '\n'..='\r' | '\x1c'..='\x1e' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// Whether `c` is a letter of some case.
pub fn is_cased(c: char) -> bool {
    c.is_lowercase() || c.is_uppercase() || is(c, Is::Title)
}

/// The value of a decimal digit of any script: each has its ten in a row, and the runs begin with a zero.
pub fn decimal(c: char) -> Option<u8> {
    if c.is_ascii() {
        return c.to_digit(10).map(|digit| digit as u8);
    }
    decimal_beyond(c)
}

#[cfg(feature = "unicode")]
fn decimal_beyond(c: char) -> Option<u8> {
    if !is(c, Is::Decimal) {
        return None;
    }
    let run = RUNS.partition_point(|run| run >> 11 <= c as u32);
    let start = run.checked_sub(1).and_then(|at| RUNS.get(at)).map_or(0, |run| run >> 11);
    Some(((c as u32 - start) % 10) as u8)
}

#[cfg(not(feature = "unicode"))]
fn decimal_beyond(_: char) -> Option<u8> {
    None
}

/// Up to a few characters: what one character becomes.
#[derive(Clone, Copy, Default)]
pub struct Few {
    chars: [char; 9],
    len: usize,
}

impl Few {
    /// These characters.
    pub fn new(chars: impl IntoIterator<Item = char>) -> Few {
        let mut few = Few::default();
        for c in chars {
            if let Some(place) = few.chars.get_mut(few.len) {
                *place = c;
                few.len += 1;
            }
        }
        few
    }

    /// The characters.
    pub fn iter(&self) -> impl Iterator<Item = char> + '_ {
        self.chars.iter().copied().take(self.len)
    }
}

/// `c` at the head of a word.
pub fn to_title(c: char) -> Few {
    let code = c as u32;
    let triple = |first: u32| char::from_u32((code - first) / 3 * 3 + first + 1).unwrap_or(c);
    let one = match code {
        // Georgian has capitals, but not for this.
        0x10d0..=0x10ff => c,
        0x1c4..=0x1cc => triple(0x1c4),
        0x1f1..=0x1f3 => triple(0x1f1),
        0x1f80..=0x1faf => char::from_u32(code | 8).unwrap_or(c),
        0x1fb3 | 0x1fbc => '\u{1fbc}',
        0x1fc3 | 0x1fcc => '\u{1fcc}',
        0x1ff3 | 0x1ffc => '\u{1ffc}',
        0x149 => return Few::new(c.to_uppercase()),
        _ => {
            let rest = c.to_uppercase().skip(1).flat_map(char::to_lowercase);
            // Greek letters keep their iota below.
            let below = |c| if c == '\u{3b9}' && (0x1f00..0x2000).contains(&code) { '\u{345}' } else { c };
            return Few::new(c.to_uppercase().take(1).chain(rest.map(below)));
        }
    };
    Few::new([one])
}

/// `c` for comparing without regard to case.
pub fn fold(c: char) -> Few {
    let code = c as u32;
    let one = match code {
        // Cherokee folds to capitals, which are older.
        0x131 | 0x13a0..=0x13f5 => c,
        0x13f8..=0x13fd => char::from_u32(code - 8).unwrap_or(c),
        0xab70..=0xabbf => char::from_u32(code - 0xab70 + 0x13a0).unwrap_or(c),
        0x1e9e => return Few::new("ss".chars()),
        _ => return Few::new(c.to_uppercase().flat_map(char::to_lowercase)),
    };
    Few::new([one])
}

/// Small letters for the character at byte `at` of a text: a capital sigma is another one at the end of a word.
pub fn to_lower(text: &str, at: usize, c: char) -> Few {
    let skipped = |c: &char| is(*c, Is::Ignorable);
    let ends_word = c == '\u{3a3}'
        && text.get(..at).is_some_and(|before| before.chars().rev().find(|c| !skipped(c)).is_some_and(is_cased))
        && text
            .get(at + c.len_utf8()..)
            .is_some_and(|after| !after.chars().find(|c| !skipped(c)).is_some_and(is_cased));
    if ends_word { Few::new(['\u{3c2}']) } else { Few::new(c.to_lowercase()) }
}
