//! Heap exhaustion in one process: each allocation of a program fails in turn, alone and with all after it.

use std::time::Duration;

use tests::case;
use tests::machine::{Input, Memory, Outcome, Shortage, with_stack};

/// More failing allocations than any case makes.
const MOST: u64 = 20_000;

/// The first allocations are each tried, later ones ever more thinly, as in `tests::memory`.
fn step(n: u64) -> u64 {
    n + 1 + n / 64
}

/// Fails the allocations of a program in turn until `n` failing ones in a row change nothing.
fn exhaust(name: &str, source: &[u8], memory: &mut Memory, shortage: fn(u64) -> Shortage) {
    let wanted = memory.run(source, Shortage::Never, false);
    assert!(wanted.sound, "{name}: not sound without shortage: {wanted:?}");
    let (mut n, mut same) = (0, 0);
    while n < MOST && same < 40 {
        let outcome = memory.run(source, shortage(n), false);
        assert!(outcome.sound, "{name}: the machine is broken after {:?}: {outcome:?}", shortage(n));
        same = if outcome == wanted { same + 1 } else { 0 };
        assert!(explained(&outcome, &wanted), "{name}: {:?} gave {outcome:?}", shortage(n));
        n = step(n);
    }
    assert!(n < MOST, "{name}: still allocating after {n} allocations");
}

/// Right output, or MemoryError, or a program that caught it and said so or lost a traceback for it.
fn explained(outcome: &Outcome, wanted: &Outcome) -> bool {
    outcome == wanted || outcome.raised.as_deref() == Some("MemoryError") || outcome.raised == wanted.raised
}

#[test]
fn cases_survive_every_shortage() {
    with_stack(|| survive(Memory::default()));
}

#[test]
fn native_cases_survive_every_shortage() {
    with_stack(|| survive(Memory::native()));
}

fn survive(mut memory: Memory) {
    let cases = case::all().expect("cases");
    for case in cases.iter().filter(|case| case.oom) {
        let source = std::fs::read(&case.path).expect("a case");
        exhaust(&case.name, &source, &mut memory, Shortage::After);
        exhaust(&case.name, &source, &mut memory, Shortage::Once);
    }
}

/// After how long a program is interrupted: those that wait for what could not be done wait for ever.
const PATIENCE: Duration = Duration::from_secs(5);

/// All cases, marked or not. What they print is not looked at, because many catch every exception: the machine must be
/// sound. `CASES` may hold a part of the names.
#[test]
#[ignore = "takes minutes, in a build with --release"]
fn the_machine_survives_every_shortage_in_every_case() {
    with_stack(|| survive_all(Memory::default()));
}

/// As above, in machine code: decorated functions are what their decorator says, all others native.
#[test]
#[ignore = "takes minutes, in a build with --release"]
fn machine_code_survives_every_shortage_in_every_case() {
    with_stack(|| survive_all(Memory::native()));
}

fn survive_all(mut memory: Memory) {
    let part = std::env::var("CASES").unwrap_or_default();
    let cases = case::all().expect("cases");
    // What wants an option may harm without it: viper's wild pointers.
    for case in cases.iter().filter(|case| case.name.contains(&part) && case.options.is_empty()) {
        let source = std::fs::read(&case.path).expect("a case");
        let runs: u64 =
            [Shortage::After, Shortage::Once].map(|kind| starve(&case.name, &source, &mut memory, kind)).iter().sum();
        println!("{}: {runs} runs", case.name);
    }
}

/// As `exhaust`, but only the machine matters. How many runs it took.
fn starve(name: &str, source: &[u8], memory: &mut Memory, shortage: fn(u64) -> Shortage) -> u64 {
    let wanted = memory.run_for(Input::Text(source), Shortage::Never, PATIENCE, false);
    let (mut n, mut same, mut runs) = (0, 0, 0);
    while n < MOST && same < 40 {
        let outcome = memory.run_for(Input::Text(source), shortage(n), PATIENCE, false);
        assert!(outcome.sound, "{name}: the machine is broken after {:?}: {outcome:?}", shortage(n));
        same = if outcome == wanted { same + 1 } else { 0 };
        n = step(n);
        runs += 1;
    }
    runs
}

#[test]
fn caught_shortages_leave_containers_whole() {
    const SOURCE: &[u8] = b"
d = {}; l = []; s = set(); b = bytearray(); t = ''
for i in range(60):
    try:
        d[i, i] = [i]
        l.append((i, d))
        s.add('k%d' % i)
        b.extend(b'xyz')
        t += chr(65 + i % 20)
        l.insert(0, l.pop()); l.sort(key=lambda p: -p[0])
        class C:
            x = i
        C().y = 1
    except MemoryError:
        pass
if not (len(d) >= 59 <= len(s) and len(l) >= 59 and len(t) >= 59 and len(b) >= 177):
    raise ValueError
if [d[k] for k in d] != [[k[0]] for k in d] or sorted(s) != sorted(set(s)):
    raise ValueError
";
    with_stack(|| {
        let mut memory = Memory::default();
        exhaust("containers", SOURCE, &mut memory, Shortage::Once);
    });
}
