//! The types of a function in one word, for callers that pass it words.

use super::parts::is_given;
use super::types::{Types, call_of, cast_named};
use crate::vty::{Item, Ty, Whole};
use vm::compile::code::{Code, Flags, Place};
use vm::compile::emitter::Unit;
use vm::compile::op::Op;
use vm::q;
use vm::qstr::{Pool, Qstr};

/// Parameters and result of a function that can be called with words. Functions whose words are the same take the same.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Signature(pub usize);

/// Bits of a type's number.
const BITS: u32 = 5;

/// Most parameters: what a word has room for beside their number and the result.
const MOST: usize = ((usize::BITS - 5) / BITS) as usize - 1;

/// Set in functions that need no frame of their own: they run no code that could ask for it.
const FRAMELESS: usize = 1 << (usize::BITS - 1);

impl Signature {
    /// Of functions that take objects only, through their door.
    pub const NONE: Signature = Signature(0);

    /// Of a function.
    pub fn of(unit: &Unit<'_>, types: &Types) -> Signature {
        let code = unit.code;
        let n_params = code.locals.iter().filter(|info| info.is_param).count();
        let plain = code.locals.iter().all(|info| info.place == Place::Fast || !is_given(info));
        if !plain || n_params != usize::from(code.n_pos_args) || code.flags.has(Flags::GENERATOR) {
            return Signature::NONE;
        }
        let params = types.locals.get(..n_params).unwrap_or(&[]);
        Signature::made(params, types.result, is_frameless(code, unit.names))
    }

    /// Of these types.
    pub fn made(params: &[Ty], result: Ty, frameless: bool) -> Signature {
        let types = [result].into_iter().chain(params.iter().copied());
        let numbers = types.rev().try_fold(0, |word, ty| Some(word << BITS | number(ty)?));
        match numbers {
            Some(word) if params.len() <= MOST => {
                let frameless = if frameless { FRAMELESS } else { 0 };
                Signature(word << 4 | params.len() | frameless)
            }
            Some(_) | None => Signature::NONE,
        }
    }
}

/// Whether a function calls nothing that could ask for the innermost frame: only casts, `range`, and itself.
fn is_frameless(code: &Code, names: &Pool) -> bool {
    let ops = &code.ops;
    let known = |name: Qstr| name == code.name || name == q!("range") || cast_named(names, name).is_some();
    let loads = ops.iter().enumerate().filter(|(_, op)| matches!(op, Op::LoadGlobal(name) if known(*name)));
    let calls = |call: usize| loads.clone().any(|(at, _)| call_of(ops, at) == Some(call));
    ops.iter().enumerate().all(|(at, op)| match op {
        Op::CallFunction(_) => calls(at),
        Op::CallFunctionVarKw(_) | Op::CallMethod(_) | Op::CallMethodVarKw(_) => false,
        Op::ImportName(_) | Op::ImportStar => false,
        _ => true,
    })
}

fn number(ty: Ty) -> Option<usize> {
    Some(match ty {
        Ty::Object => 1,
        Ty::Bool => 2,
        Ty::Float => 3,
        Ty::Whole(whole) => match whole {
            Whole::Int => 4,
            Whole::Uint => 5,
            Whole::Int8 => 6,
            Whole::Int16 => 7,
            Whole::Int32 => 8,
            Whole::Int64 => 9,
            Whole::Uint8 => 10,
            Whole::Uint16 => 11,
            Whole::Uint32 => 12,
            Whole::Uint64 => 13,
        },
        Ty::Ptr(item) => match item {
            Item::Any => 14,
            Item::Bits8 => 15,
            Item::Bits16 => 16,
            Item::Bits32 => 17,
            Item::Bits64 => 18,
            Item::Float => 19,
            Item::Float32 => 20,
            Item::Float64 => 21,
        },
        Ty::None | Ty::Cast(_) | Ty::Range => return None,
    })
}
