//! The program under test and how each kind of test is given to it.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use super::Options;
use crate::command::{self, End};
use crate::{read, root, target_dir};

/// How long a test may take.
const LIMIT: Duration = Duration::from_secs(30);
/// The same when everything is slow on purpose.
const SLOW_LIMIT: Duration = Duration::from_secs(300);

/// What stands behind the output of a test that a signal ended, or that did not end. Nothing explains such an end.
pub const SIGNAL: &[u8] = b"SIGNAL CRASH";
/// As above.
pub const TIMEOUT: &[u8] = b"TIMEOUT";

/// The program under test.
pub struct Target {
    /// The folder with the tests.
    pub suite: PathBuf,
    /// Which emitter ordinary tests ask for.
    pub emit: String,
    exe: PathBuf,
    mpy_cross: Option<PathBuf>,
    module_path: String,
    with: Vec<String>,
}

impl Target {
    /// The program that the options name, or our own, built first.
    pub(super) fn new(options: &Options) -> Result<Target, String> {
        let exe = match &options.exe {
            Some(path) => path.clone(),
            None => {
                command::show(Command::new("cargo").args(["build", "--release", "-p", "cli"]).current_dir(root()))?;
                target_dir().join("release/pyrite")
            }
        };
        let mpy_cross = match (&options.mpy_cross, options.via_mpy) {
            (Some(path), true) => Some(std::fs::canonicalize(path).map_err(|e| format!("{}: {e}", path.display()))?),
            (None, true) => Some(target_dir().join("release/pyrite-cross")),
            (_, false) => None,
        };
        let mut target = Target::peer(&options.suite, &exe)?;
        target.emit.clone_from(&options.emit);
        target.with.clone_from(&options.with);
        target.mpy_cross = mpy_cross;
        Ok(target)
    }

    /// A program as it is when no option asks for anything.
    pub fn peer(suite: &Path, exe: &Path) -> Result<Target, String> {
        let exe = std::fs::canonicalize(exe).map_err(|e| format!("{}: {e}", exe.display()))?;
        let checkout = suite.parent().unwrap_or(Path::new("/")).display().to_string();
        Ok(Target {
            suite: suite.to_path_buf(),
            emit: "bytecode".to_string(),
            exe,
            mpy_cross: None,
            module_path: format!(".frozen:{checkout}/extmod:{checkout}/lib/micropython-lib/python-stdlib/unittest"),
            with: Vec::new(),
        })
    }

    /// The output of one test, with the marks that its end calls for.
    pub fn run(&self, test: &str) -> Result<Vec<u8>, String> {
        let caught = if is_special(test) {
            let path = if test.starts_with("cmdline/") { PathBuf::from(test) } else { self.suite.join(test) };
            command::catch(
                self.limited().args(cmdline(&self.suite.join(test))?).arg(path).current_dir(&self.suite),
                self.limit(),
            )?
        } else if let Some(cross) = &self.mpy_cross {
            self.run_via_mpy(cross, test)?
        } else {
            let path = self.suite.join(test);
            let folder = path.parent().unwrap_or(&self.suite);
            command::catch(self.ordinary().arg(&path).current_dir(folder), self.limit())?
        };
        Ok(match caught.end {
            // What such a program printed is not looked at: status 0 is part of what is tested.
            End::Status(1..) if is_special(test) => b"CRASH".to_vec(),
            End::Status(_) | End::Signal(_) | End::TimedOut => marked(&caught),
        })
    }

    /// The output of the module of this name in a folder, run as a test's program beside that test.
    pub fn run_module(&self, test: &str, folder: &Path, module: &str) -> Result<Vec<u8>, String> {
        let mut command = self.ordinary();
        command.env("MICROPYPATH", format!("{}:{}", folder.display(), self.module_path)).args(["-m", module]);
        let path = self.suite.join(test);
        command.current_dir(path.parent().unwrap_or(&self.suite));
        Ok(marked(&command::catch(&mut command, self.limit())?))
    }

    /// What a text prints.
    pub fn command(&self, text: &str) -> Result<String, String> {
        Ok(command::catch(self.ordinary().args(["-c", text]), self.limit())?.text())
    }

    fn run_via_mpy(&self, cross: &Path, test: &str) -> Result<command::Caught, String> {
        let path = self.suite.join(test);
        let folder = path.parent().unwrap_or(&self.suite);
        let name = test.replace(['/', '.'], "_");
        let module = format!("pyrite_{}_{name}", std::process::id());
        let file = folder.join(format!("{module}.mpy"));
        let emit = format!("emit={}", self.emit);
        let mut compile = Command::new(cross);
        compile.args(["-march=x64", "-X", &emit, "-o"]).arg(&file).arg(&path);
        let compiled = command::catch(&mut compile, LIMIT)?;
        let ran = if compiled.succeeded() {
            command::catch(self.ordinary().args(["-m", &module]).current_dir(folder), self.limit())
        } else {
            Ok(compiled)
        };
        let _ = std::fs::remove_file(&file);
        ran
    }

    fn ordinary(&self) -> Command {
        let mut command = self.limited();
        command.args(["-X", &format!("emit={}", self.emit)]);
        command
    }

    fn limit(&self) -> Duration {
        if self.with.is_empty() { LIMIT } else { SLOW_LIMIT }
    }

    /// The program under a limit of memory and of open files: a runaway test must not take the machine with it,
    /// and one test counts on running out of files.
    fn limited(&self) -> Command {
        let mut command = Command::new("sh");
        command.args(["-c", "ulimit -v 8388608; ulimit -n 1024; exec \"$0\" \"$@\""]).arg(&self.exe);
        command.args(&self.with).env("MICROPYPATH", &self.module_path);
        command
    }
}

/// An output with the marks that its end calls for.
pub fn marked(caught: &command::Caught) -> Vec<u8> {
    let mut output = one_kind_of_newline(&caught.output);
    match caught.end {
        End::Status(0) => {}
        End::Status(_) => output.extend_from_slice(b"CRASH"),
        End::Signal(_) => output.extend_from_slice(SIGNAL),
        End::TimedOut => output.extend_from_slice(TIMEOUT),
    }
    output
}

/// Tests of the command line itself, whose expected output has patterns in it.
pub fn is_special(test: &str) -> bool {
    test.starts_with("cmdline/") || test.starts_with("feature_check/")
}

/// The words of the `# cmdline:` line in the comments at the head of a test.
fn cmdline(path: &Path) -> Result<Vec<String>, String> {
    let content = read(path)?;
    let head = content.lines().take_while(|line| line.starts_with('#'));
    let words = head.filter_map(|line| line.strip_prefix("# cmdline:")).flat_map(str::split_whitespace);
    Ok(words.map(str::to_string).collect())
}

/// `\r\r\n` and `\r\n` as `\n`.
pub fn one_kind_of_newline(output: &[u8]) -> Vec<u8> {
    let mut clean = Vec::with_capacity(output.len());
    for (at, &byte) in output.iter().enumerate() {
        let rest = output.get(at + 1..).unwrap_or_default();
        let before_newline = rest.starts_with(b"\n") || rest.starts_with(b"\r\n");
        if byte != b'\r' || !before_newline {
            clean.push(byte);
        }
    }
    clean
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn newlines() {
        assert_eq!(one_kind_of_newline(b"a\r\nb\r\r\nc\rd\n"), b"a\nb\nc\rd\n");
    }
}
