//! Inline assembler functions: the machine's own code, behind a door that makes words of objects and an object of its result.

use crate::helpers::{self, Args};
use crate::link::header;
use crate::{asm, link, target, word};
use core::fmt::Write;
use ir::asm::What;
use ir::{Alu, Backend, Builder, Cc, Class, Func, MachineCode, Refused, Width};
use vm::compile::code::Kind;
use vm::compile::emitter::{EmitError, Unit, Wrong, WrongClass};
use vm::mem::Vec;
use vm::run::helpers::Helper;
use vm::run::layout::code;
use vm::value::Obj;

/// Machine code of an inline assembler function; refused by a machine that is not the one it is for.
pub fn emit(unit: &Unit<'_>, backend: &mut impl Backend) -> Result<MachineCode, EmitError> {
    let machine = match unit.code.kind {
        Kind::AsmThumb => ir::asm::Machine::Thumb,
        Kind::AsmXtensa => ir::asm::Machine::Xtensa,
        Kind::AsmRv32 => ir::asm::Machine::Rv32,
        Kind::Bytecode | Kind::Native | Kind::Viper => return Err(EmitError::Refused),
    };
    let first_line = unit.code.first_line;
    let body = asm::body(unit.code, unit.names)?;
    let bytes = match backend.assemble(machine, &body).ok_or(EmitError::Refused)? {
        Ok(bytes) => bytes,
        Err(ir::asm::Error { what: What::Memory, .. }) => return Err(EmitError::NoMemory),
        Err(error) => return Err(wrong(error.what, error.line.unwrap_or(first_line))),
    };
    let result = asm::result_type(unit.code, unit.names).map_err(|text| wrong(text, first_line))?;
    let refused = |why| match why {
        Refused::Memory => EmitError::NoMemory,
        Refused::TooLarge | Refused::Unsupported(_) => EmitError::Refused,
    };
    let door = backend.compile(&door(unit, result).map_err(refused)?).map_err(refused)?;
    let core = MachineCode { bytes, entry: 0, align: target::BYTES as u32, ..MachineCode::default() };
    link::linked(0, &[door, core]).map_err(refused)
}

fn wrong(what: impl core::fmt::Display, line: u32) -> EmitError {
    let mut message = Vec::new();
    match write!(message, "{what}") {
        Ok(()) => EmitError::Wrong(Wrong { class: WrongClass::Syntax, message, note: Vec::new(), line }),
        Err(_) => EmitError::NoMemory,
    }
}

/// Words of all arguments, then the code behind this part. `result` is the number of its type in `.mpy` files.
fn door(unit: &Unit<'_>, result: usize) -> Result<Func, Refused> {
    let mut b = Builder::new(unit.names.get(unit.code.name), target::WORD, target::FLOAT, helpers::SIGS);
    b.returns(Class::Word);
    let (vm, function, locals) = (b.param(Class::Word), b.param(Class::Word), b.param(Class::Word));
    let (entry, raised) = (b.block(), b.cold_block());
    b.start(entry);
    let table = b.int(helpers::table());
    b.table(table, 0);
    let count = usize::from(unit.code.n_pos_args);
    let slot = b.slot(count.max(1));
    let area = b.slot_addr(slot);
    for at in 0..count as i32 {
        let object = b.load(Width::Word, locals, -at * word::BYTES);
        let out = b.alu(Alu::Add, area, at * word::BYTES);
        b.run_or(helpers::number(Helper::ToAssembler), &Args::new(vm, &[object, out]), raised);
    }
    let raw = b.load(Width::Word, function, code::OF_FUNCTION as i32);
    let door = b.load(Width::Word, raw, code::NATIVE as i32);
    let distance = b.load(Width::Word, door, header::CORE);
    let core = b.alu(Alu::Add, door, distance);
    let mut words = Vec::new();
    for at in 0..count as i32 {
        let word = b.load(Width::Word, area, at * word::BYTES);
        b.held(words.push(word));
    }
    let answer = b.call_to(core, &words, None);
    let object = match result {
        // Zero would mean that it raised.
        0 => {
            let (object, none, some) = (b.word(), b.cold_block(), b.block());
            b.copy(object, answer);
            b.br(Cc::Eq, answer, 0, none, some);
            b.start(none);
            b.set_int(object, word::bits(Obj::NONE));
            b.start(some);
            object
        }
        1 => {
            let truth = b.set(Cc::Ne, answer, 0);
            word::bool_word(&mut b, truth)
        }
        2 => b.call(helpers::number(Helper::FromInt), &[vm, answer]),
        _ => b.call(helpers::number(Helper::FromUint), &[vm, answer]),
    };
    b.ret(Some(object));
    b.start(raised);
    let zero = b.int(0);
    b.ret(Some(zero));
    b.finish()
}
