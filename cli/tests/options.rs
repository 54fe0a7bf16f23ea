//! The pyrite program from outside: options, exit statuses, ways to give it a program.

mod program;

use program::{Folder, pyrite, run};

#[test]
fn a_command_runs() {
    let end = run(&["-c", "import sys; print(sys.argv, sys.path[0] == '')", "-x", "y"]);
    assert_eq!(end.out, "['-c', '-x', 'y'] True\n");
    assert_eq!(end.status, 0);
}

#[test]
fn a_file_runs_beside_its_modules() {
    let folder = Folder::new("beside");
    folder.write("other.py", "value = 42\n");
    let file = folder
        .write("script.py", "import other, sys\nprint(__name__, __file__ == sys.argv[0], other.value, sys.argv[1:])\n");
    let end = run(&[&file, "a", "-b"]);
    assert_eq!(end.out, "__main__ True 42 ['a', '-b']\n", "{}", end.err);
    assert_eq!(end.status, 0);
}

#[test]
fn a_piped_script_runs() {
    for words in [&[][..], &["-"]] {
        let end = pyrite(words).input("def f(x):\n    return x * 2\n\nprint(f(21))\n").end();
        assert_eq!((end.out.as_str(), end.status), ("42\n", 0), "{}", end.err);
    }
}

#[test]
fn statuses() {
    let cases = [
        ("pass", 0),
        ("import sys; sys.exit()", 0),
        ("raise SystemExit", 0),
        ("raise SystemExit(None)", 0),
        ("raise SystemExit(3)", 3),
        ("raise SystemExit(257)", 1),
        ("raise SystemExit(-1)", 255),
        ("raise SystemExit(True)", 1),
        ("raise SystemExit('text')", 1),
        ("raise ValueError", 1),
        ("x =", 1),
        ("raise KeyboardInterrupt", 130),
    ];
    for (text, status) in cases {
        assert_eq!(run(&["-c", text]).status, status, "{text}");
    }
    assert_eq!(run(&["/no/such/file.py"]).status, 2);
    assert_eq!(run(&["-X", "no-such-option"]).status, 1);
    assert_eq!(run(&["--no-such-option"]).status, 1);
}

#[test]
fn reports_go_to_standard_error() {
    let end = run(&["-c", "print('before')\nraise ValueError('why')"]);
    assert_eq!(end.out, "before\n");
    assert_eq!(
        end.err,
        "Traceback (most recent call last):\n  File \"<stdin>\", line 2, in <module>\nValueError: why\n"
    );
    let end = run(&["-c", "raise SystemExit('last words')"]);
    assert_eq!(end.err, "last words\n");
    let end = run(&["/no/such/file.py"]);
    assert_eq!(end.err, "pyrite: can't open file '/no/such/file.py': [Errno 2] No such file or directory\n");
}

#[test]
fn a_report_survives_a_text_that_raises() {
    let end = run(&["-c", "class E(Exception):\n  def __str__(self): raise ValueError\nraise E"]);
    assert_eq!(end.status, 1);
    assert!(end.err.contains("line 3"), "{}", end.err);
}

#[test]
fn help_and_version() {
    assert!(run(&["-h"]).out.starts_with("usage: pyrite"));
    let version = run(&["--version"]).out;
    assert!(version.starts_with("MicroPython v1.29.0 (Pyrite "), "{version}");
}

#[test]
fn modules_run_as_main() {
    let folder = Folder::new("modules");
    folder.write("single.py", "import sys\nprint(__name__, sys.argv[1:])\n");
    folder.write("pack/__init__.py", "print('init', __name__)\n");
    folder.write("pack/__main__.py", "print('main', __name__)\n");
    folder.write("pack/inner.py", "print('inner', __name__)\n");
    folder.write("bare/__init__.py", "");
    let end = |module: &str| pyrite(&["-m", module, "a"]).inside(&folder).end();
    assert_eq!(end("single").out, "__main__ ['a']\n");
    assert_eq!(end("pack").out, "init pack\nmain __main__\n");
    assert_eq!(end("pack.inner").out, "init pack\ninner __main__\n");
    let bare = end("bare");
    assert_eq!(bare.status, 1);
    assert!(bare.err.ends_with("ModuleNotFoundError: no module named 'bare.__main__'\n"), "{}", bare.err);
    assert!(end("nowhere").err.ends_with("ModuleNotFoundError: no module named 'nowhere'\n"));
}

