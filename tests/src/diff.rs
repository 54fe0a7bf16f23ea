//! Where two outputs part, for people.

use std::fmt::Write as _;

/// Lines of context before the first difference, and lines shown after it.
const BEFORE: usize = 3;
const AFTER: usize = 8;

/// Nothing when they are equal; otherwise the first difference with what stands around it.
pub fn diff(expected: &str, found: &str) -> Option<String> {
    if expected == found {
        return None;
    }
    let wanted: Vec<&str> = expected.split('\n').collect();
    let got: Vec<&str> = found.split('\n').collect();
    let same = wanted.iter().zip(&got).take_while(|(a, b)| a == b).count();
    let mut text = format!("line {} differs\n", same + 1);
    for line in wanted.iter().take(same).skip(same.saturating_sub(BEFORE)) {
        let _ = writeln!(text, "  {line}");
    }
    for (sign, lines) in [('-', &wanted), ('+', &got)] {
        for line in lines.iter().skip(same).take(AFTER) {
            let _ = writeln!(text, "{sign} {line}");
        }
        if lines.len() > same + AFTER {
            let _ = writeln!(text, "{sign} ... {} more", lines.len() - same - AFTER);
        }
    }
    text.push_str("(- expected, + found)");
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_difference_is_shown() {
        assert_eq!(diff("a\n", "a\n"), None);
        let text = diff("a\nb\n", "a\nc\n").unwrap();
        assert!(text.contains("line 2") && text.contains("- b") && text.contains("+ c"), "{text}");
    }
}
