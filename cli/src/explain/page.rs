//! Reports as one page: source lines on the left, what became of each on the right. Nothing is loaded from elsewhere, and
//! without scripts it is still all there: the links of the lines lead to what belongs to them.

use std::fmt::{Display, Formatter, Result, Write};

use emitters::explain::{Line, NoteKind, Report};
use emitters::trace::{Held, Version};
use vm::compile::code::Kind;

use super::{Group, Source, counts, disassembled, groups, kept, label, summary};

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// Writes the page of a file.
pub fn write(file: &str, reports: &[Report], source: &Source<'_>, out: &mut dyn Write) -> Result {
    let name = Plain(file);
    write!(
        out,
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; \
         script-src 'unsafe-inline'\">\n<title>{name} explained</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n\
         <header><h1>{name}</h1>\n<p>Choose a line with the mouse, with Tab and Enter, or with the up and down keys. \
         <label><input type=\"checkbox\" id=\"general\"> show the general version</label></p></header>\n<main>\n"
    )?;
    sources(reports, source, out)?;
    out.write_str("<div id=\"made\">\n")?;
    for (number, report) in reports.iter().enumerate() {
        function(number, report, source, out)?;
    }
    write!(out, "</div>\n</main>\n<script>\n{SCRIPT}</script>\n</body>\n</html>\n")
}

/// All lines of the file, each a link to what became of it.
fn sources(reports: &[Report], source: &Source<'_>, out: &mut dyn Write) -> Result {
    out.write_str("<nav id=\"source\" aria-label=\"Source lines\">\n")?;
    for (at, text) in source.0.iter().enumerate() {
        let number = at as u32 + 1;
        // The line that only starts a function belongs to it more than to the one around it.
        let found = reports.iter().enumerate().rev().find_map(|(function, report)| {
            let line = report.lines.iter().find(|line| line.number == number)?;
            Some((function, report, line))
        });
        let text = Plain(text);
        match found {
            Some((function, report, line)) => {
                let (class, badge) = weight(report, line);
                writeln!(
                    out,
                    "<a class=\"line {class}\" href=\"#f{function}-{number}\" data-to=\"f{function}-{number}\"><b>{number}</b>\
                     <code>{text}</code><i>{badge}</i></a>"
                )?;
            }
            None => writeln!(out, "<span class=\"line\"><b>{number}</b><code>{text}</code></span>")?,
        }
    }
    out.write_str("</nav>\n")
}

/// How a line runs: a class for its colour, and what is said beside it.
fn weight(report: &Report, line: &Line) -> (&'static str, String) {
    if report.kind == Kind::Bytecode || report.refused.is_some() {
        return ("bytecode", "bytecode".into());
    }
    let (calls, guards) = (line.count(NoteKind::Helper), line.count(NoteKind::Guard));
    let rest = line.count(NoteKind::Fallback) + line.count(NoteKind::Check);
    let badge = [(calls, "calls"), (guards, "guards"), (rest, "tests")]
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, name)| format!("{count} {}", if count == 1 { name.trim_end_matches('s') } else { name }));
    let badge = badge.collect::<Vec<_>>().join(", ");
    (
        if calls > 0 {
            "calls"
        } else if guards + rest > 0 {
            "guarded"
        } else {
            "pure"
        },
        badge,
    )
}

fn function(number: usize, report: &Report, source: &Source<'_>, out: &mut dyn Write) -> Result {
    let machine = report.kind != Kind::Bytecode && report.refused.is_none();
    let mut says = String::new();
    summary(report, &mut says)?;
    writeln!(
        out,
        "<section class=\"function\">\n<h2 id=\"f{number}\">{}</h2>\n<p>{}</p>",
        Plain(&report.name),
        Plain(&says)
    )?;
    if machine {
        writeln!(out, "<p class=\"counts\">{}</p>", counts(|kind| report.count(kind)))?;
    }
    let all = disassembled(report);
    for line in &report.lines {
        let text = Plain(source.line(line.number).trim());
        writeln!(
            out,
            "<section class=\"of\" id=\"f{number}-{}\" data-line=\"{}\" tabindex=\"-1\">",
            line.number, line.number
        )?;
        writeln!(out, "<h3>{} <code>{text}</code></h3>", line.number)?;
        told(line, out)?;
        rows(&groups(line, &all), machine, out)?;
        out.write_str("</section>\n")?;
    }
    out.write_str("</section>\n")
}

/// What is known and what is checked.
fn told(line: &Line, out: &mut dyn Write) -> Result {
    if line.values.is_empty() && line.notes.is_empty() {
        return Ok(());
    }
    out.write_str("<ul>\n")?;
    for value in &line.values {
        let name = if let Held::Machine(name) = value.held { format!(" ({name})") } else { String::new() };
        writeln!(out, "<li class=\"value\">{}: {}{name}</li>", Plain(&value.from), kept(value.held))?;
    }
    for note in &line.notes {
        let class = match note.kind {
            NoteKind::Helper => "call",
            NoteKind::Guard => "guard",
            NoteKind::Fallback | NoteKind::Check | NoteKind::Poll => "test",
            NoteKind::Direct | NoteKind::Inline => "good",
        };
        let times = if note.count > 1 { format!(" &times;{}", note.count) } else { String::new() };
        writeln!(out, "<li class=\"{class}\"><b>{}{times}</b> {}</li>", label(note.kind), Plain(&note.text))?;
    }
    out.write_str("</ul>\n")
}

/// Bytecode, IR and machine code side by side, a row for each operation.
fn rows(groups: &[Group], machine: bool, out: &mut dyn Write) -> Result {
    if groups.is_empty() {
        return Ok(());
    }
    out.write_str("<table><thead><tr><th>bytecode</th>")?;
    if machine {
        out.write_str("<th>IR</th><th>machine code</th>")?;
    }
    out.write_str("</tr></thead><tbody>\n")?;
    for group in groups {
        out.write_str("<tr><td><pre>")?;
        if let Some(offset) = group.offset {
            write!(out, "{offset:3} ")?;
        }
        write!(out, "{}</pre></td>", Plain(&group.op))?;
        if machine {
            out.write_str("<td><pre>")?;
            for inst in &group.insts {
                piece(inst.seldom, inst.version, &inst.text, out)?;
            }
            out.write_str("</pre></td><td><pre>")?;
            for code in &group.code {
                piece(code.seldom, code.version, &format!("{:4x}  {}", code.offset, code.text), out)?;
            }
            out.write_str("</pre></td>")?;
        }
        out.write_str("</tr>\n")?;
    }
    out.write_str("</tbody></table>\n")
}

fn piece(seldom: bool, version: Version, text: &str, out: &mut dyn Write) -> Result {
    let class = match (version, seldom) {
        (Version::General, _) => "general",
        (Version::Fast, true) => "cold",
        (Version::Fast, false) => "hot",
    };
    // The end of the line goes away with its text.
    write!(out, "<span class=\"{class}\">{}\n</span>", Plain(text))
}

/// Text with what means something in HTML written out.
struct Plain<'a>(&'a str);

impl Display for Plain<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        for part in self.0.split_inclusive(['&', '<', '>', '"']) {
            let (text, last) = match part.as_bytes().last() {
                Some(b'&') => (part.len() - 1, "&amp;"),
                Some(b'<') => (part.len() - 1, "&lt;"),
                Some(b'>') => (part.len() - 1, "&gt;"),
                Some(b'"') => (part.len() - 1, "&quot;"),
                Some(_) | None => (part.len(), ""),
            };
            f.write_str(part.get(..text).unwrap_or(""))?;
            f.write_str(last)?;
        }
        Ok(())
    }
}
