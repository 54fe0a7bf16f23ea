//! The harness: `cargo test -p tests [FILTER]`. `BLESS=1` records expected output instead of comparing it.

use std::fs;
use std::process::ExitCode;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use libtest_mimic::{Arguments, Failed, Trial};
use tests::case::{self, Case, Mode};
use tests::program::{End, Program};
use tests::{bless, diff, memory};

/// How long a case may take in one mode.
const LIMIT: Duration = Duration::from_secs(60);

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let cases = match case::all() {
        Ok(cases) => cases,
        Err(reason) => {
            eprintln!("{reason}");
            return ExitCode::FAILURE;
        }
    };
    let trials = match std::env::var_os("BLESS") {
        Some(_) => cases.into_iter().map(bless_trial).collect(),
        None => trials(cases),
    };
    libtest_mimic::run(&arguments, trials).exit_code()
}

fn bless_trial(case: Case) -> Trial {
    Trial::test(case.name.clone(), move || bless::bless(&case).map_err(Failed::from))
}

fn trials(cases: Vec<Case>) -> Vec<Trial> {
    // Built when the first test runs, so that listing tests needs no binary.
    let program = Arc::new(Lazily::default());
    let mut trials = Vec::new();
    for case in cases {
        for &mode in &case.modes {
            let (case, program) = (case.clone(), program.clone());
            trials.push(Trial::test(format!("{}::{}", case.name, mode.name()), move || {
                compare(program.get()?, &case, mode).map_err(Failed::from)
            }));
        }
        if case.oom {
            let program = program.clone();
            trials.push(Trial::test(format!("{}::oom", case.name), move || {
                memory::check(program.get()?, &case, &expected(&case)?).map_err(Failed::from)
            }));
        }
    }
    trials
}

/// The program, found once.
#[derive(Default)]
struct Lazily(OnceLock<Result<Program, String>>);

impl Lazily {
    fn get(&self) -> Result<&Program, String> {
        self.0.get_or_init(Program::ours).as_ref().map_err(String::clone)
    }
}

fn expected(case: &Case) -> Result<String, String> {
    fs::read_to_string(case.expected())
        .map_err(|e| format!("{}: {e}; `cargo xtask bless` makes it", case.expected().display()))
}

fn compare(program: &Program, case: &Case, mode: Mode) -> Result<(), String> {
    let mut options: Vec<&str> = mode.options().to_vec();
    options.extend(case.options.iter().map(String::as_str));
    let (output, end) = program.run(&options, &case.path, LIMIT)?;
    let output = bless::without_folder(&output, &case.path);
    match (diff::diff(&expected(case)?, &output), end) {
        (None, End::Status(status)) if status == case.exit => Ok(()),
        (None, end) => Err(format!("right output, but it ended with {end:?}")),
        (Some(difference), end) => Err(format!("{difference}\nit ended with {end:?}")),
    }
}
