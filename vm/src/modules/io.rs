//! io: streams.

use crate::Vm;
use crate::q;
use crate::types::{file, memoryio};
use crate::value::{Args, Entry, Flags, Gc, Obj, Object, Res, Rom, Type, TypeRef, kw, row};

/// The names.
pub static TABLE: &[Entry] = &[
    row(q!("__name__"), Rom::Word(Obj::name(q!("io")))),
    row(q!("open"), kw(0, file::open)),
    #[cfg(feature = "diagnostics")]
    row(q!("BufferedWriter"), Rom::Type(&crate::types::buffered::TYPE)),
    row(q!("BytesIO"), Rom::Type(&memoryio::BYTES_IO)),
    row(q!("StringIO"), Rom::Type(&memoryio::STRING_IO)),
    row(q!("FileIO"), Rom::Type(&file::FILE_IO)),
    row(q!("TextIOWrapper"), Rom::Type(&file::TEXT_IO)),
    row(q!("IOBase"), Rom::Type(&IO_BASE)),
    row(q!("SEEK_SET"), Rom::Word(Obj::small_wrapping(0))),
    row(q!("SEEK_CUR"), Rom::Word(Obj::small_wrapping(1))),
    row(q!("SEEK_END"), Rom::Word(Obj::small_wrapping(2))),
];

/// Body of a bare `IOBase()`.
pub struct IoBase {
    _nothing: usize,
}

impl Object for IoBase {
    const TYPE: &'static Type = &IO_BASE;
}

/// `io.IOBase`: the base of streams that programs write.
pub static IO_BASE: Type = Type { flags: Flags::BASE, make: Some(make), ..Type::new(q!("IOBase")) };

fn make(vm: &mut Vm, _: TypeRef, args: Args<'_>) -> Res {
    vm.no_keywords(args)?;
    vm.check_count(args.pos.len(), 0, 0)?;
    Ok(Gc::alloc(vm, IoBase { _nothing: 0 })?.obj())
}

#[cfg(test)]
mod tests {
    use crate::Vm;
    use crate::testing::{call, method, run, shown};
    use crate::types::memoryio::{BYTES_IO, STRING_IO};
    use crate::types::{bytes, file, str};
    use crate::value::{Args, Obj, Type, TypeRef};

    fn open(vm: &mut Vm, ty: &'static Type, from: Obj) -> Obj {
        let make = ty.make.expect("a type that can be called");
        make(vm, TypeRef::of(ty), Args::pos(&[from])).expect("memory")
    }

    #[test]
    fn memory_streams() {
        run(|vm| {
            let from = str::new(vm, "aé€\nline two\nend").expect("memory");
            let io = open(vm, &STRING_IO, from);
            let int = Obj::small_wrapping;
            let name = Obj::name(crate::q!("append"));
            for (call, args, answer) in [
                ("read", [int(2)].as_slice(), "'aé'"),
                ("tell", &[], "3"),
                ("readline", &[], "'€\\n'"),
                ("readline", &[int(4)], "'line'"),
                ("seek", &[int(-3), int(2)], "16"),
                ("read", &[], "'end'"),
                ("read", &[], "''"),
                ("write", &[name], "6"),
                ("seek", &[int(7)], "7"),
                ("read", &[], "'line two\\nendappend'"),
                ("seek", &[int(-1)], "OSError: [Errno 22] EINVAL"),
                ("close", &[], "None"),
                ("read", &[], "ValueError: I/O operation on closed file"),
            ] {
                assert_eq!(method(vm, io, call, args), answer, "{call}");
            }
            let from = bytes::new(vm, b"a\xff\nb").expect("memory");
            let io = open(vm, &BYTES_IO, from);
            let line = vm.next(io);
            assert_eq!(shown(vm, line), "b'a\\xff\\n'");
            assert_eq!(method(vm, io, "write", &[from]), "4");
            assert_eq!(method(vm, io, "getvalue", &[]), "b'a\\xff\\na\\xff\\nb'");
        });
    }

    #[test]
    fn the_console_is_a_stream() {
        let output = run(|vm| {
            let out = file::stdout(vm).expect("memory");
            assert_eq!(Ok(out), file::stdout(vm));
            let text = str::new(vm, "é!").expect("memory");
            let count = call(vm, out, "write", Args::pos(&[text]));
            assert_eq!(shown(vm, count), "2");
        });
        assert_eq!(output, "é!");
    }
}
