//! Out of memory, everywhere: a program is run with its first, second, third ... allocation failing, until it is run
//! to its end. Each run must either do its work or end with MemoryError; none may crash or hang.

use std::time::Duration;

use crate::case::Case;
use crate::program::{End, Program};

/// A run fails at most this many allocations before the test gives up.
const MOST: u32 = 200_000;

/// Checks one case.
pub fn check(program: &Program, case: &Case, expected: &str) -> Result<(), String> {
    let mut n = 1;
    while n < MOST {
        let (output, end) = run(program, case, n)?;
        match end {
            // The n-th allocation was never made, or its failure was handled: in both cases the output must be right,
            // unless the program itself caught the MemoryError and said so.
            End::Status(status) if status == case.exit && output == expected => {
                if is_past_the_end(program, case, n, expected)? {
                    return Ok(());
                }
            }
            End::Status(_) if output.contains("MemoryError") => {}
            End::Status(status) => {
                return Err(format!("allocation {n} failing: status {status}, and it printed\n{output}"));
            }
            End::Signal => return Err(format!("allocation {n} failing: a crash, after printing\n{output}")),
            End::TimedOut => return Err(format!("allocation {n} failing: it hung, after printing\n{output}")),
        }
        // The first allocations belong to the start-up and are each tried; later ones are sampled, ever more thinly.
        n += 1 + n / 64;
    }
    Err(format!("still allocating after {MOST} allocations; such a program is too big for this test"))
}

/// One right run may be luck: a cache that could not grow, say. Three in a row, far apart, are the end.
fn is_past_the_end(program: &Program, case: &Case, n: u32, expected: &str) -> Result<bool, String> {
    for later in [n * 2, n * 4 + 1000] {
        let (output, end) = run(program, case, later)?;
        if output != expected || end != End::Status(case.exit) {
            return Ok(false);
        }
    }
    Ok(true)
}

fn run(program: &Program, case: &Case, n: u32) -> Result<(String, End), String> {
    let mut options = vec!["-X".to_string(), format!("fail-alloc={n}")];
    options.extend(case.options.iter().cloned());
    program.run(&options, &case.path, Duration::from_secs(20))
}
