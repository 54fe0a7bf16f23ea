//! The disk, by what its callers see; and against a list of files that a test keeps itself.

use std::collections::BTreeMap;
use std::string::{String, ToString};
use std::vec::Vec;

use vm::port::{Errno, OpenMode, PathKind, Whence};

use crate::Disk;

const READ: OpenMode =
    OpenMode { read: true, write: false, append: false, truncate: false, create: false, exclusive: false };
const WRITE: OpenMode = OpenMode { read: false, write: true, truncate: true, create: true, ..READ };
const APPEND: OpenMode = OpenMode { truncate: false, append: true, ..WRITE };
const UPDATE: OpenMode = OpenMode { write: true, ..READ };

fn save(disk: &mut Disk<'_>, path: &str, mode: OpenMode, content: &[u8]) -> Result<usize, Errno> {
    let file = disk.open(path, mode)?;
    let done = disk.write(file, content);
    disk.close(file)?;
    done
}

fn load(disk: &mut Disk<'_>, path: &str) -> Result<Vec<u8>, Errno> {
    let file = disk.open(path, READ)?;
    let (mut content, mut piece) = (Vec::new(), [0; 100]);
    loop {
        let count = disk.read(file, &mut piece)?;
        if count == 0 {
            break;
        }
        content.extend_from_slice(&piece[..count]);
    }
    disk.close(file)?;
    Ok(content)
}

fn list(disk: &Disk<'_>, path: &str) -> Vec<String> {
    let mut names = Vec::new();
    disk.list(path, &mut |name, _, _| names.push(name.to_string())).expect("a directory");
    names.sort();
    names
}

#[test]
fn files_and_directories() {
    let mut memory = std::vec![0; 16 << 10];
    let mut disk = Disk::new(&mut memory);
    assert_eq!(save(&mut disk, "a", WRITE, b"one"), Ok(3));
    assert_eq!(save(&mut disk, "a", APPEND, b"two"), Ok(3));
    assert_eq!(load(&mut disk, "/a").as_deref(), Ok(&b"onetwo"[..]));
    assert_eq!(disk.make_dir("d"), Ok(()));
    assert_eq!(disk.make_dir("d"), Err(Errno(17)));
    assert_eq!(save(&mut disk, "d/b", WRITE, &[7; 1000]), Ok(1000));
    assert_eq!(disk.stat("d/b").map(|stat| stat.size), Ok(1000));
    assert_eq!(list(&disk, "/"), ["a", "d"]);
    assert_eq!(disk.remove_dir("d"), Err(Errno(39)));
    assert_eq!(disk.remove("d"), Err(Errno(21)));
    assert_eq!(disk.rename("d", "d/e"), Err(Errno(22)));
    assert_eq!(disk.change_dir("d"), Ok(()));
    disk.current_dir(&mut |path| assert_eq!(path, "/d"));
    assert_eq!(disk.rename("b", "../c"), Ok(()));
    assert_eq!(disk.path_kind("../c"), PathKind::File);
    assert_eq!(disk.remove_dir("/d"), Ok(()));
    disk.current_dir(&mut |path| assert_eq!(path, "/"));
    assert_eq!(load(&mut disk, "no").err(), Some(Errno(2)));
    assert_eq!(load(&mut disk, "c/x").err(), Some(Errno(20)));
    assert_eq!(disk.open("", READ).err(), Some(Errno(21)));
}

#[test]
fn positions_and_lengths() {
    let mut memory = std::vec![0; 16 << 10];
    let mut disk = Disk::new(&mut memory);
    save(&mut disk, "a", WRITE, &[1; 600]).expect("room");
    let file = disk.open("a", UPDATE).expect("the file");
    assert_eq!(disk.seek(file, -10, Whence::End), Ok(590));
    assert_eq!(disk.write(file, &[2; 20]), Ok(20));
    assert_eq!(disk.seek(file, 0, Whence::Here), Ok(610));
    assert_eq!(disk.truncate(file, 100), Ok(()));
    assert_eq!(disk.truncate(file, 400), Ok(()));
    let content = load(&mut disk, "a").expect("the file");
    assert_eq!((content.len(), content[99], content[100], content[399]), (400, 1, 0, 0));
    assert_eq!(disk.seek(file, -1, Whence::Start), Err(Errno(22)));
    disk.remove("a").expect("a file");
    assert_eq!(disk.write(file, b"x"), Err(Errno(9)));
}

