//! The command line: statuses, outputs and messages are those of MicroPython's mpy-cross.

mod program;

use program::{Folder, cross};

/// Words, and the first line of what is printed: usage on standard output, all else on standard error.
#[test]
fn what_is_refused() {
    let folder = Folder::new("refused");
    folder.write("a.py", "x = 1\n");
    let usage = "usage: ";
    let cases: &[(&str, &str)] = &[
        ("", "no input file"),
        ("-O", "no input file"),
        ("--", "no input file"),
        ("a.py a.py", "multiple input files"),
        ("-X emit=native a.py", "arch not specified"),
        ("-march=x64 -march-flags=zba a.py", "unrecognised arch flags"),
        ("-march=rv32imc -march-flags=4 a.py", "unrecognised arch flags"),
        ("-march=rv32imc -march-flags= a.py", "unrecognised arch flags"),
        ("-msmall-int-bits=64 a.py", "no machine has small ints of 64 bits: 1 to 63 are possible"),
        ("no.py", "OSError: (2, \"can't open no.py\")"),
        ("-o no/b.mpy a.py", "OSError: (2, \"can't open no/b.mpy\")"),
        (".", "OSError: 21"),
        ("-h", usage),
        ("-o", usage),
        ("-s", usage),
        ("-X", usage),
        ("-X what a.py", usage),
        ("-march=what a.py", usage),
        ("-msmall-int-bits=x a.py", usage),
        ("-vv a.py", usage),
        ("--what a.py", usage),
    ];
    for (words, said) in cases {
        let end = cross(words).inside(&folder).end();
        let out = String::from_utf8_lossy(&end.out).into_owned();
        let (text, other) = if *said == usage { (out, end.err) } else { (end.err, out) };
        assert!(text.starts_with(said), "{words}: {text}");
        assert_eq!((end.status, other.as_str()), (1, ""), "{words}");
    }
    assert!(!folder.has("a.mpy"));
}

#[test]
fn where_the_file_goes() {
    let folder = Folder::new("goes");
    folder.write("a.py", "x = 1\n");
    folder.write("b.txt", "x = 1\n");
    let run = |words: &str| cross(words).inside(&folder).end();
    assert_eq!(run("a.py").quiet(), 0);
    assert_eq!(run("-o c.mpy a.py").quiet(), 0);
    // The last two letters make way, whatever they are.
    assert_eq!(run("b.txt").quiet(), 0);
    assert!(folder.has("a.mpy") && folder.has("c.mpy") && folder.has("b.tmpy"));
    let bytes = folder.read("a.mpy");
    assert_eq!(bytes, b"M\x06\x00\x1f\x03\x00\x08a.py\x00\x0f\x02x\x00\x40\x00\x02\x01\x81\x16\x02Qc");
    assert_eq!(folder.read("c.mpy"), bytes);
    assert_eq!(run("-o - a.py").out, bytes);
    assert_eq!(run("-- a.py").quiet(), 0);
    let end = cross("-").inside(&folder).input("x = 1\n").end();
    assert!(end.status == 0 && end.out.starts_with(b"M\x06\x00\x1f\x03\x00\x0e<stdin>\x00"));
    let end = cross("-s name.py -o d.mpy -").inside(&folder).input("x = 1\n").end();
    assert_eq!(end.quiet(), 0);
    assert!(folder.read("d.mpy").starts_with(b"M\x06\x00\x1f\x03\x00\x0ename.py\x00"));
    // What cannot be compiled leaves the file as it is.
    folder.write("a.py", "x =\n");
    assert_eq!(run("a.py").status, 1);
    assert_eq!(folder.read("a.mpy"), bytes);
}

#[test]
fn what_changes_the_file() {
    let folder = Folder::new("changes");
    folder.write("a.py", "\n\nassert x, y\nz = 1073741824\nprint(__debug__)\n");
    let of = |words: &str| {
        let end = cross(&format!("{words} -o - a.py")).inside(&folder).end();
        assert_eq!((end.status, end.err.as_str()), (0, ""), "{words}");
        end.out
    };
    let plain = of("");
    assert!(of("-O").len() < plain.len() && of("-O1") == of("-O") && of("-O2") == of("-O"));
    assert!(of("-O3").len() < of("-O2").len() && of("-OOO") == of("-O3") && of("-O0") == plain);
    assert!(of("-X no-source-lines").len() < plain.len());
    assert_eq!(of("-X no-source-lines -X source-lines"), plain);
    // Wider small ints stand in the code, and the file says so.
    let wide = of("-msmall-int-bits=63");
    assert!(wide[3] == 63 && !wide.windows(10).any(|part| part == b"1073741824"));
    assert!(plain[3] == 31 && plain.windows(10).any(|part| part == b"1073741824"));
    assert!(of("-msmall-int-bits=0x10")[3] == 16);
    for same in ["-v -v", "-X heapsize=1M", "-X emit=bytecode", "-march=armv7m", "-march=host", "-march=debug"] {
        assert_eq!(of(same), plain, "{same}");
    }
    assert_eq!(of("-march=rv32imc -march-flags=0"), plain);
    let flags = of("-march=rv32imc -march-flags=zba,zcmp");
    assert!(flags.starts_with(b"M\x06\x40\x1f\x03") && flags[5..] == plain[4..]);
}

