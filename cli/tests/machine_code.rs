//! What machine code takes, and that no function is too long for it.

mod program;

use std::fmt::Write;
use std::time::{Duration, Instant};

use program::{Folder, run};

/// The number behind `name=` in what `mem_info(1)` prints of machine code.
fn number(text: &str, name: &str) -> usize {
    let line = text.lines().filter(|line| line.starts_with("code: ")).find_map(|line| {
        let (_, rest) = line.split_once(&format!("{name}="))?;
        rest.split([',', ' ']).next()?.parse().ok()
    });
    line.unwrap_or_else(|| panic!("{name} in {text}"))
}

#[test]
fn it_is_counted_and_given_back() {
    let source = "\
import gc, micropython
def made(n):
    for i in range(n):
        exec('@micropython.native\\ndef f(x):\\n    return x + 1\\n', {'micropython': micropython})
made(50)
micropython.mem_info(1)
print('--')
gc.collect()
for i in range(10): pass
micropython.mem_info(1)
";
    let end = run(&["-c", source]);
    assert_eq!((end.err.as_str(), end.status), ("", 0));
    let (before, after) = end.out.split_once("--\n").expect("both parts");
    assert_eq!(number(before, "functions"), 50);
    assert!(number(before, "used") >= 50 * 64 && number(before, "reserved") >= number(before, "used"));
    assert_eq!((number(before, "compiled"), number(after, "compiled")), (50, 50));
    assert!(number(after, "functions") < 5, "{after}");
    assert!(number(after, "used") < number(before, "used") / 5, "{after}");
    if cfg!(target_os = "linux") {
        assert!(before.contains("written and run in separate views"), "{before}");
    }
}

/// Makes and drops so many functions, native ones and then viper ones, a thousand alive at a time; a round before that is what
/// the memory is compared with. Prints the resident KiB after each round, and what machine code takes in the end.
fn made_and_dropped(count: usize) {
    let source = format!(
        "\
import gc, micropython
def resident():
    try:
        with open('/proc/self/status') as status:
            return [int(line.split()[1]) for line in status if line.startswith('VmRSS')][0]
    except OSError:
        return 0
def made(kind, count):
    names = {{'micropython': micropython}}
    kept = [None] * 1000
    for i in range(count):
        exec('@micropython.%s\\ndef f(x):\\n    return x + %d\\n' % (kind, i % 1000), names)
        kept[i % 1000] = names['f']
        if kept[i % 1000](1) != i % 1000 + 1: raise ValueError
    del kept, names
    gc.collect()
def rounds(kind):
    made(kind, 1000)
    before = resident()
    made(kind, {count})
    gc.collect()
    print(kind, before, resident())
for kind in ('native', 'viper'):
    rounds(kind)
    gc.collect()
    for i in range(10): pass
micropython.mem_info(1)
"
    );
    let end = run(&["-c", &source]);
    assert_eq!((end.err.as_str(), end.status), ("", 0));
    println!("{}", end.out.lines().filter(|line| !line.starts_with(' ')).collect::<Vec<_>>().join("\n"));
    for kind in ["native", "viper"] {
        let line = end.out.lines().find_map(|line| line.strip_prefix(kind)).expect("a line");
        let sizes: Vec<usize> = line.split_whitespace().map(|size| size.parse().expect("a number")).collect();
        assert!(sizes[1] <= sizes[0] + 4096, "{kind} {sizes:?}");
    }
    assert!(number(&end.out, "functions") < 5, "{}", end.out);
    assert!(number(&end.out, "used") < 4096, "{}", end.out);
    // One chunk is kept.
    assert!(number(&end.out, "reserved") <= 1 << 20, "{}", end.out);
    assert!(number(&end.out, "compiled") >= 2 * count);
}

#[test]
fn nothing_is_left_of_functions_that_are_dropped() {
    made_and_dropped(1000);
}

#[test]
#[ignore = "takes minutes, in a build with --release"]
fn nothing_is_left_of_100_000_functions_that_are_dropped() {
    made_and_dropped(100_000);
}

/// A function of `count` statements.
fn long(head: &str, count: usize, statement: impl Fn(usize) -> String) -> String {
    let mut text = format!("import micropython\n{head}\n");
    for i in 0..count {
        let _ = writeln!(text, "    {}", statement(i));
    }
    text + "    return x\nprint(f(3, 4))\nmicropython.mem_info(1)\n"
}

/// Compiles and runs it, and gives what it prints. It is machine code, made in sensible time.
fn machine_code(name: &str, source: &str) -> String {
    let folder = Folder::new(name);
    let start = Instant::now();
    let end = run(&[&folder.write("long.py", source)]);
    // The builds for tests check what Cranelift does at every step.
    assert!(start.elapsed() < Duration::from_secs(100), "{:?}", start.elapsed());
    assert_eq!((end.err.as_str(), end.status), ("", 0));
    assert_eq!(number(&end.out, "functions"), 1, "{}", end.out);
    end.out.lines().next().unwrap_or("").to_string()
}

#[test]
fn long_native_functions_are_compiled() {
    let native = "@micropython.native\ndef f(x, y):";
    // All kinds of statements, handlers and loops among them, as bytecode has them.
    let mixed = |i: usize| match i % 8 {
        0 => format!("x = x + y - {i}"),
        1 => "y = abs(x) % 1000".into(),
        2 => format!("z{} = [x, y, 1.5]", i % 100),
        3 => format!("x += z{}[1] * 2", (i - 1) % 100),
        4 => "x = x if x % 2 else -x".into(),
        5 => "for k in range(2): x += k".into(),
        6 => "try: x //= (x & 1)\n    except ZeroDivisionError: x += 1".into(),
        _ => "w = x / 2.0; x = int(w) ^ y".into(),
    };
    let source = long(native, 4000, mixed);
    let bytecode = source.replace("@micropython.native\n", "");
    let folder = Folder::new("bytecode");
    let wanted = run(&[&folder.write("long.py", &bytecode)]).out;
    assert_eq!(machine_code("native", &source), wanted.lines().next().unwrap_or(""));
    let text = machine_code("native", &long(native, 8000, |i| format!("x = x + y - {}", i % 5)));
    assert_eq!(text, (3 + 8000 * 4 - 2 * 8000).to_string());
}

#[test]
fn long_viper_functions_are_compiled() {
    let viper = "@micropython.viper\ndef f(x: int, y: int) -> int:";
    let text = machine_code("viper", &long(viper, 50_000, |i| format!("x = x + y - {}", i % 5)));
    assert_eq!(text, (3 + 50_000 * 4 - 2 * 50_000).to_string());
}
