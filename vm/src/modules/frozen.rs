//! Modules written in Python, which hosts carry along. A file of the same name is found before them.

/// Their names and texts.
const ALL: [(&str, &str); 3] = [
    ("abc", include_str!("frozen/abc.py")),
    ("types", include_str!("frozen/types.py")),
    ("typing", include_str!("frozen/typing.py")),
];

/// The text of a module.
pub fn find(name: &str) -> Option<&'static str> {
    ALL.iter().find(|(other, _)| *other == name).map(|(_, text)| *text)
}
