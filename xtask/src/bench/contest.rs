//! The runs themselves.

use std::process::Command;
use std::time::Duration;

use super::Options;
use super::peers::Contestant;
use super::programs::Program;
use crate::command;

/// The longest a single run may take.
const LIMIT: Duration = Duration::from_secs(120);

/// What was measured.
pub struct Table {
    /// Names of the columns.
    pub contestants: Vec<String>,
    /// One row for each program.
    pub rows: Vec<Row>,
}

/// One program's times.
pub struct Row {
    /// The program.
    pub program: String,
    /// The median for each contestant in microseconds; nothing where it has no such form.
    pub times: Vec<Option<f64>>,
}

/// Runs every program with every contestant, `rounds` times over. A failed run or a differing result is an error.
pub fn hold(options: &Options, contestants: &[Contestant], programs: &[Program]) -> Result<Table, String> {
    let (n, m) = if options.quick { ("50", "100") } else { ("1000", "1000") };
    let mut rows = Vec::new();
    let mut breaches = Vec::new();
    for program in programs {
        let mut commands = Vec::new();
        for contestant in contestants {
            commands.push(contestant.command(program, n, m)?);
        }
        let mut times = vec![Vec::new(); contestants.len()];
        let mut result: Option<String> = None;
        for _ in 0..options.rounds {
            for ((command, times), contestant) in commands.iter_mut().zip(&mut times).zip(contestants) {
                let Some(command) = command else { continue };
                match measure(command) {
                    Ok((time, printed)) => {
                        times.push(time);
                        let first = result.get_or_insert_with(|| printed.clone());
                        if *first != printed {
                            breaches
                                .push(format!("{} on {}: {printed} and not {first}", program.name, contestant.name));
                        }
                    }
                    // Peers' viper lacks some of what ours has; they sit such a program out.
                    Err(reason) if reason.contains("ViperTypeError") && !contestant.name.starts_with("pyrite") => {}
                    Err(reason) => breaches.push(format!("{} on {}: {reason}", program.name, contestant.name)),
                }
            }
        }
        rows.push(Row { program: program.name.clone(), times: times.into_iter().map(median).collect() });
        eprint!(".");
    }
    eprintln!();
    breaches.sort();
    breaches.dedup();
    match breaches.is_empty() {
        true => Ok(Table { contestants: contestants.iter().map(|c| c.name.clone()).collect(), rows }),
        false => Err(format!("these went wrong:\n  {}", breaches.join("\n  "))),
    }
}

/// Runs once: the time in microseconds and the result, as the program prints them.
pub fn measure(command: &mut Command) -> Result<(f64, String), String> {
    let caught = command::catch(command, LIMIT)?;
    let text = caught.text();
    let mut words = text.trim().splitn(3, ' ');
    let time = words.next().and_then(|word| word.parse::<f64>().ok());
    match (time, words.next(), words.next(), caught.succeeded()) {
        (Some(time), Some(_norm), Some(result), true) => Ok((time.max(1.0), result.to_string())),
        _ => {
            let last = text.trim().lines().last().unwrap_or_default();
            Err(format!("ended with {:?}, its last line is {last:?}", caught.end))
        }
    }
}

fn median(mut times: Vec<f64>) -> Option<f64> {
    times.sort_by(f64::total_cmp);
    let upper = times.get(times.len() / 2)?;
    match times.len() % 2 {
        0 => times.get(times.len() / 2 - 1).map(|lower| (lower + upper) / 2.0),
        _ => Some(*upper),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn medians() {
        assert_eq!(median(vec![]), None);
        assert_eq!(median(vec![3.0, 1.0, 2.0]), Some(2.0));
        assert_eq!(median(vec![4.0, 1.0]), Some(2.5));
    }
}
