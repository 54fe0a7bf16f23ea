//! Programs as trees of lines: their text, and smaller programs that may still show the same.

/// A line of Python with the lines inside it.
#[derive(Clone)]
pub struct Node {
    /// The line without its indentation.
    pub text: String,
    /// What is indented below it.
    pub kids: Vec<Node>,
}

/// What may stand for an expression in parentheses.
const PLAIN: &[&str] = &["1", "'a'", "[]"];

impl Node {
    /// A line with nothing inside.
    pub fn line(text: impl Into<String>) -> Node {
        Node { text: text.into(), kids: Vec::new() }
    }

    /// A line with lines inside.
    pub fn block(text: impl Into<String>, kids: Vec<Node>) -> Node {
        Node { text: text.into(), kids }
    }
}

/// The text of a program.
pub fn text(nodes: &[Node]) -> String {
    let mut out = String::new();
    write(&mut out, nodes, 0);
    out
}

fn write(out: &mut String, nodes: &[Node], depth: usize) {
    for node in nodes {
        out.extend(std::iter::repeat_n("    ", depth));
        out.push_str(&node.text);
        out.push('\n');
        if node.kids.is_empty() && node.text.ends_with(':') {
            out.extend(std::iter::repeat_n("    ", depth + 1));
            out.push_str("pass\n");
        }
        write(out, &node.kids, depth + 1);
    }
}

/// How many lines there are.
pub fn count(nodes: &[Node]) -> usize {
    nodes.iter().map(|node| 1 + count(&node.kids)).sum()
}

/// What to do with one line.
#[derive(Clone, Copy)]
enum Change<'a> {
    /// Leave it out, with all inside.
    Drop,
    /// Leave it out, but keep what is inside.
    Open,
    /// Another text.
    Text(&'a str),
}

fn changed(nodes: &[Node], place: &mut usize, change: Change) -> Vec<Node> {
    let mut out = Vec::new();
    for node in nodes {
        let here = *place == 0;
        *place = place.wrapping_sub(1);
        match (here, change) {
            (true, Change::Drop) => {}
            (true, Change::Open) => out.extend(node.kids.iter().cloned()),
            (true, Change::Text(text)) => out.push(Node::block(text, node.kids.clone())),
            (false, _) => out.push(Node::block(node.text.clone(), changed(&node.kids, place, change))),
        }
        if here {
            // The lines inside had places too, but none is looked for any more.
            *place = usize::MAX;
        }
    }
    out
}

fn at(nodes: &[Node], place: &mut usize) -> Option<Node> {
    for node in nodes {
        if *place == 0 {
            return Some(node.clone());
        }
        *place -= 1;
        if let Some(found) = at(&node.kids, place) {
            return Some(found);
        }
    }
    None
}

/// The program without one line: first with all inside it gone too, then with that kept.
pub fn without(nodes: &[Node], place: usize) -> Vec<Vec<Node>> {
    let Some(node) = at(nodes, &mut place.clone()) else { return Vec::new() };
    let mut found = vec![changed(nodes, &mut place.clone(), Change::Drop)];
    if !node.kids.is_empty() {
        found.push(changed(nodes, &mut place.clone(), Change::Open));
    }
    found
}

/// The program with an expression of one line made simpler.
pub fn simplified(nodes: &[Node], place: usize) -> Vec<Vec<Node>> {
    let Some(node) = at(nodes, &mut place.clone()) else { return Vec::new() };
    simpler(&node.text).iter().map(|text| changed(nodes, &mut place.clone(), Change::Text(text))).collect()
}

/// The line with something plain, or something from inside, for an expression in parentheses.
fn simpler(text: &str) -> Vec<String> {
    let groups = groups(text);
    let mut found = Vec::new();
    for &(start, end) in &groups {
        let (Some(before), Some(after)) = (text.get(..start), text.get(end..)) else { continue };
        let inner = groups.iter().filter(|(s, e)| start < *s && *e < end);
        let inner = inner.filter_map(|&(s, e)| text.get(s..e));
        for piece in inner.chain(PLAIN.iter().copied()) {
            if piece.len() < end - start {
                found.push(format!("{before}{piece}{after}"));
            }
        }
    }
    found.sort_by_key(String::len);
    found
}

/// Where expressions in parentheses are; not the arguments of calls.
fn groups(text: &str) -> Vec<(usize, usize)> {
    let mut open = Vec::new();
    let mut found = Vec::new();
    let mut last = ' ';
    for (at, c) in text.char_indices() {
        if c == '(' {
            open.push((at, last.is_alphanumeric() || last == '_' || last == ')' || last == ']'));
        } else if c == ')'
            && let Some((start, is_call)) = open.pop()
            && !is_call
        {
            found.push((start, at + 1));
        }
        last = c;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn program() -> Vec<Node> {
        vec![
            Node::block("if (a + (b)):", vec![Node::line("f(1)"), Node::block("else:", Vec::new())]),
            Node::line("return (x)"),
        ]
    }

    #[test]
    fn text_is_indented_and_empty_blocks_pass() {
        assert_eq!(text(&program()), "if (a + (b)):\n    f(1)\n    else:\n        pass\nreturn (x)\n");
    }

    #[test]
    fn smaller_programs_lack_a_line_or_an_expression() {
        let texts = |found: Vec<Vec<Node>>| found.iter().map(|nodes| text(nodes)).collect::<Vec<_>>();
        assert_eq!(texts(without(&program(), 0)), ["return (x)\n", "f(1)\nelse:\n    pass\nreturn (x)\n"]);
        assert!(texts(without(&program(), 9)).is_empty());
        assert!(texts(simplified(&program(), 0)).iter().any(|text| text.starts_with("if (b):\n")));
        assert!(texts(simplified(&program(), 3)).contains(&text(&program()).replace("(x)", "1")));
    }
}
