//! `--explain`, `micropython.explain`, and the page, which a browser opens.

mod program;

use std::path::Path;
use std::process::{Command, Stdio};

use program::{Folder, run};

/// Where Debian's package puts the browser.
const BROWSER: &str = "/usr/bin/chromium-headless-shell";

const SOURCE: &str = "\
import micropython

@micropython.native
def dot(a, b, n):
    s = 0.0
    for i in range(n):
        s += a[i] * b[i]
    return s

@micropython.native
def name(x):
    print(x)
    def inner():
        return x
    return [x.name, inner]

@micropython.viper
def crc(p: ptr8, n: int) -> int:
    c = 0
    for i in range(n):
        c = (c << 1) ^ p[i]
    return c

def plain(x):
    return '<&>' + x
";

/// What `--explain` prints of a file.
fn explained(folder: &Folder, source: &str) -> String {
    let end = run(&["--explain", &folder.write("explained.py", source)]);
    assert_eq!((end.err.as_str(), end.status), ("", 0));
    end.out
}

#[test]
fn each_function_says_what_it_is() {
    let text = explained(&Folder::new("kinds"), SOURCE);
    let heads: Vec<&str> = text.lines().filter(|line| line.starts_with("== ")).collect();
    let names: Vec<&str> = heads.iter().filter_map(|line| line.split(' ').nth(1)).collect();
    assert_eq!(names, ["dot", "name", "inner", "crc", "plain"]);
    for part in [
        "native: ",
        "viper: ",
        "bytecode: the interpreter runs it",
        "`s` (set on lines 5, 7): float in a register, unboxed",
        "`i` (set on line 6): known small int, not checked again",
        "guard: `<`: `n` (argument) may be any object; must be a small int",
        "reading an item inline for lists, tuples, bytes and arrays; else helper `load_subscr`: `a` (argument)",
        "global `print` by inline cache; helper `load_global` when the module's names have changed",
        "attribute `name` by inline cache; helper `load_attr` for other types: `x` (argument) may be any object",
        "helper call: MakeClosure calls helper `make_closure`: it makes an object",
        "`p` (argument): machine word (ptr8)",
        "inline: reading an item by machine instructions alone (ptr8, int)",
        "LoadStr <&>",
        "    7 |         s += a[i] * b[i]",
        "push rbp",
        "ret ",
    ] {
        assert!(text.contains(part), "{part}\n{text}");
    }
}

#[test]
fn a_function_is_explained_where_it_runs_as_from_its_file() {
    let source = format!("{SOURCE}\nfor f in dot, name, crc, plain:\n    micropython.explain(f)\n");
    let folder = Folder::new("runs");
    let end = run(&[&folder.write("runs.py", &source)]);
    assert_eq!((end.err.as_str(), end.status), ("", 0));
    let (ran, read) = (end.out, explained(&folder, &source));
    // Addresses and times differ.
    let same = |text: &str| -> Vec<String> {
        let said = |line: &&str| line.contains("     - ") || line.contains("     = ") || line.contains("     ! ");
        text.lines().filter(said).map(str::to_string).collect()
    };
    let inner = read.find("== inner").zip(read.find("== crc"));
    let without = inner.map_or(read.clone(), |(start, end)| format!("{}{}", &read[..start], &read[end..]));
    assert_eq!(same(&ran), same(&without));
    assert!(!same(&ran).is_empty());
}

#[test]
fn only_functions_are_explained() {
    let source = "import micropython\nfor x in 1, print, len, int, [].append:\n    try:\n        micropython.explain(x)\n    \
                  except TypeError as e:\n        print(e)\n";
    let end = run(&["-c", source]);
    assert_eq!((end.out.as_str(), end.err.as_str()), ("explain() takes a function\n".repeat(5).as_str(), ""));
}

