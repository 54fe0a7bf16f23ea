//! `romfs build` and `--manifest`: images of directories, and of the files that a manifest names.

use std::convert::Infallible;
use std::ffi::OsString;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use vm::compile::Target;
use vm::rom::{Found, Image, write};

use crate::args::{self, Action, Options};
use crate::compile;
use crate::manifest::{self, Kind};
use crate::report;

const USAGE: &str = "\
usage: pyrite-cross romfs build DIR [-o OUT] [--no-mpy] [<opts>]
       pyrite-cross romfs list IMAGE
       pyrite-cross --manifest FILE -o OUT [--var NAME=PATH]... [<opts>]
Builds images of ROMFS: of a directory, or of the modules that a manifest.py names, to be frozen.
-o : the image (of a directory: its name with .romfs)
--no-mpy : .py files stay text; else they are compiled to .mpy, which runs in place
--var : what $(NAME) stands for in paths of the manifest, such as MPY_LIB_DIR
<opts> : those of the compiler, such as -O3, -march or -X target=pyrite
";

/// Whether a command line is for this module.
pub fn is_meant(args: &[OsString]) -> bool {
    args.get(1).is_some_and(|word| word == "romfs") || args.iter().any(|word| word == "--manifest")
}

/// What a command line says.
#[derive(Default)]
struct Words {
    plain: Vec<String>,
    output: Option<String>,
    manifest: Option<String>,
    variables: Vec<String>,
    is_text: bool,
    rest: Vec<OsString>,
}

/// Does what the command line says and gives what is to be printed; an error is a text for people.
pub fn run(args: &[OsString]) -> Result<String, String> {
    let words = words(args)?;
    let options = options(&words)?;
    let plain: Vec<&str> = words.plain.iter().map(String::as_str).collect();
    match (&words.manifest, plain.as_slice()) {
        (Some(manifest), []) => {
            let output = words.output.as_ref().ok_or_else(|| format!("--manifest needs -o\n{USAGE}"))?;
            let mut log = String::new();
            let image = frozen(manifest, &words.variables, &options, &mut log)?;
            save(output, &image, log)
        }
        (None, ["romfs", "build", folder]) => {
            let folder = folder.trim_end_matches('/');
            let output = words.output.clone().unwrap_or_else(|| format!("{folder}.romfs"));
            let mut builder =
                Builder { options: &options, is_text: words.is_text, log: String::new(), compiled: 0, kept: 0 };
            let records = builder.records(Path::new(folder), "")?;
            let Builder { mut log, compiled, kept, .. } = builder;
            if compiled > 0 {
                let _ = writeln!(log, "{compiled} .py files were compiled to .mpy (--no-mpy keeps them)");
            }
            if kept > 0 {
                let _ = writeln!(log, "{kept} .py files stay text: importing them takes memory for their code");
            }
            save(&output, &image(&records), log)
        }
        (None, ["romfs", "list", image]) => list(image),
        _ => Err(USAGE.into()),
    }
}

fn words(args: &[OsString]) -> Result<Words, String> {
    let mut words = Words::default();
    let mut rest = args.iter().skip(1);
    while let Some(word) = rest.next() {
        let text = word.to_str().ok_or(USAGE)?;
        let mut value = || rest.next().and_then(|word| word.to_str()).map(String::from).ok_or(USAGE);
        match text {
            "-o" => words.output = Some(value()?),
            "--manifest" => words.manifest = Some(value()?),
            "--var" => words.variables.push(value()?),
            "--no-mpy" => words.is_text = true,
            "--mpy" => words.is_text = false,
            "-X" | "-s" => words.rest.extend([word.clone(), value()?.into()]),
            _ if text.starts_with('-') => words.rest.push(word.clone()),
            _ => words.plain.push(text.into()),
        }
    }
    if words.variables.iter().any(|variable| !variable.contains('=')) { Err(USAGE.into()) } else { Ok(words) }
}

/// The compiler's options. What is frozen is meant for ourselves.
fn options(words: &Words) -> Result<Options, String> {
    let mut line: Vec<OsString> = vec!["pyrite-cross".into()];
    line.extend(words.rest.iter().cloned());
    line.push("-".into());
    match args::parse(&line) {
        Action::Compile(options) if words.manifest.is_some() => Ok(Options { target: Target::Pyrite, ..options }),
        Action::Compile(options) => Ok(options),
        Action::Refuse(message) => Err(format!("{message}\n")),
        Action::Usage | Action::Version => Err(USAGE.into()),
    }
}

fn save(output: &str, image: &[u8], mut log: String) -> Result<String, String> {
    fs::write(output, image).map_err(|error| format!("{output}: {error}\n"))?;
    let _ = writeln!(log, "{output}: {} bytes", image.len());
    Ok(log)
}

/// Makes records of a directory.
struct Builder<'a> {
    options: &'a Options,
    is_text: bool,
    log: String,
    compiled: usize,
    kept: usize,
}

