//! Expressions: kinds of values, each with its leaves and the rows that make it from others.
//!
//! In a row `$name` stands for an expression of the kind `name`.

use crate::fuzz::dice::Dice;

/// A kind of expressions.
pub struct Kind {
    name: &'static str,
    leaves: &'static [&'static str],
    rows: &'static [&'static str],
}

/// A kind with its leaves and rows.
pub const fn kind(name: &'static str, leaves: &'static [&'static str], rows: &'static [&'static str]) -> Kind {
    Kind { name, leaves, rows }
}

/// An expression of the kind `name`. `FUNCTION` in it is left for the caller.
pub fn grow(dice: &mut Dice, kinds: &'static [&'static [Kind]], name: &str, depth: usize) -> String {
    // Now and then something is of the wrong type.
    let has_any = kinds.iter().copied().flatten().any(|kind| kind.name == "any");
    let bounded = matches!(name, "small" | "shift" | "step" | "part" | "error" | "raised" | "call" | "func" | "obj");
    let name = if has_any && !bounded && depth > 0 && dice.once_in(120) { "any" } else { name };
    let Some(kind) = kinds.iter().copied().flatten().find(|kind| kind.name == name) else { return name.to_string() };
    if kind.rows.is_empty() || depth == 0 || dice.once_in(3) {
        return dice.pick(kind.leaves).map_or("0", |leaf| *leaf).to_string();
    }
    let row = dice.pick(kind.rows).copied().unwrap_or("0");
    let text = fill(row, &mut |name| grow(dice, kinds, name, depth - 1));
    if is_plain(row) || name == "part" { text } else { format!("({text})") }
}

/// Puts what `value` gives for the names in a row.
pub fn fill(row: &str, value: &mut dyn FnMut(&str) -> String) -> String {
    let mut pieces = row.split('$');
    let mut out = pieces.next().unwrap_or_default().to_string();
    for piece in pieces {
        let end = piece.find(|c: char| !c.is_ascii_lowercase()).unwrap_or(piece.len());
        let (name, rest) = piece.split_at(end);
        out.push_str(&value(name));
        out.push_str(rest);
    }
    out
}

/// Whether a row only names a kind, or stands for itself.
fn is_plain(row: &str) -> bool {
    matches!(row, "FUNCTION" | "SELF")
        || row.strip_prefix('$').is_some_and(|name| name.bytes().all(|byte| byte.is_ascii_lowercase()))
}

#[cfg(test)]
mod tests {
    use super::super::rows::PYTHON;
    use super::super::statements::{MEMBERS, SIMPLE, USES};
    use super::super::viper_rows::VIPER;
    use super::fill;

    #[test]
    fn every_name_in_a_row_is_a_kind() {
        for (kinds, more) in [(PYTHON, [SIMPLE, MEMBERS, USES].as_slice()), (VIPER, &[])] {
            let rows = kinds.iter().copied().flatten().map(|kind| kind.rows).chain(more.iter().copied());
            for row in rows.flatten() {
                fill(row, &mut |name| {
                    assert!(kinds.iter().copied().flatten().any(|kind| kind.name == name), "{name} in {row}");
                    String::new()
                });
            }
        }
    }
}