#[test]
fn the_module_path() {
    let folder = Folder::new("path");
    folder.write("lib/far.py", "print('far')\n");
    let home = folder.path();
    let end = pyrite(&["-c", "import far, sys; print(sys.path)"])
        .variable("HOME", &home)
        .variable("MICROPYPATH", ".frozen:~/lib:/else")
        .end();
    assert_eq!(end.out, format!("far\n['', '.frozen', '{home}/lib', '/else']\n"), "{}", end.err);
    let end = pyrite(&["-c", "import sys; print(sys.path)"]).variable("MICROPYPATH", ":/a").end();
    assert_eq!(end.out, "['', '/a']\n");
    let end = pyrite(&["-c", "import sys; print(sys.path)"]).variable("MICROPYPATH", "").end();
    assert_eq!(end.out, "['']\n");
}

#[test]
fn the_last_call() {
    let text = "import sys; sys.atexit(lambda: print('last', bool(sys.executable))); print('first'); sys.exit(3)";
    let end = run(&["-c", text]);
    assert_eq!((end.out.as_str(), end.status), ("first\nlast True\n", 3), "{}", end.err);
}

#[test]
fn optimised_away() {
    assert_eq!(run(&["-c", "assert False"]).status, 1);
    assert_eq!(run(&["-O", "-c", "assert False"]).status, 0);
}

#[test]
fn only_compiled() {
    let end = run(&["-X", "compile-only", "-c", "print(1)"]);
    assert_eq!((end.out.as_str(), end.status), ("", 0));
    assert_eq!(run(&["-X", "compile-only", "-c", "print("]).status, 1);
}

#[test]
fn a_limited_heap() {
    let text =
        "x = []\ntry:\n  while True: x.append(bytearray(1000))\nexcept MemoryError:\n  x = None\n  print('full')\n";
    let end = run(&["-X", "heapsize=1M", "-c", text]);
    assert_eq!((end.out.as_str(), end.status), ("full\n", 0), "{}", end.err);
    assert_eq!(run(&["-X", "heapsize=1K", "-c", "pass"]).err, "pyrite: the heap is too small\n");
}

#[test]
fn failing_allocations_raise() {
    let end = run(&["-X", "fail-alloc=0", "-c", "x = [1] * 100"]);
    assert_eq!(end.status, 1);
    assert!(end.err.contains("MemoryError"), "{}", end.err);
    let end = run(&["-X", "fail-alloc=100000", "-c", "print(1)"]);
    assert_eq!((end.out.as_str(), end.status), ("1\n", 0));
    let end = run(&["-X", "gc-stress", "-c", "print([str(i) for i in range(5)])"]);
    assert_eq!((end.out.as_str(), end.status), ("['0', '1', '2', '3', '4']\n", 0), "{}", end.err);
}

#[test]
fn stages_are_printed() {
    let folder = Folder::new("stages");
    let file = folder.write("two.py", "def twice(n):\n    return n * 2\n\nprint(twice(4))\n");
    let end = run(&["--dump=tokens,ast,ops,bytecode", &file]);
    assert_eq!(end.status, 0, "{}", end.err);
    for part in ["== tokens ==\n", "== ast ==\n", "== ops ==\n", "== bytecode ==\n", "twice"] {
        assert!(end.out.contains(part), "{part} in {}", end.out);
    }
    assert!(!end.out.contains("\n8\n"));
    let end = run(&["--dump=ops", "-c", "x ="]);
    assert_eq!(end.status, 1);
    assert!(end.err.contains("SyntaxError"), "{}", end.err);
}

#[test]
fn machine_code_is_printed() {
    let folder = Folder::new("machine");
    let file = folder.write("two.py", "@micropython.native\ndef twice(n):\n    return n * 2\n");
    let end = run(&["--dump=ir,asm", &file]);
    assert_eq!(end.status, 0, "{}", end.err);
    for part in ["func twice(", "twice: ", "    return n * 2\n"] {
        assert!(end.out.contains(part), "{part} in {}", end.out);
    }
    let end = run(&["-X", "emit=native", "--dump=ir", "-c", "def f(): pass"]);
    assert!(end.out.contains("func f("), "{}", end.out);
}
