//! What the target has: found by running the suite's own probes, and applied by the names of the tests.

use super::target::Target;

/// What the probes said.
pub struct Features {
    words: Vec<String>,
    lacking: Vec<Kind>,
    coverage: bool,
    complex: bool,
}

/// A kind of test that needs a feature: its probe, what the probe prints when the feature is there, and which names
/// belong to it.
struct Kind {
    probe: &'static str,
    present: fn(&str) -> bool,
    needs: fn(&str) -> bool,
}

const KINDS: &[Kind] = &[
    Kind {
        probe: "native_check",
        present: |out| out == "native\n",
        needs: |name| name.starts_with("native_") || name.starts_with("viper_"),
    },
    Kind {
        probe: "int_big",
        present: |out| out == "1000000000000000000000000000000000000000000000\n",
        needs: |name| name.starts_with("int_big") || name.ends_with("_intbig") || name.starts_with("ffi_int"),
    },
    Kind {
        probe: "int_64",
        present: |out| out == "4611686018427387904\n",
        needs: |name| name.starts_with("int_64") || name.ends_with("_int64"),
    },
    Kind {
        probe: "bytearray",
        present: |out| out == "bytearray\n",
        needs: |name| name.starts_with("bytearray") || name.ends_with("_bytearray"),
    },
    Kind {
        probe: "set_check",
        present: |out| out == "{1}\n",
        needs: |name| name.starts_with("set_") || name.starts_with("frozenset") || name.ends_with("_set"),
    },
    Kind { probe: "slice", present: |out| out == "slice\n", needs: |name| name.contains("slice") },
    Kind {
        probe: "async_check",
        present: |out| out == "async\n",
        needs: |name| name.starts_with("async_") || name.starts_with("asyncio_") || name.ends_with("_async"),
    },
    Kind { probe: "const", present: |out| out == "1\n", needs: |name| name.starts_with("const") },
    Kind { probe: "reverse_ops", present: |out| out != "TypeError\n", needs: |name| name.contains("reverse_op") },
    Kind {
        probe: "fstring",
        present: |out| out == "a=1\n",
        needs: |name| name.starts_with("string_fstring") || name.ends_with("_fstring"),
    },
    Kind {
        probe: "tstring",
        present: |out| out == "tstring\n",
        needs: |name| name.starts_with("string_tstring") || name.ends_with("_tstring"),
    },
];

/// Tests of the float folder that need complex numbers too.
const COMPLEX: &[&str] = &["complex", "int_big_float", "true_value", "types"];

/// Platform, kind of threads, bits of a float, whether texts are Unicode. The suite's own probe goes by the length of an
/// error's text, which is not to be relied on.
const INFO: &str = "
import sys
bits = 32 if float('1e300') == float('inf') else 64
print(sys.platform, getattr(sys.implementation, '_thread', None), bits, len('\\u03b1') == 1)
";

impl Features {
    /// Runs the probes.
    pub fn probe(target: &Target) -> Result<Features, String> {
        let ask = |probe: &str| {
            target.run(&format!("feature_check/{probe}.py")).map(|out| String::from_utf8_lossy(&out).into_owned())
        };
        let info = target.command(INFO)?;
        let words: Vec<String> = info.split_whitespace().map(str::to_string).collect();
        if words.len() != 4 {
            return Err(format!("the program that asks what the target is should print four words, not {info:?}"));
        }
        let mut lacking = Vec::new();
        for kind in KINDS {
            if !(kind.present)(&ask(kind.probe)?) {
                lacking.push(Kind { ..*kind });
            }
        }
        let coverage = ask("coverage")? == "coverage\n";
        let complex = ask("complex")? == "complex\n";
        Ok(Features { words, lacking, coverage, complex })
    }

    /// One line about the target.
    pub fn summary(&self) -> String {
        let lacking: Vec<&str> = self.lacking.iter().map(|kind| kind.probe).collect();
        match lacking.is_empty() {
            true => self.words.join(" "),
            false => format!("{}; without {}", self.words.join(" "), lacking.join(", ")),
        }
    }

    /// The folders that upstream's runner would take for such a target.
    pub fn default_dirs(&self) -> Vec<String> {
        let mut dirs = vec!["basics", "micropython", "misc", "extmod", "stress"];
        if self.word(1) != "None" {
            dirs.push("thread");
        }
        if self.float_bits() > 0 {
            dirs.push("float");
        }
        if self.word(3) == "True" {
            dirs.push("unicode");
        }
        if matches!(self.word(0), "linux" | "darwin" | "win32") {
            dirs.extend(["ports/unix", "import", "cmdline", "io"]);
        }
        dirs.into_iter().map(str::to_string).collect()
    }

    /// Whether the target lacks what a test needs. Line-editing tests need a terminal, which this runner is not.
    pub fn lack(&self, test: &str) -> bool {
        let name = test.rsplit('/').next().unwrap_or(test).trim_end_matches(".py");
        let by_kind = self.lacking.iter().any(|kind| (kind.needs)(name));
        let by_float = match test {
            "float/float_divmod.py"
            | "float/float2int_doubleprec_intbig.py"
            | "float/float_struct_e_doubleprec.py"
            | "float/float_format_ints_doubleprec.py"
            | "float/float_parse_doubleprec.py" => self.float_bits() < 64,
            _ => false,
        };
        let by_complex =
            !self.complex && test.starts_with("float/") && COMPLEX.iter().any(|part| name.starts_with(part));
        let by_coverage = !self.coverage && matches!(test, "cmdline/cmd_parsetree.py" | "extmod/ssl_poll.py");
        let by_thread = self.word(1) == "unsafe" && test.starts_with("thread/mutate_");
        let by_terminal = name.starts_with("repl_");
        by_kind || by_float || by_complex || by_coverage || by_thread || by_terminal || name.starts_with("asm")
    }

    fn word(&self, index: usize) -> &str {
        self.words.get(index).map_or("", String::as_str)
    }

    fn float_bits(&self) -> u32 {
        self.word(2).parse().unwrap_or(0)
    }
}
