//! What MicroPython's assembler says of operands that it does not take.

use ir::asm::{Arg, Line, What};

use super::{MACHINE, operands};
use crate::isa::Isa;

/// What an operand should be.
#[derive(Clone, Copy)]
enum Wants {
    /// A register up to this one.
    Reg(u8),
    /// A float register.
    Single,
    /// A special register.
    Special,
    /// A number of these bits.
    Int(u32),
    /// An address: a register up to this one, and a number of these bits.
    At(u8, u32),
    /// A set of registers.
    Set,
    /// A condition, or anything.
    Any,
}
use Wants::{Any, At, Int, Reg, Set, Single, Special};

const SPECS: &[(&str, &[Wants])] = &[
    ("bx", &[Reg(15)]),
    ("cpsid", &[Any]),
    ("cpsie", &[Any]),
    ("push", &[Set]),
    ("pop", &[Set]),
    ("mov", &[Reg(15), Reg(15)]),
    ("mov", &[Reg(7), Int(0xff)]),
    ("cmp", &[Reg(7), Int(0xff)]),
    ("add", &[Reg(7), Int(0xff)]),
    ("sub", &[Reg(7), Int(0xff)]),
    ("and_", &[Reg(7), Reg(7)]),
    ("eor", &[Reg(7), Reg(7)]),
    ("lsl", &[Reg(7), Reg(7)]),
    ("lsr", &[Reg(7), Reg(7)]),
    ("asr", &[Reg(7), Reg(7)]),
    ("adc", &[Reg(7), Reg(7)]),
    ("sbc", &[Reg(7), Reg(7)]),
    ("ror", &[Reg(7), Reg(7)]),
    ("tst", &[Reg(7), Reg(7)]),
    ("neg", &[Reg(7), Reg(7)]),
    ("cmp", &[Reg(7), Reg(7)]),
    ("cmn", &[Reg(7), Reg(7)]),
    ("orr", &[Reg(7), Reg(7)]),
    ("mul", &[Reg(7), Reg(7)]),
    ("bic", &[Reg(7), Reg(7)]),
    ("mvn", &[Reg(7), Reg(7)]),
    ("clz", &[Reg(15), Reg(15)]),
    ("rbit", &[Reg(15), Reg(15)]),
    ("mrs", &[Reg(12), Special]),
    ("movw", &[Reg(15), Int(0xffff)]),
    ("movt", &[Reg(15), Int(0xffff)]),
    ("movwt", &[Reg(15), Int(0xffff_ffff)]),
    ("ldrex", &[Reg(15), At(15, 0xff)]),
    ("ldr", &[Reg(7), At(7, 0x7c)]),
    ("ldrb", &[Reg(7), At(7, 0x1f)]),
    ("ldrh", &[Reg(7), At(7, 0x3e)]),
    ("str", &[Reg(7), At(7, 0x7c)]),
    ("strb", &[Reg(7), At(7, 0x1f)]),
    ("strh", &[Reg(7), At(7, 0x3e)]),
    ("lsl", &[Reg(7), Reg(7), Int(0x1f)]),
    ("lsr", &[Reg(7), Reg(7), Int(0x1f)]),
    ("asr", &[Reg(7), Reg(7), Int(0x1f)]),
    ("add", &[Reg(7), Reg(7), Reg(7)]),
    ("add", &[Reg(7), Reg(7), Int(7)]),
    ("sub", &[Reg(7), Reg(7), Reg(7)]),
    ("sub", &[Reg(7), Reg(7), Int(7)]),
    ("sdiv", &[Reg(15), Reg(15), Reg(15)]),
    ("udiv", &[Reg(15), Reg(15), Reg(15)]),
    ("strex", &[Reg(15), Reg(15), At(15, 0xff)]),
    ("vadd", &[Single, Single, Single]),
    ("vsub", &[Single, Single, Single]),
    ("vmul", &[Single, Single, Single]),
    ("vdiv", &[Single, Single, Single]),
    ("vcmp", &[Single, Single]),
    ("vsqrt", &[Single, Single]),
    ("vneg", &[Single, Single]),
    ("vcvt_f32_s32", &[Single, Single]),
    ("vcvt_s32_f32", &[Single, Single]),
    ("vldr", &[Single, At(7, 0x3fc)]),
    ("vstr", &[Single, At(7, 0x3fc)]),
];

/// Why a statement that no row takes is none.
pub fn complaint<'a>(isa: Isa, line: &Line<'a>) -> What<'a> {
    let (name, count) = (line.name, line.args.len());
    let unsupported = What::Unsupported { machine: MACHINE, name, count };
    if name.starts_with('v') && !isa.has_singles() {
        return unsupported;
    }
    let is_register = |wants: &Wants| matches!(wants, Reg(_) | Single | Special | Any);
    let last_is_name = matches!(line.args.last(), Some(Arg::Name(_)));
    let spec = SPECS.iter().find(|(spec, wants)| {
        // With two choices, what the last operand is decides.
        *spec == name
            && wants.len() == count
            && wants.last().is_none_or(|last| is_register(last) == last_is_name || alone(name, count))
    });
    let Some((_, wants)) = spec else { return unsupported };
    wants.iter().zip(&line.args).find_map(|(wants, arg)| misfit(name, *wants, arg)).unwrap_or(unsupported)
}

/// Whether it does not matter what the last operand is. With two operands it does, but for instructions of floats.
fn alone(name: &str, count: usize) -> bool {
    (count != 2 || name.starts_with('v'))
        && SPECS.iter().filter(|(spec, wants)| *spec == name && wants.len() == count).count() == 1
}

fn misfit<'a>(name: &'a str, wants: Wants, arg: &Arg<'a>) -> Option<What<'a>> {
    match (wants, arg) {
        (Any, _) => None,
        (Reg(most), Arg::Name(given)) => match operands::register(given) {
            Some(reg) if reg.number() > most => Some(What::AtMost { name, most }),
            Some(_) => None,
            None => Some(What::Register { name }),
        },
        (Reg(_), _) => Some(What::Register { name }),
        (Single, Arg::Name(given)) => match operands::single(given) {
            Some(_) => None,
            None if operands::numbered(given, 's', u8::MAX).is_some() => Some(What::AtMost { name, most: 31 }),
            None => Some(What::Fpu { name }),
        },
        (Single, _) => Some(What::Fpu { name }),
        (Special, Arg::Name(given)) if operands::special(given).is_some() => None,
        (Special, _) => Some(What::Special { name }),
        (Int(mask), Arg::Int(value)) => {
            let value = *value as u32;
            (value & !mask != 0).then_some(What::Mask { name, value, mask })
        }
        (Int(_), _) => Some(What::Integer { name }),
        (At(most, mask), Arg::List(items)) => match items.as_slice() {
            [base, offset] => misfit(name, Reg(most), base).or_else(|| misfit(name, Int(mask), offset)),
            _ => Some(What::Address { name }),
        },
        (At(..), _) => Some(What::Address { name }),
        (Set, Arg::Set(items)) => items.iter().find_map(|item| misfit(name, Reg(15), item)),
        (Set, _) => Some(What::Set { name }),
    }
}
