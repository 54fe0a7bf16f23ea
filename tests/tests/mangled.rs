//! Compiled cases with a byte changed: read, and run if they are let in. `cargo xtask fuzz-mpy` does so at length.

use std::time::Duration;

use tests::case;
use tests::machine::{Input, Memory, Shortage, with_stack};
use vm::compile::{Options, compile};
use vm::mpy::write::write;
use vm::qstr::Pool;

/// After how long one is interrupted.
const PATIENCE: Duration = Duration::from_millis(20);

#[test]
fn mangled_files_do_no_harm() {
    with_stack(|| {
        let mut memory = Memory::default();
        let mut seed = 1u32;
        let mut draw = |below: usize| {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (seed >> 8) as usize % below
        };
        for case in case::all().expect("cases").iter().filter(|case| case.name.starts_with("lang/")) {
            let source = std::fs::read(&case.path).expect("a case");
            let mut pool = Pool::new();
            let Ok(module) = compile(&source, "a.py", &mut pool, &Options::FILE) else { continue };
            let file = write(&module, &pool).expect("bytes");
            for round in 0..4 {
                let mut bytes = file.to_vec();
                let at = draw(bytes.len());
                bytes[at] ^= if round == 0 { 0 } else { 1 << draw(8) };
                let input = if round % 2 == 0 { Input::Image(&bytes) } else { Input::Compiled(&bytes) };
                let outcome = memory.run_for(input, Shortage::Never, PATIENCE, false);
                let refused = outcome.raised.as_deref() == Some("ValueError") && outcome.output.contains(".mpy");
                assert!(round != 0 || !refused, "{}: {}", case.name, outcome.output);
            }
        }
    });
}
