//! `-X profile`: samples of bytecode, machine code and threads, in both forms.
#![cfg(all(target_os = "linux", target_arch = "x86_64"))]

mod program;

use std::process::Command;

use program::{Folder, run};

/// Works for about as long in each of three functions, by the clock.
const SOURCE: &str = "\
import micropython, time

@micropython.native
def leaf(n):
    t = 0
    for i in range(n):
        t += i & 7
    return t

@micropython.native
def caller(n):
    t = 0
    for i in range(n):
        t += leaf(1000)
    return t

def plain(n):
    t = 0
    for i in range(n):
        t += i % 7
    return t

class Deep:
    def method(self, depth):
        return plain(20000) if depth == 0 else self.method(depth - 1)

def work(f, arg):
    end = time.ticks_ms() + 400
    while time.ticks_ms() < end:
        f(arg)

deep = Deep()
work(caller, 100)
work(deep.method, 5)
time.sleep(0.2)
";

/// Stacks with their microseconds.
fn stacks(folder: &Folder, source: &str, args: &[&str]) -> Vec<(Vec<String>, u64)> {
    let (file, out) = (folder.write("work.py", source), format!("{}/stacks.txt", folder.path()));
    let end = run(&[&["-X", &format!("profile={out}")], args, &[&file]].concat());
    assert_eq!((end.err.as_str(), end.status), ("", 0));
    let text = std::fs::read_to_string(out).expect("the profile");
    let row = |line: &str| {
        let (stack, time) = line.rsplit_once(' ').expect("a number");
        let file = format!("{}/work.py", folder.path());
        let stack = stack.split(';').map(|place| place.replace(&file, "F")).collect();
        (stack, time.parse().expect("a number"))
    };
    text.lines().map(row).collect()
}

/// The share of the time for which `found` holds.
fn share(stacks: &[(Vec<String>, u64)], found: impl Fn(&[String]) -> bool) -> f64 {
    let total: u64 = stacks.iter().map(|row| row.1).sum();
    let part: u64 = stacks.iter().filter(|row| found(&row.0)).map(|row| row.1).sum();
    part as f64 / total as f64
}

#[test]
fn bytecode_and_machine_code_have_their_shares() {
    let folder = Folder::new("shares");
    let stacks = stacks(&folder, SOURCE, &[]);
    let total: u64 = stacks.iter().map(|row| row.1).sum();
    assert!((60_000..900_000).contains(&total), "what sleeps does not count: {total}");
    let inside = |name: &'static str| move |stack: &[String]| stack.iter().any(|place| place.starts_with(name));
    for (name, least) in
        [("leaf [machine code] (F:", 0.05), ("caller [machine code] (F:14)", 0.05), ("plain (F:", 0.05)]
    {
        assert!(share(&stacks, inside(name)) > least, "{name}: {stacks:#?}");
    }
    // Every stack is whole: machine code called directly stands above its caller, six methods above each other.
    let whole = |stack: &[String]| {
        let names: Vec<&str> = stack.iter().filter_map(|place| place.split(' ').next()).collect();
        match names.last() {
            Some(&"leaf") => names == ["<module>", "work", "caller", "leaf"],
            Some(&"plain") => {
                let methods = names.iter().filter(|name| **name == "Deep.method").count();
                methods == 6 && names.len() == 9 && stack[0] == "<module> (F:34)" && stack[1] == "work (F:30)"
            }
            Some(_) | None => true,
        }
    };
    assert!(share(&stacks, whole) > 0.99, "{stacks:#?}");
    // Lines of the loops, not those of the definitions.
    let in_loops = |stack: &[String]| {
        let last = stack.last().map_or("", String::as_str);
        ["plain (F:19)", "plain (F:20)", "leaf [machine code] (F:6)", "leaf [machine code] (F:7)"].contains(&last)
    };
    assert!(share(&stacks, in_loops) > 0.8, "{stacks:#?}");
}

