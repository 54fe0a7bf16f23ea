//! The prompt, played through a pipe.

mod program;

use program::{Folder, pyrite};

/// What the prompt answers, without the banner and with prompts kept.
fn session(input: &str) -> String {
    let end = pyrite(&["-i"]).input(input).end();
    let lines = end.out.split_inclusive('\n').skip(2).collect::<String>();
    lines + &end.err
}

#[test]
fn values_are_shown() {
    assert_eq!(session("1 + 2\nNone\n'a'\nx = 3\nx\n"), ">>> 3\n>>> >>> 'a'\n>>> >>> 3\n>>> \n");
}

#[test]
fn blocks_end_with_an_empty_line() {
    assert_eq!(session("for i in range(2):\n    print(i)\n\n"), ">>> ... ... 0\n1\n>>> \n");
    assert_eq!(session("(1,\n2)\n"), ">>> ... (1, 2)\n>>> \n");
}

#[test]
fn mistakes_leave_the_prompt() {
    let answer = session("1 / 0\nprint('on')\n");
    assert!(answer.contains("on\n"), "{answer}");
    assert!(answer.ends_with("ZeroDivisionError: divide by zero\n"), "{answer}");
}

#[test]
fn exit_leaves_it() {
    let end = pyrite(&["-i"]).input("raise SystemExit(7)\nprint('no')\n").end();
    assert_eq!(end.status, 7);
    assert!(!end.out.contains("no\n"));
}

#[test]
fn a_prompt_after_the_program() {
    let end = pyrite(&["-i", "-c", "x = 5"]).input("print(x * 2)\n").end();
    assert!(end.out.contains(">>> 10\n"), "{}", end.out);
    let folder = Folder::new("inspect");
    let file = folder.write("a.py", "y = 6\nraise ValueError\n");
    let end = pyrite(&[&file]).variable("MICROPYINSPECT", "1").input("print(y * 2)\n").end();
    assert!(end.out.contains(">>> 12\n"), "{}", end.out);
    assert!(end.err.contains("ValueError"), "{}", end.err);
}