#[test]
fn version() {
    let end = cross("--version").end();
    let text = String::from_utf8_lossy(&end.out);
    assert!(text.starts_with("MicroPython v1.29.0 ") && text.ends_with("; mpy-cross emitting mpy v6.3\n"), "{text}");
}

#[test]
fn mistakes_have_a_place() {
    let said = |words: &str, text: &str| {
        let end = cross(&format!("{words} -s a.py -o - -")).input(text).end();
        assert_eq!((end.status, end.out.as_slice()), (1, &b""[..]), "{text}");
        end.err
    };
    assert_eq!(
        said("", "x = 1\nif x:\n    y = = 2\n"),
        "Traceback (most recent call last):\n  File \"a.py\", line 3\n    y = = 2\n        ^\nSyntaxError: invalid syntax\n"
    );
    assert!(said("", "def f():\n  x\n    y\n").ends_with("IndentationError: unexpected indent\n"));
    // Numbers of errors are those of the machine that runs the file.
    assert!(said("", "import errno\nfrom micropython import const\nX = const(errno.EIO)\n").contains("line 3\n"));
}

#[test]
fn native_code_needs_a_back_end() {
    let text =
        "import micropython\n\n\nclass C:\n    @micropython.viper\n    # why\n    def f(self):\n        return 1\n";
    for (words, why) in [("", "needs -march"), ("-march=armv7m", "cannot be compiled for armv7m")] {
        let end = cross(&format!("{words} -s a.py -")).input(text).end();
        assert_eq!((end.status, end.out.len()), (1, 0));
        let want =
            "  File \"a.py\", line 5\n    @micropython.viper\n    ^^^^^^^^^^^^^^^^^^\nSyntaxError: invalid arch: ";
        assert!(end.err.contains(want) && end.err.contains(&format!("of f {why}")), "{}", end.err);
    }
    let end = cross("-X emit=native -march=x64 -s a.py -").input("x = 1\n").end();
    assert!(end.err.contains("line 1\n") && end.err.contains("-X emit=native"), "{}", end.err);
    let asm = "import micropython\n@micropython.asm_thumb\ndef g(r0):\n    mov(r0, 1)\n";
    for arch in ["", "-march=x64 "] {
        let end = cross(&format!("{arch}-s a.py -")).input(asm).end();
        assert!(end.err.contains("line 2\n") && end.err.contains("@micropython.asm_thumb of g"), "{}", end.err);
    }
}

#[test]
fn assembler_becomes_machine_code() {
    let text = "import micropython\n@micropython.asm_thumb\ndef g(r0, r1) -> uint:\n    add(r0, r0, r1)\n";
    let end = cross("-march=armv7m -s a.py -o - -").input(text).end();
    assert_eq!((end.status, end.err.as_str()), (0, ""));
    // An ARMv7-M file of sub-version 3; six bytes of assembler without flags, with two parameters, giving a uint.
    assert_eq!(end.out.get(..4), Some(&[b'M', 6, 5 << 2 | 3, 31][..]));
    assert!(end.out.ends_with(&[6 << 3 | 3, 0xf2, 0xb5, 0x40, 0x18, 0xf2, 0xbd, 0, 2, 3]), "{:x?}", end.out);
    let refused = |text: &str| cross("-march=armv6m -s a.py -o - -").input(text).end().err;
    let text = "import micropython\n@micropython.asm_thumb\ndef g(r0):\n    nop()\n    clz(r0, r0)\n";
    let said = refused(text);
    assert!(
        said.contains("line 5\n") && said.contains("unsupported Thumb instruction 'clz' with 2 arguments"),
        "{said}"
    );
    let said = refused(&text.replace("r0):", "r0) -> float:"));
    assert!(said.contains("line 3\n") && said.contains("unknown type"), "{said}");
}

#[test]
fn what_only_pyrite_has_is_told() {
    let text = "def f(x):\n    match x:\n        case [a, b]:\n            return a\n";
    let end = cross("-s a.py -o - -").input(text).end();
    assert!(end.status == 0 && !end.out.is_empty());
    assert!(end.err.starts_with("a.py:3: note: ") && end.err.contains("Pyrite only"), "{}", end.err);
    let end = cross("-X target=pyrite -s a.py -o - -").input(text).end();
    assert_eq!((end.status, end.err.as_str()), (0, ""));
}
