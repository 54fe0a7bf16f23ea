//! Reports of functions written as ops, and that following instructions changes no code.

use super::*;
use crate::cranelift::Cranelift;
use vm::compile::code::{Code, Flags};
use vm::compile::op::{Binary, Local};
use vm::mem;
use vm::qstr::{Pool, Qstr};

/// `local 0 + 1`, on line 3.
fn report_of(kind: Kind) -> Report {
    let list = [Op::Line(3), Op::LoadFast(Local(0)), Op::LoadInt(1), Op::Binary(Binary::Add), Op::ReturnValue];
    let mut ops = mem::Vec::new();
    ops.extend(list).unwrap();
    let code = Code { kind, ops, flags: Flags::FUNCTION, n_pos_args: 1, first_line: 2, ..Code::default() };
    let names = Pool::new();
    report(
        &Unit { code: &code, names: &names, consts: &[], siblings: &[], file: Qstr::NULL, caches: true, checks: false },
        &mut Cranelift::new(),
    )
}

#[test]
fn guards_have_reasons() {
    let report = report_of(Kind::Native);
    let line = report.lines.iter().find(|line| line.number == 3).unwrap();
    let guards: Vec<&str> =
        line.notes.iter().filter(|note| note.kind == NoteKind::Guard).map(|note| note.text.as_str()).collect();
    assert_eq!(
        guards,
        ["`+`: `local 0` may be any object; must be a small int", "`+`: the result must stay a small int"]
    );
    assert_eq!(report.refused, None);
    assert!(report.bytes_of(Version::General) > 0 && report.bytes_of(Version::Fast) > 0);
}

#[test]
fn all_machine_code_belongs_somewhere_once() {
    let report = report_of(Kind::Native);
    let mut rows: Vec<Range<usize>> =
        report.lines.iter().flat_map(|line| &line.code).map(|row| row.range.clone()).collect();
    rows.sort_by_key(|range| range.start);
    let mut at = 0;
    for range in rows {
        assert_eq!(range.start, at);
        at = range.end;
    }
    assert_eq!(at, report.code.len());
}

#[test]
fn following_instructions_changes_no_code() {
    let mut b = ir::Builder::new("f", ir::Word::W64, ir::FloatSize::F64, &[]);
    b.returns(ir::Class::Word);
    let (x, entry, slow) = (b.param(ir::Class::Word), b.block(), b.cold_block());
    b.start(entry);
    b.line(4);
    let sum = b.alu_ov(ir::Ov::Add, x, 1, slow);
    b.ret(Some(sum));
    b.start(slow);
    b.ret(Some(x));
    let func = b.finish().unwrap();
    let numbered = numbered(&func);
    assert_eq!(ir::verify(&numbered), Ok(()));
    let mut backend = Cranelift::new();
    assert_eq!(backend.compile(&func).unwrap().bytes, backend.compile(&numbered).unwrap().bytes);
}

#[test]
fn bytecode_is_only_listed() {
    let report = report_of(Kind::Bytecode);
    assert_eq!((report.code.len(), report.refused), (0, None));
    let texts: Vec<&str> = report.lines.iter().flat_map(|line| &line.ops).map(|row| row.text.as_str()).collect();
    assert_eq!(texts, ["LoadFast 0", "LoadInt 1", "Binary +", "ReturnValue"]);
}
