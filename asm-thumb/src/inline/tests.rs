//! Inline assembler: encodings, branches, directives, errors.

use alloc::string::ToString;
use alloc::vec;
use core::slice::from_ref;

use super::*;

fn body<'a>(lines: &[(&'a str, &[Arg<'a>])]) -> Body<'a> {
    let lines = lines.iter().zip(1..).map(|((name, args), line)| Line { line, name, args: args.to_vec() }).collect();
    Body { params: vec![], lines }
}

/// What stands between entry and exit, in halfwords.
fn code(isa: Isa, lines: &[(&str, &[Arg<'_>])]) -> Vec<u16> {
    let bytes = function(isa, &body(lines)).unwrap_or_else(|error| panic!("{}", error.what));
    let halves: Vec<u16> =
        bytes.chunks(2).map(|pair| u16::from_le_bytes([pair[0], *pair.get(1).unwrap_or(&0)])).collect();
    assert_eq!((halves.first(), halves.last()), (Some(&0xb5f2), Some(&0xbdf2)));
    halves[1..halves.len() - 1].to_vec()
}

fn said(isa: Isa, lines: &[(&str, &[Arg<'_>])]) -> alloc::string::String {
    function(isa, &body(lines)).unwrap_err().what.to_string()
}

const R0: Arg<'static> = Arg::Name("r0");
const R1: Arg<'static> = Arg::Name("r1");
const R8: Arg<'static> = Arg::Name("r8");

#[test]
fn what_micropython_takes_becomes_what_it_makes() {
    let m = Isa::V7EMF;
    assert_eq!(code(m, &[("add", &[R0, R0, R1])]), [0x1840]);
    assert_eq!(code(m, &[("add", &[R0, Arg::Int(9)])]), [0x3009]);
    assert_eq!(code(m, &[("mov", &[R0, R8]), ("mov", &[R0, Arg::Int(255)])]), [0x4640, 0x20ff]);
    assert_eq!(code(m, &[("and_", &[R0, R1]), ("neg", &[R0, R1]), ("mul", &[R0, R1])]), [0x4008, 0x4248, 0x4348]);
    assert_eq!(code(m, &[("movwt", &[R0, Arg::Int(0xdead_beef)])]), [0xf64b, 0x60ef, 0xf6cd, 0x60ad]);
    assert_eq!(code(m, &[("ldr", &[R0, Arg::List(vec![R1, Arg::Int(4)])])]), [0x6848]);
    assert_eq!(
        code(m, &[("push", &[Arg::Set(vec![R0, Arg::Name("lr")])]), ("pop", &[Arg::Set(vec![R0, R8])])]),
        [0xb501, 0xe8bd, 0x0101]
    );
    let (s0, s1) = (Arg::Name("s0"), Arg::Name("s1"));
    assert_eq!(code(m, &[("vadd", &[s0.clone(), s1.clone(), s1.clone()])]), [0xee30, 0x0aa0]);
    assert_eq!(code(m, &[("vcvt_f32_s32", &[s0.clone(), s1.clone()])]), [0xeeb8, 0x0ae0]);
    assert_eq!(
        code(m, &[("vcmp", &[s0, s1]), ("vmrs", &[Arg::Name("APSR_nzcv"), Arg::Name("FPSCR")])]),
        [0xeeb4, 0x0ae0, 0xeef1, 0xfa10]
    );
    assert_eq!(
        code(m, &[("cpsid", &[Arg::Name("i")]), ("mrs", &[R0, Arg::Name("IPSR")]), ("wfi", &[])]),
        [0xb672, 0xf3ef, 0x8005, 0xbf30]
    );
}

#[test]
fn the_rest_of_the_table_can_be_written() {
    assert_eq!(code(Isa::V7M, &[("add", &[R8, R0, R1])]), [0xeb00, 0x0801]);
    assert_eq!(
        code(Isa::V7M, &[("ldr", &[R8, Arg::List(vec![R0, R1, Arg::Call("lsl", vec![Arg::Int(2)])])])]),
        [0xf850, 0x8021]
    );
    assert_eq!(code(Isa::V7M, &[("ldr", &[R0, Arg::List(vec![Arg::Name("sp"), Arg::Int(8)])])]), [0x9802]);
    assert_eq!(code(Isa::V7M, &[("mls", &[R0, R1, R0, R1])]), [0xfb01, 0x1010]);
}

#[test]
fn branches_take_the_form_that_reaches() {
    let (here, far) = (Arg::Name("here"), Arg::Name("far"));
    let near = code(
        Isa::V7M,
        &[("label", from_ref(&here)), ("bne", from_ref(&here)), ("bne_w", from_ref(&here)), ("b", from_ref(&here))],
    );
    assert_eq!(near, [0xd1fe, 0xf47f, 0xaffd, 0xe7fb]);
    let mut lines = vec![("bne", vec![far.clone()])];
    lines.extend((0..200).map(|_| ("nop", vec![])));
    lines.push(("label", vec![far]));
    let lines: Vec<(&str, &[Arg<'_>])> = lines.iter().map(|(name, args)| (*name, args.as_slice())).collect();
    assert_eq!(code(Isa::V7M, &lines)[..2], [0xf040, 0x80c8]);
    assert_eq!(said(Isa::V6M, &lines), "branch not in range");
}

#[test]
fn directives_place_bytes() {
    let data = code(
        Isa::V6M,
        &[("data", &[Arg::Int(1), Arg::Int(1)]), ("align", &[Arg::Int(4)]), ("data", &[Arg::Int(4), Arg::Int(-2)])],
    );
    assert_eq!(data, [1, 0xfffe, 0xffff]);
}

#[test]
fn errors_are_those_that_programs_know() {
    let m = Isa::V7M;
    assert_eq!(said(m, &[("ldr", &[R0, R1])]), "unsupported Thumb instruction 'ldr' with 2 arguments");
    assert_eq!(said(m, &[("ldrex", &[R0, Arg::Int(1)])]), "'ldrex' expects an address of the form [a, b]");
    assert_eq!(
        said(m, &[("ldrb", &[R0, Arg::List(vec![R1, Arg::Int(5000)])])]),
        "'ldrb' integer 0x1388 doesn't fit in mask 0x1f"
    );
    assert_eq!(said(Isa::V6M, &[("and_", &[R0, R8])]), "'and_' expects at most r7");
    assert_eq!(said(m, &[("add", &[Arg::Int(1), R0])]), "unsupported Thumb instruction 'add' with 2 arguments");
    assert_eq!(said(m, &[("push", &[R0])]), "'push' expects {r0, r1, ...}");
    assert_eq!(said(m, &[("b", &[Arg::Name("lost")])]), "label 'lost' not defined");
    assert_eq!(said(m, &[("b", &[Arg::Int(1)])]), "'b' expects a label");
    assert_eq!(said(m, &[("vadd", &[R0, R0, R0])]), "unsupported Thumb instruction 'vadd' with 3 arguments");
    assert_eq!(said(Isa::V7EMF, &[("vadd", &[R0, R0, R0])]), "'vadd' expects an FPU register");
    assert_eq!(said(m, &[("label", &[R0]), ("label", &[R0])]), "label redefined");
    assert_eq!(said(m, &[("frob", &[])]), "unsupported Thumb instruction 'frob' with 0 arguments");
    let params = |names: &[&'static str]| {
        function(m, &Body { params: names.to_vec(), lines: vec![] }).unwrap_err().what.to_string()
    };
    assert_eq!(params(&["r1"]), "parameters must be registers in sequence r0 to r3");
    assert_eq!(params(&["r0", "r1", "r2", "r3", "r4"]), "can only have up to 4 parameters to Thumb assembly");
}