#[test]
fn a_full_disk() {
    let mut memory = std::vec![0; 8 << 10];
    let mut disk = Disk::new(&mut memory);
    let [_, _, all, free, ..] = disk.stat_volume();
    assert_eq!(all, free);
    let written = save(&mut disk, "a", WRITE, &[1; 100_000]).expect("some room");
    assert_eq!(written as u64, (all - 1) * 256);
    assert_eq!(save(&mut disk, "b", WRITE, b"x"), Err(Errno(28)));
    disk.remove("a").expect("a file");
    assert_eq!(disk.stat_volume()[3], all);
}

#[test]
fn what_was_written_stays() {
    let mut memory = std::vec![0; 8 << 10];
    save(&mut Disk::new(&mut memory), "a", WRITE, b"kept").expect("room");
    assert_eq!(load(&mut Disk::new(&mut memory), "a").as_deref(), Ok(&b"kept"[..]));
    memory[0] = 0;
    assert_eq!(list(&Disk::new(&mut memory), "/"), [""; 0]);
}

/// A source of numbers.
struct Random(u32);

impl Random {
    fn below(&mut self, limit: u32) -> u32 {
        self.0 = self.0.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (self.0 >> 8) % limit
    }
}

#[test]
fn it_agrees_with_a_list() {
    let mut memory = std::vec![0; 64 << 10];
    let mut disk = Disk::new(&mut memory);
    let mut files: BTreeMap<String, Vec<u8>> = BTreeMap::new();
    let mut random = Random(1);
    for _ in 0..20_000 {
        let name = std::format!("f{}", random.below(12));
        let content: Vec<u8> = (0..random.below(1500)).map(|_| random.0 as u8).collect();
        match random.below(5) {
            0 => {
                save(&mut disk, &name, WRITE, &content).expect("room");
                files.insert(name, content);
            }
            1 => {
                let old = files.entry(name.clone()).or_default();
                if old.len() < 3000 {
                    save(&mut disk, &name, APPEND, &content).expect("room");
                    old.extend_from_slice(&content);
                } else {
                    disk.remove(&name).expect("the file");
                    files.remove(&name);
                }
            }
            2 => assert_eq!(disk.remove(&name).is_ok(), files.remove(&name).is_some()),
            3 => {
                let to = std::format!("f{}", random.below(12));
                assert_eq!(disk.rename(&name, &to).is_ok(), files.contains_key(&name));
                if let Some(content) = files.remove(&name) {
                    files.insert(to, content);
                }
            }
            _ => assert_eq!(load(&mut disk, &name).ok(), files.get(&name).cloned()),
        }
    }
    assert_eq!(list(&disk, "/"), files.keys().cloned().collect::<Vec<_>>());
    files.keys().for_each(|name| disk.remove(name).expect("the file"));
    let [_, _, all, free, ..] = disk.stat_volume();
    assert_eq!(all, free);
}

#[test]
fn a_damaged_disk_is_no_end() {
    let mut random = Random(7);
    for _ in 0..300 {
        let mut memory = std::vec![0; 8 << 10];
        let mut disk = Disk::new(&mut memory);
        disk.make_dir("d").expect("room");
        save(&mut disk, "d/a", WRITE, &[1; 900]).expect("room");
        save(&mut disk, "b", WRITE, &[2; 900]).expect("room");
        for _ in 0..20 {
            let at = 6 + random.below(1200) as usize;
            memory[at] = random.below(256) as u8;
        }
        let mut disk = Disk::new(&mut memory);
        let _ = load(&mut disk, "d/a");
        let _ = save(&mut disk, "b", APPEND, &[3; 5000]);
        let _ = disk.change_dir("d");
        disk.current_dir(&mut |_| ());
        let _ = disk.rename("/b", "/d/a");
        let _ = disk.remove("/d/a");
        let _ = disk.remove("/b");
        let _ = disk.list("/", &mut |_, _, _| ());
    }
}
