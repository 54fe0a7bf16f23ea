//! Module files: mutated as bytes and as operations, read, and run when they are let in.

use std::time::Duration;

use tests::machine::{Input, Shortage};
use vm::compile::code::{Code, Flags, Module};
use vm::compile::decode::decode;
use vm::compile::encode::{Kept, encode};
use vm::compile::op::{Args, Binary, ChildId, Collection, ConstId, Label, Local, Op, Unary};
use vm::compile::tables::Tables;
use vm::mpy::read::{SMALL_INT_BITS, read};
use vm::mpy::write::write;
use vm::qstr::{Pool, Qstr};

use crate::dice::Dice;
use crate::mutate;
use crate::targets::State;

/// Reads a file, and runs it if it is let in: from memory that lives for ever and from the heap.
pub fn run(state: &mut State, input: &[u8]) {
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

/// What operations can refer to.
struct Context<'a> {
    names: &'a [Qstr],
    n_consts: usize,
    n_children: usize,
    n_locals: usize,
    /// Operations of another function.
    given: &'a [Op],
}

impl Context<'_> {
    fn change(&self, dice: &mut Dice, ops: &mut Vec<Op>) {
        let at = dice.below(ops.len() + 1);
        let end = (at + 1 + dice.small(4)).min(ops.len());
        match dice.below(11) {
            0 => drop(ops.drain(at..end.max(at))),
            1 | 2 => {
                // Put in so that the stack is as high behind it as before.
                let op = self.any(dice, ops);
                let effect = op.effect();
                let filled: Vec<Op> = (effect..0).map(|_| self.operand(dice)).collect();
                let drops = (0..effect).map(|_| Op::PopTop);
                let all: Vec<Op> = filled.into_iter().chain([op]).chain(drops).collect();
                drop(ops.splice(at..at, all));
            }
            3 => {
                // Another in its place, of the same effect if there soon is one.
                if let Some(&old) = ops.get(at) {
                    let new = (0..40).map(|_| self.any(dice, ops)).find(|new| new.effect() == old.effect());
                    if let (Some(place), Some(new)) = (ops.get_mut(at), new) {
                        *place = new;
                    }
                }
            }
            4 => {
                let new = self.any(dice, ops);
                if let Some(place) = ops.get_mut(at) {
                    *place = new;
                }
            }
            5 => {
                let to = dice.below(ops.len());
                if at < ops.len() {
                    ops.swap(at, to);
                }
            }
            6 => {
                let piece = ops.get(at..end).unwrap_or(&[]).to_vec();
                let to = dice.below(ops.len() + 1);
                drop(ops.splice(to..to, piece.into_iter().filter(|op| !matches!(op, Op::Label(_)))));
            }
            7 => {
                // A piece of another function, its jumps led somewhere.
                let from = dice.below(self.given.len() + 1);
                let until = (from + 1 + dice.small(6)).min(self.given.len());
                let mut piece = Vec::new();
                for &op in self.given.get(from..until).unwrap_or(&[]) {
                    if !matches!(op, Op::Label(_) | Op::Line(_)) {
                        piece.push(self.led(dice, ops, op));
                    }
                }
                drop(ops.splice(at..at, piece));
            }
            8 | 9 => {
                // A jump goes elsewhere.
                let jumps: Vec<usize> = (0..ops.len()).filter(|&at| ops[at].target().is_some()).collect();
                if let Some(&jump) = dice.pick(&jumps)
                    && let Some(&op) = ops.get(jump)
                {
                    let led = self.led(dice, ops, op);
                    if let Some(place) = ops.iter_mut().find(|place| **place == op) {
                        *place = led;
                    }
                }
            }
            _ => {
                // A suite gets a handler.
                let (handler, past) = (fresh(ops), Label(fresh(ops).0 + 1));
                let kind = dice.below(3);
                let end = (at + dice.small(5)).min(ops.len());
                let (first, last): (&[Op], &[Op]) = match kind {
                    0 => (&[Op::SetupFinally(handler)], &[Op::LoadNone, Op::Label(handler), Op::EndFinally]),
                    1 => (
                        &[Op::SetupExcept(handler)],
                        &[
                            Op::PopExceptJump(past),
                            Op::Label(handler),
                            Op::PopTop,
                            Op::PopExceptJump(past),
                            Op::EndFinally,
                            Op::Label(past),
                        ],
                    ),
                    _ => (
                        &[Op::LoadFast(Local(0)), Op::SetupWith(handler), Op::PopTop],
                        &[Op::LoadNone, Op::Label(handler), Op::WithCleanup, Op::EndFinally],
                    ),
                };
                drop(ops.splice(end..end, last.iter().copied()));
                drop(ops.splice(at..at, first.iter().copied()));
            }
        }
    }

    /// An operation whose jump goes to some label of `ops`.
    fn led(&self, dice: &mut Dice, ops: &mut Vec<Op>, mut op: Op) -> Op {
        if op.target().is_some() {
            let label = self.label(dice, ops);
            if let Some(target) = op.target_mut() {
                *target = label;
            }
        }
        op
    }

    /// A label, sometimes a new one.
    fn label(&self, dice: &mut Dice, ops: &mut Vec<Op>) -> Label {
        let old: Vec<Label> = ops.iter().filter_map(|op| if let Op::Label(l) = op { Some(*l) } else { None }).collect();
        match dice.pick(&old) {
            Some(&label) if !dice.once_in(3) => label,
            _ => {
                let label = fresh(ops);
                ops.insert(dice.below(ops.len() + 1), Op::Label(label));
                label
            }
        }
    }

    /// Something to work on.
    fn operand(&self, dice: &mut Dice) -> Op {
        match dice.below(7) {
            0 => Op::LoadNone,
            1 => Op::LoadInt(dice.small(8) as i32 - 4),
            2 => Op::LoadNull,
            3 => Op::LoadConst(self.constant(dice)),
            4 => Op::LoadGlobal(self.name(dice)),
            _ => Op::LoadFast(self.local(dice)),
        }
    }

    fn name(&self, dice: &mut Dice) -> Qstr {
        const USEFUL: &[&str] =
            &["range", "len", "list", "dict", "__class__", "append", "__next__", "next", "iter", "super", "heap_lock"];
        if dice.once_in(12) {
            // What compiled code calls by names that no program can write.
            let all: Vec<Qstr> =
                (1..4000).map(Qstr).filter(|&name| vm::qstr::static_text(name).starts_with('.')).collect();
            return dice.pick(&all).copied().unwrap_or(Qstr(1));
        }
        if dice.once_in(3) {
            let text = dice.pick(USEFUL).copied().unwrap_or("");
            return vm::qstr::find_static(text).unwrap_or(Qstr(1));
        }
        dice.pick(self.names).copied().unwrap_or(Qstr(1))
    }

    fn local(&self, dice: &mut Dice) -> Local {
        Local(dice.below(self.n_locals + 1) as u16)
    }

    fn constant(&self, dice: &mut Dice) -> ConstId {
        ConstId(dice.below(self.n_consts) as u32)
    }

    fn child(&self, dice: &mut Dice) -> ChildId {
        ChildId(dice.below(self.n_children) as u32)
    }

    fn args(dice: &mut Dice) -> Args {
        Args { n_pos: dice.small(4) as u8, n_kw: dice.small(3) as u16 }
    }

    /// Any operation, with operands that exist.
    fn any(&self, dice: &mut Dice, ops: &mut Vec<Op>) -> Op {
        let few = dice.small(5) as u32;
        match dice.below(72) {
            0 => Op::LoadFalse,
            1 => Op::LoadNone,
            2 => Op::LoadTrue,
            3 => Op::LoadNull,
            4 => Op::LoadInt(dice.word() as i32),
            5 => Op::LoadStr(self.name(dice)),
            6 => Op::LoadConst(self.constant(dice)),
            7 => Op::LoadFast(self.local(dice)),
            8 => Op::LoadDeref(self.local(dice)),
            9 => Op::LoadName(self.name(dice)),
            10 => Op::LoadGlobal(self.name(dice)),
            11 => Op::LoadAttr(self.name(dice)),
            12 => Op::LoadMethod(self.name(dice)),
            13 => Op::LoadSuperMethod(self.name(dice)),
            14 => Op::LoadBuildClass,
            15 => Op::LoadSubscr,
            16 => Op::StoreFast(self.local(dice)),
            17 => Op::StoreDeref(self.local(dice)),
            18 => Op::StoreName(self.name(dice)),
            19 => Op::StoreGlobal(self.name(dice)),
            20 => Op::StoreAttr(self.name(dice)),
            21 => Op::StoreSubscr,
            22 => Op::DeleteFast(self.local(dice)),
            23 => Op::DeleteDeref(self.local(dice)),
            24 => Op::DeleteName(self.name(dice)),
            25 => Op::DeleteGlobal(self.name(dice)),
            26 => Op::DupTop,
            27 => Op::DupTopTwo,
            28 => Op::PopTop,
            29 => Op::RotTwo,
            30 => Op::RotThree,
            31 => Op::Jump(self.label(dice, ops)),
            32 => Op::PopJumpIfTrue(self.label(dice, ops)),
            33 => Op::PopJumpIfFalse(self.label(dice, ops)),
            34 => Op::JumpIfTrueOrPop(self.label(dice, ops)),
            35 => Op::JumpIfFalseOrPop(self.label(dice, ops)),
            36 => Op::UnwindJump { to: self.label(dice, ops), depth: dice.small(3) as u8, from_for: dice.once_in(2) },
            37 => Op::SetupWith(self.label(dice, ops)),
            38 => Op::SetupExcept(self.label(dice, ops)),
            39 => Op::SetupFinally(self.label(dice, ops)),
            40 => Op::WithCleanup,
            41 => Op::EndFinally,
            42 => Op::PopExceptJump(self.label(dice, ops)),
            43 => Op::GetIter,
            44 => Op::GetIterStack,
            45 => Op::ForIter(self.label(dice, ops)),
            46 => Op::BuildTuple(few),
            47 => Op::BuildList(few),
            48 => Op::BuildMap(few),
            49 => Op::StoreMap,
            50 => Op::BuildSet(few),
            51 => Op::BuildSlice(2 + few % 2),
            52 => {
                let kinds = [Collection::List, Collection::Dict, Collection::Set];
                Op::StoreComp(dice.pick(&kinds).copied().unwrap_or(Collection::List), few)
            }
            53 => Op::UnpackSequence(few),
            54 => Op::UnpackEx { left: few as u16, right: dice.small(3) as u16 },
            55 => Op::ReturnValue,
            56 => Op::RaiseLast,
            57 => Op::RaiseObj,
            58 => Op::RaiseFrom,
            59 => Op::YieldValue,
            60 => Op::YieldFrom,
            61 => Op::MakeFunction(self.child(dice)),
            62 => Op::MakeFunctionDefargs(self.child(dice)),
            63 => Op::MakeClosure(self.child(dice), few as u8),
            64 => Op::MakeClosureDefargs(self.child(dice), few as u8),
            65 => Op::CallFunction(Self::args(dice)),
            66 => Op::CallFunctionVarKw(Self::args(dice)),
            67 => Op::CallMethod(Self::args(dice)),
            68 => Op::CallMethodVarKw(Self::args(dice)),
            69 => match dice.below(3) {
                0 => Op::ImportName(self.name(dice)),
                1 => Op::ImportFrom(self.name(dice)),
                _ => Op::ImportStar,
            },
            70 => Op::Unary(dice.pick(&Unary::ALL).copied().unwrap_or(Unary::Not)),
            _ => Op::Binary(dice.pick(&Binary::ALL).copied().unwrap_or(Binary::Is)),
        }
    }
}

/// A label that is not there yet.
fn fresh(ops: &[Op]) -> Label {
    let used = ops.iter().filter_map(|op| if let Op::Label(label) = op { Some(label.0 + 1) } else { None });
    Label(used.max().unwrap_or(0))
}
