//! From an output to a verdict.

use std::path::Path;

use regex_lite::Regex;

use super::oracle::Oracle;
use super::target::{is_special, one_kind_of_newline};

/// What became of a test.
pub enum Verdict {
    /// It printed what it should.
    Pass,
    /// It did not.
    Fail {
        /// What it printed.
        output: Vec<u8>,
        /// What it should have printed.
        expected: Vec<u8>,
    },
    /// It did not, and docs/differences.md says why.
    Differ {
        /// What it printed.
        output: Vec<u8>,
        /// What it prints upstream.
        expected: Vec<u8>,
    },
    /// It did not, and needs what is not there yet.
    Wait,
    /// It does not apply here.
    Skip,
}

impl Verdict {
    /// Four letters for it.
    pub fn word(&self) -> &'static str {
        match self {
            Verdict::Pass => "pass",
            Verdict::Fail { .. } => "FAIL",
            Verdict::Differ { .. } => "diff",
            Verdict::Wait => "wait",
            Verdict::Skip => "skip",
        }
    }
}

/// Tests outside cmdline/ whose expected output has patterns in it.
const PATTERNS: &[&str] = &[
    "micropython/meminfo.py",
    "basics/bytes_compare3.py",
    "basics/builtin_help.py",
    "basics/weakref_callback_exception.py",
    "misc/sys_settrace_cov.py",
    "net_hosted/ssl_verify_callback.py",
    "extmod/tls_text_errors.py",
    "ports/unix/extra_coverage.py",
    "thread/thread_exc2.py",
    "ports/esp32/partition_ota.py",
];

/// Decides by the rules of upstream's runner, in their order.
pub fn judge(suite: &Path, oracle: &Oracle, test: &str, output: &[u8]) -> Verdict {
    if output == b"SKIP\n" || output == b"SKIP-TOO-LARGE\n" {
        return Verdict::Skip;
    }
    if is_special(test) && find(output, b"\nSKIP\n") && !output.ends_with(b"CRASH") {
        return Verdict::Skip;
    }
    match unittest_report(output) {
        Some(true) => return Verdict::Pass,
        Some(false) => {
            return Verdict::Fail { output: output.to_vec(), expected: Vec::new() };
        }
        None => {}
    }
    let path = suite.join(test);
    let recorded = Oracle::recorded(&path);
    let by_pattern = is_special(test) || PATTERNS.contains(&test);
    let expected = match recorded {
        Some(expected) => expected,
        None => match oracle.ask(&path) {
            Ok(expected) => expected,
            Err(reason) => reason.into_bytes(),
        },
    };
    let expected = one_kind_of_newline(&expected);
    let matches = if by_pattern && !output.ends_with(b"CRASH") { fits(&expected, output) } else { expected == output };
    if matches { Verdict::Pass } else { Verdict::Fail { output: output.to_vec(), expected } }
}

/// Whether the last lines are a unittest report, and if so whether all went well.
fn unittest_report(output: &[u8]) -> Option<bool> {
    let text = String::from_utf8_lossy(output);
    let lines: Vec<&str> = text.lines().collect();
    let [.., rule, ran, empty, verdict] = lines.as_slice() else {
        return None;
    };
    let is_report = rule.len() == 70
        && rule.bytes().all(|b| b == b'-')
        && ran.starts_with("Ran ")
        && ran.split_whitespace().nth(2).is_some_and(|word| word == "tests" || word == "test")
        && empty.is_empty();
    if !is_report {
        return None;
    }
    if *verdict == "OK" || verdict.starts_with("OK (") {
        Some(true)
    } else {
        verdict.starts_with("FAILED (").then_some(false)
    }
}

/// Matches output against lines of which some are patterns: `########` stands for any number of lines, and in the
/// others a backslash before a character makes that character a pattern's, not a letter.
fn fits(expected: &[u8], output: &[u8]) -> bool {
    let expected = String::from_utf8_lossy(expected);
    let output = String::from_utf8_lossy(output);
    // No output at all counts as one empty line, as it does in upstream's runner.
    let output = output.strip_suffix('\n').unwrap_or(&output);
    let mut output = output.split('\n').peekable();
    let mut expected = expected.split_terminator('\n').peekable();
    while let Some(line) = expected.next() {
        if line == "########" {
            let Some(next) = expected.peek() else {
                return true;
            };
            let Some(pattern) = pattern(next) else {
                return false;
            };
            while output.peek().is_some_and(|line| !pattern.is_match(line)) {
                output.next();
            }
            continue;
        }
        let Some(pattern) = pattern(line) else {
            return false;
        };
        if !output.next().is_some_and(|line| pattern.is_match(line)) {
            return false;
        }
    }
    output.next().is_none()
}

fn pattern(line: &str) -> Option<Regex> {
    let mut pattern = "^".to_string();
    let mut chars = line.chars();
    while let Some(c) = chars.next() {
        if c == '\\' {
            pattern.extend(chars.next());
        } else {
            // A minus sign is never escaped: it may stand between the ends of a range.
            match c {
                '-' => pattern.push('-'),
                _ => pattern.push_str(&regex_lite::escape(c.encode_utf8(&mut [0; 4]))),
            }
        }
    }
    // Upstream matches from the beginning; the newline of the line itself closes it.
    pattern.push('$');
    Regex::new(&pattern).ok()
}

fn find(haystack: &[u8], needle: &[u8]) -> bool {
    haystack.windows(needle.len()).any(|window| window == needle)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reports_are_recognised() {
        let rule = "-".repeat(70);
        assert_eq!(unittest_report(format!("test a\n{rule}\nRan 2 tests\n\nOK\n").as_bytes()), Some(true));
        assert_eq!(
            unittest_report(format!("{rule}\nRan 2 tests\n\nFAILED (failures=1, errors=0)\n").as_bytes()),
            Some(false)
        );
        assert_eq!(unittest_report(b"OK\n"), None);
    }

    #[test]
    fn patterns_fit() {
        assert!(fits(b"a(b)\n########\nend \\.\\+\n", b"a(b)\nx\ny\nend 12\n"));
        assert!(fits(b"\n", b""));
        assert!(fits(b"x \\[0-9\\]\\+\n", b"x 407\n"));
        assert!(fits(b"a\n########\n", b"a\nx\n"));
        assert!(!fits(b"a\\.\n", b"abc\n"));
        assert!(!fits(b"a\n", b"a\nb\n"));
    }
}
