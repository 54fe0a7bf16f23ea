//! Where lines come from: an editor on a terminal, else plain standard input.

use std::io::IsTerminal;
use std::path::PathBuf;

use rustyline::completion::Completer;
use rustyline::error::ReadlineError;
use rustyline::highlight::Highlighter;
use rustyline::hint::Hinter;
use rustyline::history::FileHistory;
use rustyline::validate::Validator;
use rustyline::{CompletionType, Config, Context, Helper};
use vm::Vm;
use vm::modules::builtins;
use vm::types::module;
use vm::value::Obj;

/// What came of asking for a line.
pub enum Typed {
    /// A line, or a pasted block, without the line end.
    Text(String),
    /// Ctrl-C.
    Interrupt,
    /// Ctrl-D, or the end of the input.
    End,
}

/// A source of lines.
pub enum Editor {
    /// A person at a terminal.
    Terminal(Box<rustyline::Editor<Names, FileHistory>>),
    /// A pipe or a file.
    Plain,
}

impl Editor {
    /// The editor that suits standard input.
    pub fn new() -> Editor {
        if !(std::io::stdin().is_terminal() && std::io::stdout().is_terminal()) {
            return Editor::Plain;
        }
        let config = Config::builder().completion_type(CompletionType::List).build();
        let Ok(mut editor) = rustyline::Editor::with_config(config) else { return Editor::Plain };
        editor.set_helper(Some(Names::default()));
        if let Some(file) = history_file() {
            // The first time there is none.
            let _ = editor.load_history(&file);
        }
        Editor::Terminal(Box::new(editor))
    }

    /// Learns the names that completion offers.
    pub fn know(&mut self, vm: &Vm) {
        if let Editor::Terminal(editor) = self
            && let Some(helper) = editor.helper_mut()
        {
            helper.learn(vm);
        }
    }

    /// Shows the prompt and reads a line; `indent` is there already on a terminal.
    pub fn line(&mut self, vm: &mut Vm, prompt: &str, indent: &str) -> Typed {
        match self {
            Editor::Terminal(editor) => {
                vm.port.flush();
                match editor.readline_with_initial(prompt, (indent, "")) {
                    Ok(line) => Typed::Text(line),
                    Err(ReadlineError::Interrupted) => Typed::Interrupt,
                    Err(_) => Typed::End,
                }
            }
            Editor::Plain => {
                vm.port.write_out(prompt.as_bytes());
                let typed = plain_line(vm);
                if !matches!(typed, Typed::Text(_)) {
                    vm.port.write_out(b"\n");
                }
                typed
            }
        }
    }

    /// Puts a block into the history.
    pub fn remember(&mut self, text: &str) {
        if let Editor::Terminal(editor) = self
            && !text.trim().is_empty()
        {
            // History is a comfort: no disk must not stop the prompt.
            let _ = editor.add_history_entry(text);
            if let Some(file) = history_file() {
                let _ = editor.append_history(&file);
            }
        }
    }
}

fn plain_line(vm: &mut Vm) -> Typed {
    let mut line = Vec::new();
    let mut byte = [0];
    loop {
        match vm.port.read_in(&mut byte) {
            Ok(0) if line.is_empty() => return Typed::End,
            Ok(0) => break,
            Ok(_) if byte == *b"\n" => break,
            Ok(_) => line.extend_from_slice(&byte),
            Err(_) if vm.port.interrupted() => return Typed::Interrupt,
            Err(_) => return Typed::End,
        }
    }
    if line.last() == Some(&b'\r') {
        line.pop();
    }
    Typed::Text(String::from_utf8_lossy(&line).into_owned())
}

/// Shared with upstream.
fn history_file() -> Option<PathBuf> {
    Some(PathBuf::from(std::env::var_os("HOME")?).join(".micropython.history"))
}

/// Words that start or join statements.
const KEYWORDS: [&str; 35] = [
    "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue", "def", "del",
    "elif", "else", "except", "finally", "for", "from", "global", "if", "import", "in", "is", "lambda", "nonlocal",
    "not", "or", "pass", "raise", "return", "try", "while", "with", "yield",
];

/// Names to complete: globals, what is in modules among them, built-in names.
#[derive(Default)]
pub struct Names(Vec<String>);

impl Names {
    fn learn(&mut self, vm: &Vm) {
        self.0.clear();
        self.0.extend(KEYWORDS.map(String::from));
        self.0.extend(builtins::TABLE.iter().map(|row| vm.text_of_name(row.name).into()));
        let mut from = 0;
        while let Some((at, key, value)) = vm.main_globals.map.next(from) {
            from = at + 1;
            let Some(name) = key.as_name() else { continue };
            let name = vm.text_of_name(name);
            self.0.push(name.into());
            self.learn_module(vm, name, value);
        }
        self.0.sort();
        self.0.dedup();
    }

    fn learn_module(&mut self, vm: &Vm, prefix: &str, value: Obj) {
        let Some(globals) = module::globals(value) else { return };
        let mut from = 0;
        while let Some((at, key, _)) = globals.map.next(from) {
            from = at + 1;
            if let Some(name) = key.as_name() {
                self.0.push(format!("{prefix}.{}", vm.text_of_name(name)));
            }
        }
    }
}

impl Completer for Names {
    type Candidate = String;

    fn complete(&self, line: &str, pos: usize, _: &Context<'_>) -> rustyline::Result<(usize, Vec<String>)> {
        let before = line.get(..pos).unwrap_or("");
        let is_part = |char: char| char.is_alphanumeric() || char == '_' || char == '.';
        let start = before
            .rfind(|char| !is_part(char))
            .map_or(0, |at| at + before.get(at..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8));
        let word = before.get(start..).unwrap_or("");
        if word.is_empty() {
            // Nothing to complete: the key indents.
            return Ok((pos, vec!["    ".into()]));
        }
        let depth = word.matches('.').count();
        let fits = |name: &&String| name.starts_with(word) && name.matches('.').count() == depth;
        let private = word.rsplit('.').next().is_some_and(|last| last.starts_with('_'));
        let shown = |name: &&String| private || !name.rsplit('.').next().is_some_and(|last| last.starts_with('_'));
        Ok((start, self.0.iter().filter(fits).filter(shown).cloned().collect()))
    }
}

impl Hinter for Names {
    type Hint = String;
}

impl Highlighter for Names {}
impl Validator for Names {}
impl Helper for Names {}
