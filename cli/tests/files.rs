//! Images that are mounted, frozen modules, and packages, from outside.

mod program;

use std::convert::Infallible;

use program::{Folder, pyrite};
use vm::rom::write;

fn appended(to: &mut Vec<u8>) -> impl FnMut(&[u8]) -> Result<(), Infallible> + '_ {
    |piece| {
        to.extend_from_slice(piece);
        Ok(())
    }
}

#[test]
fn an_image_is_mounted() {
    let folder = Folder::new("romfs");
    let (mut lib, mut records, mut image) = (Vec::new(), Vec::new(), Vec::new());
    let Ok(()) = write::file("inner.py", b"print(__file__)\n", &mut appended(&mut lib));
    let Ok(()) = write::directory("lib", &lib, &mut appended(&mut records));
    let Ok(()) = write::file("a.bin", b"abc", &mut appended(&mut records));
    let Ok(()) = write::image(&records, &mut appended(&mut image));
    let path = format!("{}/x.romfs", folder.path());
    std::fs::write(&path, &image).expect("a folder to write to");
    let option = format!("romfs={path}");
    let text =
        "import inner, os, sys; print(os.listdir('/rom'), bytes(memoryview(open('/rom/a.bin', 'rb'))), sys.path[-2:])";
    let end = pyrite(&["-X", &option, "-c", text]).end();
    assert_eq!(end.out, "/rom/lib/inner.py\n['lib', 'a.bin'] b'abc' ['/rom', '/rom/lib']\n", "{}", end.err);
    assert_eq!(pyrite(&["-X", &option, "-m", "inner"]).end().out, "/rom/lib/inner.py\n");
    std::fs::write(&path, &image[..image.len() - 2]).expect("a folder to write to");
    let end = pyrite(&["-X", &option, "-c", "pass"]).end();
    assert_eq!((end.status, end.err.contains("this is no ROMFS image")), (1, true), "{}", end.err);
}

#[test]
fn what_runs_as_main_knows_its_package() {
    let folder = Folder::new("relative");
    folder.write("pack/__init__.py", "");
    folder.write("pack/inner.py", "value = 3\n");
    folder.write(
        "pack/__main__.py",
        "from .inner import value\nfrom . import inner\nprint(__name__, value, inner.__name__)\n",
    );
    folder.write("pack/other.py", "from .inner import value\nprint(value)\n");
    assert_eq!(pyrite(&["-m", "pack"]).inside(&folder).end().out, "__main__ 3 pack.inner\n");
    assert_eq!(pyrite(&["-m", "pack.other"]).inside(&folder).end().out, "3\n");
}

#[test]
fn packages_are_installed_from_a_directory() {
    let folder = Folder::new("mip");
    folder.write("index/package/py/one/latest.json", "{\"hashes\": [[\"one.py\", \"ba7816bf\"]], \"version\": \"1\"}");
    folder.write("index/file/ba/ba7816bf", "abc");
    let end =
        pyrite(&["-m", "mip", "install", "--index", "index", "-t", "lib", "--no-mpy", "one"]).inside(&folder).end();
    assert_eq!((end.status, end.out.ends_with("Copying: lib/one.py\nDone\n")), (0, true), "{}{}", end.out, end.err);
    let end = pyrite(&["-m", "mip", "install", "-i", "index", "-t", "lib", "none"]).inside(&folder).end();
    assert_eq!((end.status, end.out.contains("Package not found")), (1, true), "{}{}", end.out, end.err);
    let end = pyrite(&["-m", "mip", "install", "-t", "lib", "x"]).inside(&folder).end();
    assert!(end.out.contains("there are no sockets yet"), "{}{}", end.out, end.err);
    assert!(pyrite(&["-m", "mip"]).end().err.starts_with("usage: -m mip install"));
}
