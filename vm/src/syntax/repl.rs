//! Does what was typed at a prompt need another line?

/// Words that start a statement with a suite.
const COMPOUND: [&str; 8] = ["if", "while", "for", "try", "with", "def", "class", "async"];

/// More lines must follow: an open bracket or triple quote, a backslash at the end, or a statement with a suite that no
/// empty line has ended yet. It is upstream's rule, so `input` need not be valid.
pub fn is_incomplete(input: &str) -> bool {
    let mut depth = [0i32; 3];
    let mut quote: Option<&str> = None;
    let mut rest = input;
    while let Some(char) = rest.chars().next() {
        let mut len = char.len_utf8();
        match (quote, char) {
            (Some(_), '\\') => len += rest.get(len..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8),
            (Some(open), _) if rest.starts_with(open) => {
                quote = None;
                len = open.len();
            }
            // A line end cuts off a plain string; only triple quotes go on.
            (Some(open), '\n') if open.len() == 1 => quote = None,
            (Some(_), _) => {}
            (None, '\'' | '"') => {
                let open = ["'''", "\"\"\"", "'", "\""].into_iter().find(|open| rest.starts_with(open));
                len = open.map_or(len, str::len);
                quote = open;
            }
            (None, '#') => len = rest.find('\n').unwrap_or(rest.len()),
            (None, '(') => depth[0] += 1,
            (None, ')') => depth[0] -= 1,
            (None, '[') => depth[1] += 1,
            (None, ']') => depth[1] -= 1,
            (None, '{') => depth[2] += 1,
            (None, '}') => depth[2] -= 1,
            (None, _) => {}
        }
        rest = rest.get(len..).unwrap_or("");
    }
    match quote {
        Some(open) if open.len() == 3 => return true,
        None if depth.iter().any(|open| *open > 0) => return true,
        Some(_) | None => {}
    }
    input.ends_with('\\') || (starts_compound(input) && !input.ends_with('\n'))
}

fn starts_compound(input: &str) -> bool {
    if input.starts_with('@') {
        return true;
    }
    let end = input.find(|char: char| !(char.is_alphanumeric() || char == '_')).unwrap_or(input.len());
    match input.get(..end) {
        // `match` is also a plain name.
        Some("match") => input.lines().next().is_some_and(|line| line.trim_end().ends_with(':')),
        Some(word) => COMPOUND.contains(&word),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::is_incomplete;

    #[test]
    fn upstreams_rule() {
        for text in [
            "(",
            "[1,\n",
            "{'a':",
            "'''a\n",
            "a = \\",
            "if x:",
            "if x:\n  y",
            "@f",
            "class A:",
            "async def f():",
            "match x:",
            "f('(', ",
        ] {
            assert!(is_incomplete(text), "{text}");
        }
        for text in ["", "1", "')'", "a)", "if x:\n  y\n", "iffy = 1", "'a", "\"(\"", "'\\''", "match = 1", "f() # ("] {
            assert!(!is_incomplete(text), "{text}");
        }
    }
}
