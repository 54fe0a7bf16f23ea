//! Operations of a function, changed so that many still hold together.

use vm::compile::op::{Args, Binary, ChildId, Collection, ConstId, Label, Local, Op, Unary};
use vm::qstr::Qstr;

use crate::dice::Dice;

/// What operations can refer to.
pub struct Context<'a> {
    pub names: &'a [Qstr],
    pub n_consts: usize,
    pub n_children: usize,
    pub n_locals: usize,
    /// Operations of another function.
    pub given: &'a [Op],
}

impl Context<'_> {
    /// Changes something.
    pub fn change(&self, dice: &mut Dice, ops: &mut Vec<Op>) {
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
