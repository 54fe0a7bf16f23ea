//! `-X perf`: what is written for `perf`, read again, and by `perf` itself where it is there.
#![cfg(target_os = "linux")]

mod program;

use std::path::Path;
use std::process::{Command, Stdio};

use program::Folder;

const SOURCE: &str = "\
import micropython

@micropython.native
def outer(n):
    t = 0
    for i in range(n):
        t += inner(i)
    return t

@micropython.viper
def inner(n: int) -> int:
    t = 0
    for i in range(200):
        t ^= i * n
    return t

def plain(n):
    return outer(n)

plain(60000)
";

/// Runs the program and gives what it wrote to the file named with its process's number.
fn written(form: &str, folder: &Folder, name: impl Fn(u32) -> String) -> Vec<u8> {
    let mut child = Command::new(env!("CARGO_BIN_EXE_pyrite"))
        .args(["-X", &format!("perf={form}"), &folder.write("source.py", SOURCE)])
        .stdin(Stdio::null())
        .spawn()
        .expect("the program starts");
    let path = name(child.id());
    assert!(child.wait().expect("an end").success());
    let content = std::fs::read(&path).expect("what was written");
    std::fs::remove_file(path).expect("it goes away");
    content
}

#[test]
fn the_map_names_functions() {
    let folder = Folder::new("map");
    let text = String::from_utf8(written("map", &folder, |pid| format!("/tmp/perf-{pid}.map"))).expect("text");
    let rows: Vec<(u64, u64, &str)> = text
        .lines()
        .filter_map(|line| {
            let mut words = line.splitn(3, ' ');
            let mut hex = || u64::from_str_radix(words.next()?, 16).ok();
            Some((hex()?, hex()?, words.next()?))
        })
        .collect();
    let names: Vec<&str> = rows.iter().map(|row| row.2).collect();
    let file = format!("{}/source.py", folder.path());
    assert_eq!(names, [format!("py:outer [native] {file}:4"), format!("py:inner [viper] {file}:11")]);
    assert!(rows.iter().all(|row| row.0 > 4096 && row.1 > 16));
}

/// Reads a dump word by word.
struct Reader<'a>(&'a [u8]);

impl Reader<'_> {
    fn u32(&mut self) -> u32 {
        let (word, rest) = self.0.split_first_chunk().expect("a word");
        self.0 = rest;
        u32::from_ne_bytes(*word)
    }

    fn u64(&mut self) -> u64 {
        let (word, rest) = self.0.split_first_chunk().expect("a word");
        self.0 = rest;
        u64::from_ne_bytes(*word)
    }

    fn text(&mut self) -> String {
        let end = self.0.iter().position(|byte| *byte == 0).expect("an end");
        let text = String::from_utf8_lossy(&self.0[..end]).into_owned();
        self.0 = &self.0[end + 1..];
        text
    }
}

#[test]
fn the_dump_has_code_and_lines() {
    let folder = Folder::new("dump");
    let bytes = written("dump", &folder, |pid| format!("/tmp/jit-{pid}.dump"));
    let mut all = Reader(&bytes);
    assert_eq!((all.u32(), all.u32(), all.u32()), (0x4a69_5444, 1, 40));
    let (machine, _, pid) = (all.u32(), all.u32(), all.u32());
    assert_eq!(machine, if cfg!(target_arch = "aarch64") { 183 } else { 62 });
    let mut last = all.u64();
    assert_eq!(all.u64(), 0);
    let (mut lines, mut names) = (Vec::new(), Vec::new());
    while !all.0.is_empty() {
        let (kind, size, time) = (all.u32(), all.u32() as usize, all.u64());
        assert!(time >= last && size >= 16);
        last = time;
        let (body, rest) = all.0.split_at(size - 16);
        let mut body = Reader(body);
        all.0 = rest;
        match kind {
            2 => {
                let start = body.u64();
                let count = body.u64();
                lines = (0..count).map(|_| (body.u64() - start, body.u32(), body.u32(), body.text())).collect();
                assert!(body.0.is_empty());
            }
            0 => {
                assert_eq!(body.u32(), pid);
                body.u32();
                let (address, run_at, size, index) = (body.u64(), body.u64(), body.u64(), body.u64());
                assert_eq!((address, index), (run_at, names.len() as u64));
                names.push(body.text());
                assert_eq!(body.0.len() as u64, size);
                // push rbp; mov rbp, rsp
                let prologue = |at: &[u8]| at == [0x55, 0x48, 0x89, 0xe5];
                assert!(cfg!(not(target_arch = "x86_64")) || body.0.windows(4).take(64).any(prologue));
                // Lines of the code that follows them.
                assert!(lines.is_sorted_by_key(|line: &(u64, u32, u32, String)| line.0));
                assert!(lines.iter().all(|line| line.0 < size && line.3.ends_with("/source.py")));
                let wanted = if index == 0 { [6, 7] } else { [13, 14] };
                assert!(wanted.iter().all(|number| lines.iter().any(|line| line.1 == *number)), "{lines:?}");
            }
            other => panic!("record {other}"),
        }
    }
    let name = |rest: &str| format!("py:{rest}").replace("FILE", &format!("{}/source.py", folder.path()));
    assert_eq!(names, [name("outer [native] FILE:4"), name("inner [viper] FILE:11")]);
}

#[test]
fn perf_itself_finds_the_names() {
    if !Path::new("/usr/bin/perf").exists() {
        eprintln!("perf is missing, so it reads nothing: install linux-perf");
        return;
    }
    let folder = Folder::new("perf");
    let (file, data) = (folder.write("source.py", SOURCE), format!("{}/perf.data", folder.path()));
    let quiet = |args: &[&str]| {
        let mut perf = Command::new("/usr/bin/perf");
        perf.args(args).current_dir(folder.path()).stdin(Stdio::null()).output().expect("perf runs")
    };
    let program = env!("CARGO_BIN_EXE_pyrite");
    let record = quiet(&["record", "-e", "cpu-clock", "-F", "999", "-o", &data, program, "-X", "perf=map", &file]);
    if !record.status.success() {
        eprintln!("perf may not look here: {}", String::from_utf8_lossy(&record.stderr));
        return;
    }
    let report = quiet(&["report", "--stdio", "-i", &data]);
    let report = String::from_utf8_lossy(&report.stdout);
    assert!(report.contains("py:inner [viper]"), "{report}");
}

#[test]
fn other_forms_are_refused() {
    let end = program::run(&["-X", "perf=x", "-c", ""]);
    assert_eq!((end.status, end.err.lines().next()), (1, Some("pyrite: unknown option '-X perf=x'")));
}
