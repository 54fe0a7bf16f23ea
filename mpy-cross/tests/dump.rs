//! What is in a file, as text and as JSON.

mod program;

use program::{Folder, cross};

const TEXT: &str = "\
X = 'a longer text than ten'


def f(a, b=2, *c):
    return [a + k for k in b] if a else 1.5
";

#[test]
fn a_source_as_text() {
    let end = cross("--dump -s a.py -").input(TEXT).end();
    assert_eq!((end.status, end.err.as_str()), (0, ""));
    let out = String::from_utf8(end.out).expect("text");
    for part in [
        "header: .mpy 6.0, ",
        "  machine code: none\n  small ints: 31 bits\n",
        "     0  'a.py'\n     1  '<module>'  (static 7)\n",
        "  str 'a longer text than ten'\n",
        "  float 1.5\n",
        "function . <module>: bytecode, ",
        "  line 4\n",
        "MAKE_FUNCTION_DEFARGS 0\n",
        "function .0 f: bytecode, ",
        "  arguments: a b (2 by position, 1 with default, 0 by name)\n",
        "LOAD_CONST_OBJ 1=1.5\n",
        "function .0.0 <listcomp>: bytecode, ",
        "BINARY_OP 27 __add__\n",
    ] {
        assert!(out.contains(part), "{part} is not in\n{out}");
    }
}

#[test]
fn a_file_as_json() {
    let folder = Folder::new("json");
    folder.write("a.py", TEXT);
    assert_eq!(cross("a.py").inside(&folder).end().quiet(), 0);
    let end = cross("--dump=json a.mpy").inside(&folder).end();
    let out = String::from_utf8(end.out).expect("text");
    let head = "{\"dump\":1,\"size\":";
    assert!(out.starts_with(head) && out.ends_with("}\n"), "{out}");
    for part in [
        "\"header\":{\"version\":6,\"sub_version\":0,\"arch\":null,\"arch_flags\":null,\"small_int_bits\":31}",
        "{\"text\":\"<module>\",\"static\":7}",
        "{\"type\":\"str\",\"value\":\"a longer text than ten\"}",
        "\"name\":\"f\",\"args\":[\"a\",\"b\"],",
        "\"op\":\"LOAD_CONST_OBJ\",\"args\":\"1=1.5\",\"target\":null}",
        "\"children\":[]}",
    ] {
        assert!(out.contains(part), "{part} is not in\n{out}");
    }
    // From the text it is the same.
    assert_eq!(cross("--dump=json a.py").inside(&folder).end().out, out.as_bytes());
}

/// A file for x64 with a viper function: `mov eax, 1; ret` as machine code, a word to relocate, and data.
#[test]
fn machine_code_and_relocations() {
    let folder = Folder::new("machine");
    let mut file = b"M\x06\x0b\x1f\x02\x01\x08n.py\x00\x0f\x00".to_vec();
    file.extend([6 << 3 | 2, 0xb8, 1, 0, 0, 0, 0xc3, 0x30, 3, b'a', b'b', b'c']);
    // Text word 0 gets the data's address, and the word behind it the first entry of the table.
    file.extend([2 << 1 | 1, 0, 9 << 1, 0xff]);
    folder.write_bytes("n.mpy", &file);
    let end = cross("--dump n.mpy").inside(&folder).end();
    let out = String::from_utf8(end.out).expect("text");
    for part in [
        "header: .mpy 6.3, ",
        "machine code: x64\n",
        "fun_table mp_fun_table\n",
        "viper, 6 bytes",
        "mov eax, 1\n",
        "ret\n",
        "  rodata: 3 bytes, bss: 0 bytes\n",
        "  relocation: word 0 of text += rodata\n  relocation: word 1 of text += fun_table[0]\n",
    ] {
        assert!(out.contains(part), "{part} is not in\n{out}{}", end.err);
    }
    let json = String::from_utf8(cross("--dump=json n.mpy").inside(&folder).end().out).expect("text");
    assert!(
        json.contains(
            "\"rodata\":\"616263\",\"bss\":0,\"relocations\":[{\"in\":\"text\",\"word\":0,\"add\":\"rodata\"}"
        )
    );
}

#[test]
fn broken_files_are_told() {
    let folder = Folder::new("broken");
    folder.write("a.py", TEXT);
    assert_eq!(cross("a.py").inside(&folder).end().quiet(), 0);
    let good = folder.read("a.mpy");
    for len in 0..good.len() {
        folder.write_bytes("b.mpy", &good[..len]);
        let end = cross("--dump b.mpy").inside(&folder).end();
        assert!(end.status == 1 && end.err.contains("b.mpy: not a .mpy file that can be read: "), "{len}: {}", end.err);
    }
}
