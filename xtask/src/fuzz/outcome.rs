//! What came out of a statement.

use std::fmt;

/// A result, or the name of an exception behind `!`.
#[derive(Clone, PartialEq, Eq)]
pub struct Outcome {
    /// What `r` is, as `show` in the prelude tells it; `done` when the statement sets no `r`.
    pub result: String,
    /// What `a` is afterwards.
    pub after: String,
    /// The exception's text, which is never compared but says what CPython minds.
    pub text: String,
}

impl Outcome {
    /// An outcome and its number from the line that the prelude prints.
    pub fn parse(line: &str) -> Option<(usize, Outcome)> {
        let mut fields = line.split('\t').map(str::to_string);
        let number = fields.next()?.parse().ok()?;
        Some((number, Outcome { result: fields.next()?, after: fields.next()?, text: fields.next()? }))
    }

    /// Of a statement that ended the interpreter.
    pub fn dead(how: &str) -> Outcome {
        Outcome { result: "!died".to_string(), after: String::new(), text: how.to_string() }
    }

    /// Whether the statement ended the interpreter.
    pub fn died(&self) -> bool {
        self.result == "!died"
    }

    /// The exception's name.
    pub fn exception(&self) -> Option<&str> {
        self.result.strip_prefix('!')
    }

    /// What sort of outcome it is: the exception, or that there is a value.
    pub fn kind(&self) -> &str {
        self.exception().unwrap_or("value")
    }

    /// Whether both mean the same.
    pub fn same(&self, other: &Outcome) -> bool {
        self.result == other.result && self.after == other.after
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.result)?;
        if !self.after.is_empty() {
            write!(f, "; a = {}", self.after)?;
        }
        if !self.text.is_empty() {
            write!(f, " ({})", self.text)?;
        }
        Ok(())
    }
}
