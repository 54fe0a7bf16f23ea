//! `pyrite-cross romfs` and `--manifest` from outside.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use pyrite_cross::romfs;

/// What mpremote 1.29 makes of the folder below with `romfs build --no-mpy`.
const THEIRS: &[u8] = b"\xd2\xcd1<\x05\x0d\x04a.py\x02\x06x = 1\x0a\x04+\x03lib\x05\x0d\x04b.py\x02\x06y = 2\x0a\x05\x0e\x08data.bin\x02\x03\x00\x01\x02\x04\x06\x05empty";

struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Folder {
        let folder = Folder(std::env::temp_dir().join(format!("pyrite-romfs-{name}-{}", std::process::id())));
        folder.write("app/a.py", b"x = 1\n");
        folder.write("app/lib/b.py", b"y = 2\n");
        folder.write("app/lib/data.bin", &[0, 1, 2]);
        fs::create_dir_all(folder.0.join("app/lib/empty")).expect("a folder");
        folder
    }

    fn write(&self, name: &str, content: &[u8]) {
        let path = self.0.join(name);
        fs::create_dir_all(path.parent().unwrap_or(Path::new("."))).expect("a folder");
        fs::write(path, content).expect("a file");
    }

    fn path(&self, name: &str) -> String {
        self.0.join(name).to_string_lossy().into_owned()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // What is left in the temporary folder harms nobody.
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn run(words: &[&str]) -> Result<String, String> {
    let args: Vec<OsString> =
        std::iter::once("pyrite-cross").chain(words.iter().copied()).map(OsString::from).collect();
    assert!(romfs::is_meant(&args));
    romfs::run(&args)
}

#[test]
fn images_are_those_of_mpremote() {
    let folder = Folder::new("same");
    let (app, out) = (folder.path("app"), folder.path("app.romfs"));
    let said = run(&["romfs", "build", &app, "--no-mpy"]).expect("an image");
    assert!(said.contains("2 .py files stay text"), "{said}");
    assert_eq!(fs::read(&out).expect("the image"), THEIRS);
    assert!(run(&["romfs", "list", &out]).expect("a list").contains("       3 /lib/data.bin\n"));
}

#[test]
fn text_is_compiled_unless_asked_otherwise() {
    let folder = Folder::new("compiled");
    let (app, out) = (folder.path("app"), folder.path("out"));
    let said = run(&["romfs", "build", &app, "-o", &out, "-O3"]).expect("an image");
    assert!(said.contains("/lib/b.py -> .mpy\n") && said.contains("2 .py files were compiled"), "{said}");
    let list = run(&["romfs", "list", &out]).expect("a list");
    assert!(list.contains(" /lib/b.mpy\n") && list.contains(" /a.mpy\n") && !list.contains(".py\n"), "{list}");
    folder.write("app/a.py", b"x = = 1\n");
    assert!(run(&["romfs", "build", &app]).expect_err("a mistake").contains("SyntaxError"));
}

#[test]
fn damaged_images_are_told() {
    let folder = Folder::new("damaged");
    let mut image = THEIRS.to_vec();
    image[4] = 0;
    folder.write("x", &image);
    assert!(run(&["romfs", "list", &folder.path("x")]).expect_err("damage").contains("the image is damaged"));
    folder.write("x", &THEIRS[..20]);
    assert!(run(&["romfs", "list", &folder.path("x")]).expect_err("no image").contains("this is no ROMFS image"));
    for words in [&["romfs"][..], &["romfs", "build"], &["romfs", "build", "a", "b"], &["--manifest", "x"]] {
        assert!(run(words).expect_err("usage").contains("usage: pyrite-cross romfs build"), "{words:?}");
    }
}

#[test]
fn manifests_become_images() {
    let folder = Folder::new("manifest");
    folder.write("manifest.py", b"metadata(version='3')\npackage('lib', base_path='app')\nfreeze_as_str('app/lib')\n");
    let (manifest, out) = (folder.path("manifest.py"), folder.path("out"));
    run(&["--manifest", &manifest, "-o", &out]).expect("an image");
    let list = run(&["romfs", "list", &out]).expect("a list");
    assert!(list.contains("/lib/b.mpy\n") && list.contains(" /b.py\n"), "{list}");
    folder.write(
        "manifest.py",
        b"module('a.py', base_path='app')\nmodule('b.py', base_path='app/lib')\nmodule('a.py', base_path='.')\n",
    );
    folder.write("a.py", b"other = 1\n");
    let message = run(&["--manifest", &manifest, "-o", &out]).expect_err("two files of one name");
    assert!(message.contains("a.mpy is frozen twice"), "{message}");
}