#[test]
fn the_form_of_speedscope() {
    let folder = Folder::new("speedscope");
    let (file, out) = (folder.write("work.py", SOURCE), format!("{}/out.json", folder.path()));
    let end = run(&["-X", &format!("profile={out}"), &file]);
    assert_eq!((end.err.as_str(), end.status), ("", 0));
    let check = "
import json, sys
d = json.load(open(sys.argv[1]))
(p,) = d['profiles']
frames = d['shared']['frames']
assert d['$schema'].endswith('/file-format-schema.json')
assert p['type'] == 'sampled' and p['unit'] == 'microseconds'
assert len(p['samples']) == len(p['weights']) > 30
assert sum(p['weights']) == p['endValue'] and p['startValue'] == 0
assert all(0 <= f < len(frames) for s in p['samples'] for f in s)
assert {'name', 'file', 'line'} == set(frames[0])
print(sorted({f['name'] for f in frames} & {'leaf [machine code]', 'plain', 'Deep.method', '<module>'}))
";
    let python = Command::new("python3").args(["-c", check, &out]).output().expect("python3");
    assert!(python.status.success(), "{}", String::from_utf8_lossy(&python.stderr));
    assert_eq!(
        String::from_utf8_lossy(&python.stdout),
        "['<module>', 'Deep.method', 'leaf [machine code]', 'plain']\n"
    );
}

#[test]
fn threads_and_generators_are_in_it() {
    let source = "\
import _thread, time, micropython

def count(n):
    for i in range(n):
        yield i

@micropython.native
def count_fast(n):
    for i in range(n):
        yield i

def thread():
    end = time.ticks_ms() + 400
    while time.ticks_ms() < end:
        sum(count(2000))
    lock.release()

lock = _thread.allocate_lock()
lock.acquire()
_thread.start_new_thread(thread, ())
lock.acquire()
end = time.ticks_ms() + 400
while time.ticks_ms() < end:
    sum(count_fast(2000))
";
    let folder = Folder::new("threads");
    let stacks = stacks(&folder, source, &[]);
    let ends = |names: &'static [&'static str]| {
        move |stack: &[String]| {
            stack.iter().map(|place| place.split(" (").next().unwrap_or("")).eq(names.iter().copied())
        }
    };
    assert!(share(&stacks, ends(&["thread", "count"])) > 0.1, "{stacks:#?}");
    assert!(share(&stacks, ends(&["<module>", "count_fast [machine code]"])) > 0.1, "{stacks:#?}");
}

#[test]
fn all_kinds_of_runs_survive_it() {
    let folder = Folder::new("survive");
    let source = "\
def f(n):
    try:
        return f(n + 1)
    except RecursionError:
        return n
for i in range(5):
    f(0)
x = [str(i) for i in range(50000)]
x.sort(key=lambda s: s[::-1])
d = {i: [i] for i in x}
print(len(d))
";
    for args in [&[][..], &["-X", "emit=native"], &["-X", "gc-stress", "-X", "compile-only"]] {
        let stacks = stacks(&folder, source, args);
        assert!(!stacks.is_empty() || args.len() > 2);
    }
    let out = format!("{}/exit.txt", folder.path());
    let end = run(&["-X", &format!("profile={out}"), "-c", "import sys\nfor i in range(10000): pass\nsys.exit(3)"]);
    assert_eq!(end.status, 3);
    assert!(std::fs::exists(&out).expect("an answer"));
}

#[test]
fn a_file_that_cannot_be_written_is_named() {
    let end = run(&["-X", "profile=/nowhere/out.json", "-c", "print(1)"]);
    assert_eq!((end.out.as_str(), end.status), ("", 1));
    assert!(end.err.starts_with("pyrite: can't write '/nowhere/out.json': No such file"), "{}", end.err);
    let end = run(&["-X", "profile=", "-c", ""]);
    assert!(end.err.starts_with("pyrite: unknown option '-X profile='"), "{}", end.err);
}
