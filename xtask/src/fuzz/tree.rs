//! Statements as trees: growing one by chance, and making one smaller.

use super::Dice;
use super::grammar::{self, Kind};

/// How deep values are inside each other.
const DEPTH: usize = 3;
/// What may stand for any value when a statement is made smaller.
const PLAIN: &[&str] =
    &["0", "1", "-1", "1.0", "''", "'a'", "b''", "b'a'", "[]", "[1]", "()", "{}", "None", "True", "1j"];

/// A piece of Python with values in it.
#[derive(Clone)]
pub struct Tree {
    parts: Vec<Part>,
    /// Whether it must stand in parentheses inside another.
    closed: bool,
}

#[derive(Clone)]
enum Part {
    Text(String),
    Kid(Tree),
}

/// A statement grown from any of the rows.
pub fn statement(dice: &mut Dice, rows: &[&'static str]) -> (&'static str, Tree) {
    let row = dice.pick(rows).copied().unwrap_or("0");
    (row, expand(dice, row, DEPTH))
}

fn grow(dice: &mut Dice, name: &str, depth: usize) -> Tree {
    // Now and then something is wrong; not where a large number would take all memory and time.
    let bounded =
        matches!(name, "small" | "index" | "mod" | "huge" | "int" | "slice" | "part" | "op" | "cmp" | "error");
    let name = if !bounded && depth > 0 && dice.once_in(25) { "any" } else { name };
    let Some(kind) = grammar::kind(name) else { return leaf(name.to_string()) };
    let fits = |row: &&str| !row.starts_with("a=") && (depth > 0 || is_name(row));
    let rows: Vec<&'static str> = kind.rows.iter().copied().filter(fits).collect();
    let has_literals = kind.make.is_some() || !kind.words.is_empty();
    if !rows.is_empty() && (!has_literals || dice.once_in(2)) {
        let row = dice.pick(&rows).copied().unwrap_or("0");
        let depth = if is_name(row) { depth } else { depth.saturating_sub(1) };
        return expand(dice, row, depth);
    }
    literal(dice, kind)
}

fn literal(dice: &mut Dice, kind: &Kind) -> Tree {
    match kind.make {
        Some(make) if kind.words.is_empty() || dice.once_in(2) => leaf(make(dice)),
        _ => leaf(dice.pick(kind.words).copied().unwrap_or("0").to_string()),
    }
}

fn leaf(text: String) -> Tree {
    let closed = text.starts_with('-') || text.contains("**");
    Tree { parts: vec![Part::Text(text)], closed }
}

fn expand(dice: &mut Dice, row: &str, depth: usize) -> Tree {
    let mut parts = Vec::new();
    let mut rest = row;
    while let Some(at) = rest.find('$') {
        let (before, after) = rest.split_at(at);
        let after = after.trim_start_matches('$');
        let end = after.find(|c: char| !c.is_ascii_lowercase()).unwrap_or(after.len());
        let (name, next) = after.split_at(end);
        if !before.is_empty() {
            parts.push(Part::Text(before.to_string()));
        }
        parts.push(Part::Kid(grow(dice, name, depth)));
        rest = next;
    }
    if !rest.is_empty() {
        parts.push(Part::Text(rest.to_string()));
    }
    Tree { parts, closed: !is_name(row) && !row.starts_with("$part:") }
}

/// Whether a row only names a kind.
fn is_name(row: &str) -> bool {
    row.strip_prefix('$').is_some_and(|name| name.bytes().all(|byte| byte.is_ascii_lowercase()))
}

impl Tree {
    /// The program text of a statement.
    pub fn source(&self) -> String {
        let text = self.text();
        if text.starts_with("a=") { text } else { format!("r={text}") }
    }

    fn text(&self) -> String {
        let mut out = String::new();
        for part in &self.parts {
            match part {
                Part::Text(text) => out.push_str(text),
                Part::Kid(kid) if kid.closed => out.push_str(&format!("({})", kid.text())),
                Part::Kid(kid) => out.push_str(&kid.text()),
            }
        }
        out
    }

    fn kids(&self) -> impl Iterator<Item = &Tree> {
        self.parts.iter().filter_map(|part| match part {
            Part::Kid(kid) => Some(kid),
            Part::Text(_) => None,
        })
    }

    fn size(&self) -> usize {
        1 + self.kids().map(Tree::size).sum::<usize>()
    }

    /// The node at a place, counted from the top.
    fn at(&self, mut place: usize) -> Option<&Tree> {
        if place == 0 {
            return Some(self);
        }
        place -= 1;
        for kid in self.kids() {
            if place < kid.size() {
                return kid.at(place);
            }
            place -= kid.size();
        }
        None
    }

    /// The same with another node at a place.
    fn with(&self, mut place: usize, node: &Tree) -> Tree {
        if place == 0 {
            return node.clone();
        }
        place -= 1;
        let mut copy = self.clone();
        for part in &mut copy.parts {
            if let Part::Kid(kid) = part {
                if place < kid.size() {
                    *kid = kid.with(place, node);
                    return copy;
                }
                place -= kid.size();
            }
        }
        copy
    }

    /// Smaller statements that may still show the same.
    pub fn smaller(&self) -> Vec<Tree> {
        let whole = self.source().len();
        let mut found: Vec<Tree> = Vec::new();
        for place in 0..self.size() {
            let Some(node) = self.at(place) else { continue };
            found.extend(node.kids().map(|kid| self.with(place, kid)));
            if place > 0 {
                found.extend(PLAIN.iter().map(|plain| self.with(place, &leaf((*plain).to_string()))));
            }
            if let [Part::Text(text)] = node.parts.as_slice() {
                found.extend(shorter(text).into_iter().map(|text| self.with(place, &leaf(text))));
            }
        }
        found.retain(|tree| tree.source().len() < whole);
        found.sort_by_key(|tree| tree.source().len());
        found.dedup_by_key(|tree| tree.source());
        found
    }
}

/// A literal without one of its characters.
fn shorter(text: &str) -> Vec<String> {
    let chars: Vec<char> = text.chars().collect();
    let mut units: Vec<String> = Vec::new();
    let mut at = 0;
    while let Some(first) = chars.get(at) {
        let length = match (first, chars.get(at + 1)) {
            ('\\', Some('x')) => 4,
            ('\\', Some('u')) => 6,
            ('\\', Some('U')) => 10,
            ('\\', Some(_)) => 2,
            (_, _) => 1,
        };
        units.push(chars.iter().skip(at).take(length).collect());
        at += length;
    }
    (0..units.len())
        .map(|gone| units.iter().enumerate().filter(|(at, _)| *at != gone).map(|(_, unit)| unit.as_str()).collect())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows() -> Vec<&'static str> {
        grammar::kinds().flat_map(|kind| kind.rows).copied().collect()
    }

    #[test]
    fn every_name_in_a_row_is_a_kind() {
        for row in grammar::kinds().flat_map(|kind| kind.rows) {
            for piece in row.split('$').skip(1) {
                let end = piece.find(|c: char| !c.is_ascii_lowercase()).unwrap_or(piece.len());
                let name = piece.split_at(end).0;
                assert!(grammar::kind(name).is_some(), "{name} in {row}");
            }
        }
    }

    #[test]
    fn a_seed_repeats_its_statements() {
        let texts = |seed| {
            let mut dice = Dice::new(seed);
            (0..50).map(|_| statement(&mut dice, &rows()).1.source()).collect::<Vec<_>>()
        };
        assert_eq!(texts(3), texts(3));
        assert_ne!(texts(3), texts(4));
    }

    #[test]
    fn smaller_statements_are_shorter() {
        let mut dice = Dice::new(1);
        let (_, tree) = statement(&mut dice, &rows());
        assert!(tree.smaller().iter().all(|small| small.source().len() < tree.source().len()));
    }
}
