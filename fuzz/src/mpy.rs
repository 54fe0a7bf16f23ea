//! Module files: mutated as bytes and as operations, read, and run when they are let in.

use std::time::Duration;

use tests::machine::{Input, Shortage};
use vm::compile::code::{Code, Flags, Module};
use vm::compile::decode::decode;
use vm::compile::encode::{Kept, encode};
use vm::compile::tables::Tables;
use vm::mpy::read::{SMALL_INT_BITS, read};
use vm::mpy::write::write;
use vm::qstr::Pool;

use crate::dice::Dice;
use crate::mpy_ops::Context;
use crate::mutate;
use crate::targets::State;

/// Reads a file, and runs it if it is let in: from memory that lives for ever and from the heap.
pub fn run(state: &mut State, input: &[u8]) {
    // No byte more, so that the sanitizer sees what is read behind it.
    let input: &[u8] = &Box::<[u8]>::from(input);
    let mut pool = Pool::new();
    let Ok(module) = read(input, SMALL_INT_BITS, &mut pool) else { return };
    state.accepted += 1;
    #[cfg(feature = "cranelift")]
    native(state, &module, &pool);
    drop(module);
    let stress = input.len().is_multiple_of(16);
    let program = if input.len().is_multiple_of(3) { Input::Compiled(input) } else { Input::Image(input) };
    state.memory.run_for(program, Shortage::Never, Duration::from_millis(200), stress);
}

/// Has machine code made of all functions, which does not run: only what our compiler made does.
#[cfg(feature = "cranelift")]
fn native(state: &mut State, module: &Module, pool: &Pool) {
    use vm::compile::code::Kind;
    use vm::compile::emitter::{Emitter, Unit};
    let mut waiting = vec![&module.root];
    while let Some(code) = waiting.pop() {
        waiting.extend(code.children.iter());
        let Ok(ops) = decode(&code.bytes, &module.qstrs) else { continue };
        if ops.len() > 1500 {
            continue;
        }
        let code = Code {
            kind: Kind::Native,
            name: code.name,
            flags: code.flags,
            n_pos_args: code.n_pos_args,
            n_kwonly_args: code.n_kwonly_args,
            n_def_pos_args: code.n_def_pos_args,
            n_state: code.n_state,
            n_exc_stack: code.n_exc_stack,
            arg_names: code.arg_names.try_clone().expect("memory"),
            cells: code.cells.try_clone().expect("memory"),
            bytes: code.bytes.try_clone().expect("memory"),
            ops,
            ..Code::default()
        };
        let unit = Unit {
            code: &code,
            names: pool,
            consts: &module.consts,
            siblings: &module.root.children,
            file: module.source,
            caches: true,
            checks: true,
        };
        let _ = state.emitter().emit(&unit);
    }
}

/// A new file: mostly with other operations, sometimes with other bytes.
pub fn mutated(dice: &mut Dice, one: &[u8], other: &[u8]) -> Vec<u8> {
    let made = if dice.once_in(4) { None } else { operations(dice, one, other) };
    match made {
        Some(made) if dice.once_in(12) => mutate::bytes(dice, &made, other),
        Some(made) => made,
        None => mutate::bytes(dice, one, other),
    }
}

/// A mutation of one file's operations, with those of another put in.
fn operations(dice: &mut Dice, one: &[u8], other: &[u8]) -> Option<Vec<u8>> {
    let mut pool = Pool::new();
    let mut module = read(one, SMALL_INT_BITS, &mut pool).ok()?;
    let donor = read(other, SMALL_INT_BITS, &mut pool).ok();
    let given = donor.and_then(|donor| {
        let chosen = dice.below(count(&donor.root));
        let code = nth(&donor.root, &mut { chosen })?;
        decode(&code.bytes, &donor.qstrs).ok()
    });
    let (names, n_consts) = (module.qstrs.try_clone().ok()?, module.consts.len());
    let mut tables = Tables::default();
    for &name in &names {
        tables.use_qstr(name).ok()?;
    }
    for _ in 0..=dice.below(2) {
        let chosen = dice.below(count(&module.root));
        let code = nth_mut(&mut module.root, &mut { chosen })?;
        let mut ops = decode(&code.bytes, &names).ok()?.to_vec();
        let context = Context {
            names: &names,
            n_consts,
            n_children: code.children.len(),
            n_locals: usize::from(code.n_state),
            given: given.as_deref().unwrap_or(&[]),
        };
        for _ in 0..=dice.below(3) {
            context.change(dice, &mut ops);
        }
        head(dice, code);
        code.bytes = encode(code, &ops, &mut tables, Kept::All).ok()?;
    }
    module.qstrs = tables.qstrs;
    shape(dice, &mut module);
    write(&module, &pool).ok().map(|bytes| bytes.to_vec())
}

fn count(code: &Code) -> usize {
    1 + code.children.iter().map(count).sum::<usize>()
}

fn nth<'a>(code: &'a Code, n: &mut usize) -> Option<&'a Code> {
    if *n == 0 {
        return Some(code);
    }
    *n -= 1;
    code.children.iter().find_map(|child| nth(child, n))
}

fn nth_mut<'a>(code: &'a mut Code, n: &mut usize) -> Option<&'a mut Code> {
    if *n == 0 {
        return Some(code);
    }
    *n -= 1;
    code.children.iter_mut().find_map(|child| nth_mut(child, n))
}

/// Changes what the head of a function says; mostly there is only more room.
fn head(dice: &mut Dice, code: &mut Code) {
    code.n_state = code.n_state.saturating_add(dice.below(12) as u16);
    code.n_exc_stack = code.n_exc_stack.saturating_add(dice.below(3) as u16);
    if !dice.once_in(6) {
        return;
    }
    match dice.below(8) {
        0 => code.n_state = dice.small(17) as u16,
        1 => code.n_exc_stack = dice.small(4) as u16,
        2 => code.flags = Flags(code.flags.0 ^ 1 << dice.below(5)),
        3 => {
            code.n_pos_args = dice.small(4) as u16;
            let name = code.name;
            let n_args = usize::from(code.n_pos_args + code.n_kwonly_args);
            code.arg_names.resize(n_args, name).expect("memory");
        }
        4 => {
            code.n_kwonly_args = dice.small(4) as u16;
            let name = code.name;
            let n_args = usize::from(code.n_pos_args + code.n_kwonly_args);
            code.arg_names.resize(n_args, name).expect("memory");
        }
        5 => code.n_def_pos_args = dice.small(4) as u16,
        6 => code.cells.push(dice.small(6) as u8).expect("memory"),
        _ => drop(code.cells.pop()),
    }
}

/// Changes which functions there are.
fn shape(dice: &mut Dice, module: &mut Module) {
    if !dice.once_in(12) {
        return;
    }
    let n_children = module.root.children.len();
    match dice.below(3) {
        0 => drop(module.root.children.pop()),
        1 if n_children > 1 => module.root.children.swap(dice.below(n_children), dice.below(n_children)),
        _ => drop(module.consts.pop()),
    }
}