impl Builder<'_> {
    fn records(&mut self, folder: &Path, inside: &str) -> Result<Vec<u8>, String> {
        let wrong = |error: std::io::Error| format!("{}: {error}\n", folder.display());
        let mut names = Vec::new();
        for entry in fs::read_dir(folder).map_err(wrong)? {
            let name = entry.map_err(wrong)?.file_name().into_string();
            names.push(name.map_err(|name| format!("{}: {name:?} is no UTF-8\n", folder.display()))?);
        }
        names.sort();
        let mut records = Vec::new();
        for name in names.iter().filter(|name| *name != "__pycache__") {
            let (path, place) = (folder.join(name), format!("{inside}/{name}"));
            if path.is_dir() {
                let nested = self.records(&path, &place)?;
                directory(name, &nested, &mut records);
                continue;
            }
            let mut content = fs::read(&path).map_err(|error| format!("{}: {error}\n", path.display()))?;
            let mut own = name.clone();
            let mut note = "";
            if let Some(stem) = name.strip_suffix(".py") {
                let code = format!("{stem}.mpy");
                if self.is_text {
                    self.kept += 1;
                } else if names.contains(&code) {
                    self.kept += 1;
                    note = " (not compiled: there is a .mpy beside it, which import finds only without the .py)";
                } else {
                    content = compiled(&content, &path.to_string_lossy(), self.options)?;
                    self.compiled += 1;
                    (own, note) = (code, " -> .mpy");
                }
            }
            let _ = writeln!(self.log, "{place}{note}");
            file(&own, &content, &mut records);
        }
        Ok(records)
    }
}

fn compiled(source: &[u8], name: &str, options: &Options) -> Result<Vec<u8>, String> {
    compile::compile(source, name, options)
        .map(|compiled| compiled.bytes)
        .map_err(|error| report::error(&error, source, name))
}

/// A directory that files are gathered in.
#[derive(Default)]
struct Folder {
    folders: std::collections::BTreeMap<String, Folder>,
    files: std::collections::BTreeMap<String, (String, Vec<u8>)>,
}

impl Folder {
    fn records(&self) -> Vec<u8> {
        let mut records = Vec::new();
        for (name, folder) in &self.folders {
            directory(name, &folder.records(), &mut records);
        }
        for (name, (_, content)) in &self.files {
            file(name, content, &mut records);
        }
        records
    }
}

/// The image of what a manifest names.
fn frozen(path: &str, variables: &[String], options: &Options, log: &mut String) -> Result<Vec<u8>, String> {
    let mut root = Folder::default();
    let variables: Vec<String> = variables.iter().map(|variable| absolute(variable)).collect();
    for found in manifest::files(path, &variables)? {
        let mut content = fs::read(&found.path).map_err(|error| format!("{}: {error}\n", found.path))?;
        let mut name = found.name.clone();
        if found.kind == Kind::Compiled {
            let is_tagged = content.windows(13).any(|piece| piece == b"__version__ =");
            if !found.version.is_empty() && !is_tagged {
                content.extend_from_slice(format!("\n\n__version__ = {:?}\n", found.version).as_bytes());
            }
            let how = Options { optimise: options.optimise.max(found.optimise), ..options.clone() };
            content = compiled(&content, &found.name, &how)?;
            name = format!("{}.mpy", name.strip_suffix(".py").unwrap_or(&name));
        }
        let _ = writeln!(log, "{} -> {name}", found.path);
        let (folders, last) = name.rsplit_once('/').unwrap_or(("", &name));
        let folder = folders
            .split('/')
            .filter(|part| !part.is_empty())
            .fold(&mut root, |folder, part| folder.folders.entry(part.into()).or_default());
        if let Some((other, old)) = folder.files.insert(last.into(), (found.path.clone(), content.clone()))
            && old != content
        {
            return Err(format!("{name} is frozen twice: from {other} and from {}\n", found.path));
        }
    }
    Ok(image(&root.records()))
}

/// A variable's value as a path that does not depend on the directory.
fn absolute(variable: &str) -> String {
    match variable.split_once('=') {
        Some((name, path)) => match fs::canonicalize(path) {
            Ok(path) => format!("{name}={}", path.display()),
            Err(_) => variable.into(),
        },
        None => variable.into(),
    }
}

fn list(path: &str) -> Result<String, String> {
    let bytes = fs::read(path).map_err(|error| format!("{path}: {error}\n"))?;
    let image = Image::open(&bytes).ok_or_else(|| format!("{path}: this is no ROMFS image, or not all of it\n"))?;
    let mut out = String::new();
    let Found::Directory(root) = image.find(b"") else { return Ok(out) };
    match show(&bytes, &image, root, "", &mut out, DEEPEST) {
        true => Ok(out),
        false => Err(format!("{out}{path}: the image is damaged behind this\n")),
    }
}

/// Directories in an image may nest so deep to be listed.
const DEEPEST: usize = 100;

/// Whether a directory is whole.
fn show(
    bytes: &[u8],
    image: &Image<'_>,
    inside: std::ops::Range<usize>,
    above: &str,
    out: &mut String,
    depth: usize,
) -> bool {
    if depth == 0 {
        return false;
    }
    let mut walk = image.walk(inside);
    for entry in walk.by_ref() {
        let name = String::from_utf8_lossy(bytes.get(entry.name).unwrap_or(&[]));
        match entry.found {
            Found::File(content) => {
                let _ = writeln!(out, "{:8} {above}/{name}", content.len());
            }
            Found::Directory(inside) => {
                let _ = writeln!(out, "         {above}/{name}/");
                if !show(bytes, image, inside, &format!("{above}/{name}"), out, depth - 1) {
                    return false;
                }
            }
            Found::Missing | Found::Corrupt => return false,
        }
    }
    !walk.broken
}

fn file(name: &str, content: &[u8], to: &mut Vec<u8>) {
    let Ok(()) = write::file(name, content, &mut appended(to));
}

fn directory(name: &str, records: &[u8], to: &mut Vec<u8>) {
    let Ok(()) = write::directory(name, records, &mut appended(to));
}

fn image(records: &[u8]) -> Vec<u8> {
    let mut all = Vec::new();
    let Ok(()) = write::image(records, &mut appended(&mut all));
    all
}

fn appended(to: &mut Vec<u8>) -> impl FnMut(&[u8]) -> Result<(), Infallible> + '_ {
    |piece| {
        to.extend_from_slice(piece);
        Ok(())
    }
}
