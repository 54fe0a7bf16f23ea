//! A profile as a file: for speedscope, or as stacks that flame graphs are drawn from.

use std::collections::{BTreeMap, HashMap};
use std::io::{Result, Write};

use vm::Vm;
use vm::qstr::Qstr;

use super::Collected;

/// One place as it is shown.
struct Shown<'a> {
    name: &'a str,
    file: &'a str,
    line: u64,
    kind: &'static str,
}

/// What stands where no Python runs: at the start and the end.
const NONE: &str = "(no Python)";

fn shown<'a>(vm: &'a Vm, words: [u64; 2]) -> Shown<'a> {
    let [names, place] = words;
    Shown {
        name: vm.text_of_name(Qstr((names >> 32) as u32)),
        file: vm.text_of_name(Qstr(names as u32)),
        line: place >> 1,
        kind: if place & 1 != 0 { " [machine code]" } else { "" },
    }
}

/// Stacks, the outermost function first, each with the microseconds that it ran.
pub(super) fn collapsed(vm: &Vm, collected: &Collected, out: &mut impl Write) -> Result<()> {
    let mut times = vec![0; collected.stacks.len()];
    for &(stack, ns) in &collected.samples {
        times[stack] += ns;
    }
    let mut lines = BTreeMap::new();
    for (words, number) in &collected.stacks {
        let places = words.as_chunks::<2>().0.iter().rev().map(|words| {
            let Shown { name, file, line, kind } = shown(vm, *words);
            // These two end a place and a stack.
            format!("{name}{kind} ({file}:{line})").replace([';', '\n'], " ")
        });
        let text = places.collect::<Vec<_>>().join(";");
        *lines.entry(if text.is_empty() { NONE.into() } else { text }).or_insert(0) += times[*number];
    }
    for (text, ns) in lines {
        writeln!(out, "{text} {}", ns.div_ceil(1000))?;
    }
    out.flush()
}

/// The file format of speedscope: its page describes it under "importing from custom sources".
pub(super) fn speedscope(vm: &Vm, collected: &Collected, out: &mut impl Write) -> Result<()> {
    let mut frames: HashMap<[u64; 2], usize> = HashMap::new();
    let mut all = Vec::new();
    let mut stacks = vec![Vec::new(); collected.stacks.len()];
    for (words, number) in &collected.stacks {
        for words in words.as_chunks::<2>().0.iter().rev() {
            let frame = *frames.entry(*words).or_insert_with(|| {
                all.push(*words);
                all.len() - 1
            });
            stacks[*number].push(frame);
        }
    }
    let total: u64 = collected.samples.iter().map(|(_, ns)| ns.div_ceil(1000)).sum();
    write!(out, "{{\"$schema\": \"https://www.speedscope.app/file-format-schema.json\",\n\"exporter\": \"pyrite\",\n")?;
    write!(out, "\"shared\": {{\"frames\": [")?;
    for (at, words) in all.iter().enumerate() {
        let Shown { name, file, line, kind } = shown(vm, *words);
        let sep = if at == 0 { "" } else { "," };
        let (name, file) = (quoted(&format!("{name}{kind}")), quoted(file));
        write!(out, "{sep}\n{{\"name\": {name}, \"file\": {file}, \"line\": {line}}}")?;
    }
    write!(out, "]}},\n\"profiles\": [{{\"type\": \"sampled\", \"name\": \"Python\", \"unit\": \"microseconds\", ")?;
    write!(out, "\"startValue\": 0, \"endValue\": {total},\n\"samples\": [")?;
    for (at, (stack, _)) in collected.samples.iter().enumerate() {
        let stack: Vec<String> = stacks[*stack].iter().map(usize::to_string).collect();
        write!(out, "{}[{}]", if at == 0 { "" } else { ",\n" }, stack.join(","))?;
    }
    write!(out, "],\n\"weights\": [")?;
    for (at, (_, ns)) in collected.samples.iter().enumerate() {
        write!(out, "{}{}", if at == 0 { "" } else { "," }, ns.div_ceil(1000))?;
    }
    writeln!(out, "]}}]}}")?;
    out.flush()
}

/// A text as JSON has it.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if c < ' ' => out.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn texts_are_quoted() {
        assert_eq!(quoted("a\"b\\c\nd\u{e9}"), "\"a\\\"b\\\\c\\u000ad\u{e9}\"");
    }
}