#[test]
fn what_cannot_be_explained_says_why() {
    let end = run(&["--explain", "/nowhere.py"]);
    assert_eq!(end.err, "pyrite: can't open file '/nowhere.py': [Errno 2] No such file or directory\n");
    assert_eq!(end.status, 2);
    let folder = Folder::new("wrong");
    let file = folder.write("wrong.py", "@micropython.viper\ndef f(x: int):\n    x[0]\n");
    let end = run(&["--explain", &file]);
    assert!(end.status == 0 && end.out.contains("viper, but stays bytecode: line 3: "), "{}", end.out);
    let end = run(&["--explain", &file, "--html", "/nowhere/x.html"]);
    assert!(end.status == 1 && end.err.starts_with("pyrite: can't write '/nowhere/x.html'"), "{}", end.err);
}

/// Opens a page with `script` at its end, and gives the document that is left; nothing without a browser.
fn browsed(folder: &Folder, page: &str, script: &str) -> Option<String> {
    if !Path::new(BROWSER).exists() {
        eprintln!("{BROWSER} is missing, so nobody opens the page: install chromium-headless-shell");
        return None;
    }
    let driven = page.replace("</body>", &format!("<script>{{{script}}}</script></body>"));
    let driven = folder.write("driven.html", &driven);
    let out = Command::new(BROWSER)
        .args(["--no-sandbox", "--disable-gpu", "--virtual-time-budget=3000", "--dump-dom"])
        .arg(format!("--user-data-dir={}/profile", folder.path()))
        .arg(format!("file://{driven}"))
        .stderr(Stdio::null())
        .output()
        .expect("a browser");
    Some(String::from_utf8_lossy(&out.stdout).into_owned())
}

fn page(folder: &Folder) -> String {
    let (file, page) = (folder.write("page.py", SOURCE), format!("{}/page.html", folder.path()));
    let end = run(&["--explain", &file, "--html", &page]);
    assert_eq!((end.err.as_str(), end.status), ("", 0));
    std::fs::read_to_string(page).expect("the page")
}

#[test]
fn the_page_needs_nothing_else() {
    let text = page(&Folder::new("alone"));
    for outside in ["src=", "http:", "https:", "url(", "@import", "<link"] {
        assert!(!text.contains(outside), "{outside}");
    }
    // Read without scripts, all is there.
    for part in ["reading an item", "&lt;&amp;&gt;", "push rbp", "href=\"#f0-7\"", "id=\"f0-7\"", "add_ov"] {
        assert!(text.contains(part), "{part}");
    }
}

#[test]
fn a_browser_shows_lines_and_lights_what_belongs_to_them() {
    let script = "
        const said = [];
        const lit = () => [...document.querySelectorAll('.lit')].map((part) => part.id || part.dataset.to).join();
        const line = (n) => [...document.querySelectorAll('a.line')].find((line) => line.textContent.startsWith(n));
        said.push(document.querySelectorAll('#source .line').length + ' lines');
        said.push(lit());
        line('7').click();
        said.push(lit() + ' ' + line('7').getAttribute('aria-current'));
        line('8').dispatchEvent(new MouseEvent('mouseenter'));
        said.push(lit());
        line('8').dispatchEvent(new MouseEvent('mouseleave'));
        document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowUp', bubbles: true }));
        said.push(lit() + ' ' + (document.activeElement === line('6')));
        document.getElementById('f0-5').click();
        said.push(lit());
        const general = document.querySelector('.general');
        said.push(getComputedStyle(general).display);
        document.getElementById('general').click();
        said.push(getComputedStyle(general).display);
        said.push(document.querySelectorAll('a.line[href]').length > 10 && line('7').tabIndex === 0);
        said.push(performance.getEntriesByType('resource').length + ' resources');
        said.push([...document.querySelectorAll('#f0-7 td:last-child .hot')].length > 10);
        document.title = said.join('; ');
    ";
    let folder = Folder::new("browsed");
    let Some(dom) = browsed(&folder, &page(&folder), script) else { return };
    let title = dom.split("<title>").nth(1).and_then(|rest| rest.split("</title>").next()).unwrap_or("");
    let wanted = "25 lines; ; f0-7,f0-7 true; f0-7,f0-8,f0-7,f0-8; f0-6,f0-6 true; f0-5,f0-5; none; inline; true; \
                  0 resources; true";
    assert_eq!(title, wanted);
}
