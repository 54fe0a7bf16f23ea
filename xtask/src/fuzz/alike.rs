//! Texts that differ in what means nothing.

/// What the text of an object begins with that has no text of its own.
const NAMELESS: &[&str] = &[
    "<built-in ",
    "<method",
    "<function",
    "<bound_method ",
    "<generator ",
    "<iterator>",
    "<zip>",
    "<map>",
    "<filter>",
    "<enumerate>",
    "<reversed>",
    "<memoryview>",
    "<object>",
];

/// A text without what means nothing: addresses, names of functions, and names of types that are one here.
pub fn plain(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        let (before, after) = rest.split_at(at);
        let inside = after.get(..closing(after)).unwrap_or_default();
        let is_kind =
            inside.starts_with("<class '") && ["iterator'", "function", "method"].iter().any(|s| inside.contains(s));
        let is_nameless =
            is_kind || inside.contains(" at 0x") || NAMELESS.iter().any(|begin| inside.starts_with(begin));
        out.push_str(before);
        out.push_str(if is_nameless { "<>" } else { "<" });
        rest = after.get(if is_nameless { inside.len() } else { 1 }..).unwrap_or_default();
    }
    out.push_str(rest);
    out.replace("odict_", "dict_")
}

/// Whether two texts are the same but for the tenth digits of floats in them.
pub fn near(theirs: &str, ours: &str) -> bool {
    let (mut theirs, mut ours) = (numbers(theirs), numbers(ours));
    loop {
        match (theirs.next(), ours.next()) {
            (None, None) => return true,
            (Some(a), Some(b)) if a == b => {}
            (Some(a), Some(b)) => match (a.parse::<f64>(), b.parse::<f64>()) {
                (Ok(x), Ok(y)) if (a.contains('.') || b.contains('.')) && (x - y).abs() <= x.abs() * 1e-10 => {}
                (_, _) => return false,
            },
            (_, _) => return false,
        }
    }
}

/// Where the bracket is closed that a text begins with.
fn closing(text: &str) -> usize {
    let mut depth = 0;
    for (at, c) in text.char_indices() {
        match c {
            '<' => depth += 1,
            '>' if depth == 1 => return at + 1,
            '>' => depth -= 1,
            _ => {}
        }
    }
    text.len()
}

/// Cuts a text into numbers without sign and what is between them.
fn numbers(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let is_digit = |c: char| c.is_ascii_digit() || c == '.';
        let first = rest.chars().next()?;
        let mut end = rest.find(|c| is_digit(c) != is_digit(first)).unwrap_or(rest.len());
        if is_digit(first) && rest[end..].starts_with(['e']) {
            let exponent = rest[end + 1..].trim_start_matches(['+', '-']);
            let digits = exponent.find(|c: char| !c.is_ascii_digit()).unwrap_or(exponent.len());
            end = rest.len() - exponent.len() + digits;
        }
        let (piece, more) = rest.split_at(end);
        rest = more;
        Some(piece)
    })
}

#[cfg(test)]
mod tests {
    use super::near;

    #[test]
    fn last_digits_may_differ() {
        assert!(near("(1.2345678901+2e-05j)", "(1.2345678902+2e-05j)"));
        assert!(near("tuple(1.25e-07, 'a')", "tuple(1.2500000000001e-07, 'a')"));
        for (theirs, ours) in [("1.5", "-1.5"), ("1.5", "1.6"), ("17", "18"), ("1.5, 2", "1.5"), ("0.5j", "0.5")] {
            assert!(!near(theirs, ours), "{theirs} {ours}");
        }
    }
}
