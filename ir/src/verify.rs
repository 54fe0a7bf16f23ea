//! Checks a function: blocks ended, numbers in range, classes right, every use defined on all paths.

use crate::builder::{UNFILLED, push};
use crate::func::{FloatSize, Func, HelperSig, Word};
use crate::inst::{Block, Class, Inst, List, Operand, V};
use alloc::vec::Vec;
use core::fmt;

/// The first thing found wrong.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Fault {
    /// In which block.
    pub block: Option<Block>,
    /// At which index of `Func::insts`.
    pub at: u32,
    /// What is wrong.
    pub what: &'static str,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.block {
            Some(block) => write!(f, "{block}, instruction {}: {}", self.at, self.what),
            None => f.write_str(self.what),
        }
    }
}

/// Checks all rules. A function that passes can be given to any back end.
pub fn verify(func: &Func) -> Result<(), Fault> {
    head(func).map_err(|what| Fault { block: None, at: 0, what })?;
    shape(func)?;
    for &block in &func.order {
        each(func, block, |inst| operands(func, inst))?;
    }
    defined(func)
}

type Check = Result<(), &'static str>;

fn ensure(holds: bool, what: &'static str) -> Check {
    if holds { Ok(()) } else { Err(what) }
}

fn each(func: &Func, block: Block, mut check: impl FnMut(&Inst<V>) -> Check) -> Result<(), Fault> {
    let start = func.blocks.get(block.index()).map_or(0, |data| data.start);
    for (at, inst) in (start..).zip(func.block(block)) {
        check(inst).map_err(|what| Fault { block: Some(block), at, what })?;
    }
    Ok(())
}

fn head(func: &Func) -> Check {
    ensure(!func.order.is_empty(), "no block")?;
    for (i, &param) in func.params.iter().enumerate() {
        ensure(param.index() < func.classes.len(), "parameter out of range")?;
        ensure(func.params.iter().take(i).all(|&p| p != param), "parameter twice")?;
    }
    match func.table {
        Some(table) => word(func, table.base),
        None => Ok(()),
    }
}

/// Every block in `order` once, its instructions in range, the last one and only that ends it, branches to such blocks.
fn shape(func: &Func) -> Result<(), Fault> {
    let mut next = 0;
    for &block in &func.order {
        let fault = |at: u32, what| Err(Fault { block: Some(block), at, what });
        let Some(data) = func.blocks.get(block.index()) else { return fault(0, "block out of range") };
        if data.start != next || data.end < data.start || data.end as usize > func.insts.len() {
            return fault(data.start, "blocks do not follow each other");
        }
        next = data.end;
        match func.block(block).split_last() {
            Some((last, before)) if last.ends_block() => {
                if let Some(i) = before.iter().position(Inst::ends_block) {
                    return fault(data.start + i as u32, "instructions after the end of the block");
                }
            }
            Some(_) | None => return fault(data.end, "block without an end"),
        }
        each(func, block, |inst| {
            if let Inst::Switch { blocks, .. } = *inst {
                ensure(blocks.of(&func.targets).len() == blocks.len as usize, "switch list out of range")?;
            }
            let mut good = true;
            inst.each_target(&func.targets, |to| {
                good &= func.blocks.get(to.index()).is_some_and(|data| data.start != UNFILLED);
            });
            ensure(good, "branch to a block that was never filled")
        })?;
    }
    Ok(())
}

fn class(func: &Func, v: V, class: Class, what: &'static str) -> Check {
    ensure(func.classes.get(v.index()) == Some(&class), what)
}

fn word(func: &Func, v: V) -> Check {
    class(func, v, Class::Word, "a word register is needed")
}

fn float(func: &Func, v: V) -> Check {
    class(func, v, Class::Float, "a float register is needed")
}

fn operand(func: &Func, a: V, b: Operand<V>) -> Check {
    word(func, a)?;
    match b {
        Operand::Reg(b) => word(func, b),
        Operand::Imm(_) => Ok(()),
    }
}

fn address(func: &Func, base: V, index: V, shift: u8) -> Check {
    word(func, base)?;
    word(func, index)?;
    ensure(shift <= 3, "shift above 3")
}

fn args(func: &Func, list: List) -> Result<&[V], &'static str> {
    let args = list.of(&func.args);
    ensure(args.len() == list.len as usize, "arguments out of range")?;
    ensure(args.iter().all(|v| v.index() < func.classes.len()), "register out of range")?;
    Ok(args)
}

fn call(func: &Func, sig: &HelperSig, args: &[V], d: Option<V>, err: Option<Block>) -> Check {
    let classes = args.iter().map(|&v| func.class(v));
    ensure(classes.eq(sig.params.iter().copied()), "arguments do not fit the helper")?;
    ensure(err.is_none() || sig.ret == Some(Class::Word), "error edge without a word to test")?;
    match (d, sig.ret) {
        (None, _) => Ok(()),
        (Some(d), Some(ret)) => class(func, d, ret, "result of the other class"),
        (Some(_), None) => Err("the helper has no result"),
    }
}

fn operands(func: &Func, inst: &Inst<V>) -> Check {
    match *inst {
        Inst::Int { d, .. } => word(func, d),
        Inst::SlotAddr { d, slot } => {
            word(func, d)?;
            ensure(slot.index() < func.slots.len(), "slot out of range")
        }
        Inst::Float { d, .. } => float(func, d),
        Inst::Copy { d, a } => {
            ensure(d.index() < func.classes.len() && a.index() < func.classes.len(), "register out of range")?;
            ensure(func.class(d) == func.class(a), "copy between classes")
        }
        Inst::Alu { d, a, b, .. } | Inst::AluOv { d, a, b, .. } | Inst::Set { d, a, b, .. } => {
            word(func, d)?;
            operand(func, a, b)
        }
        Inst::Un { d, a, .. } => word(func, d).and(word(func, a)),
        Inst::Load { d, base, .. } => word(func, d).and(word(func, base)),
        Inst::Store { a, base, .. } => word(func, a).and(word(func, base)),
        Inst::LoadAt { d, base, index, shift, .. } => word(func, d).and(address(func, base, index, shift)),
        Inst::StoreAt { a, base, index, shift, .. } => word(func, a).and(address(func, base, index, shift)),
        Inst::FLoad { d, base, .. } => float(func, d).and(word(func, base)),
        Inst::FStore { a, base, .. } => float(func, a).and(word(func, base)),
        Inst::FLoadAt { d, base, index, shift, .. } => float(func, d).and(address(func, base, index, shift)),
        Inst::FStoreAt { a, base, index, shift, .. } => float(func, a).and(address(func, base, index, shift)),
        Inst::Fop { d, a, b, .. } => float(func, d).and(float(func, a)).and(float(func, b)),
        Inst::Fun { d, a, .. } => float(func, d).and(float(func, a)),
        Inst::FSet { d, a, b, .. } => word(func, d).and(float(func, a)).and(float(func, b)),
        Inst::ToFloat { d, a } => float(func, d).and(word(func, a)),
        Inst::ToInt { d, a, .. } => word(func, d).and(float(func, a)),
        Inst::Bits { d, a } => word(func, d).and(float(func, a)).and(same_size(func)),
        Inst::FromBits { d, a } => float(func, d).and(word(func, a)).and(same_size(func)),
        Inst::Call { helper, d, args: list, err } => {
            let sig = func.helper(helper).ok_or("helper out of range")?;
            ensure(func.table.is_some(), "no table of helpers")?;
            call(func, sig, args(func, list)?, d, err)
        }
        Inst::CallTo { target, d, args: list, err } => {
            word(func, target)?;
            args(func, list)?;
            ensure(d.is_none_or(|d| d.index() < func.classes.len()), "register out of range")?;
            let words = d.is_none_or(|d| func.class(d) == Class::Word);
            ensure(err.is_none() || words, "error edge without a word to test")
        }
        Inst::Line { .. } | Inst::Jump { .. } => Ok(()),
        Inst::Exit { a, b, .. } | Inst::Br { a, b, .. } => operand(func, a, b),
        Inst::FExit { a, b, .. } | Inst::FBr { a, b, .. } => float(func, a).and(float(func, b)),
        Inst::Switch { a, .. } => word(func, a),
        Inst::Ret { a } => match (a, func.ret) {
            (Some(a), Some(ret)) => class(func, a, ret, "returns the other class"),
            (None, None) => Ok(()),
            (Some(_), None) | (None, Some(_)) => Err("returns something where nothing is wanted, or the reverse"),
        },
    }
}

fn same_size(func: &Func) -> Check {
    let same = match (func.word, func.float) {
        (Word::W32, FloatSize::F32) | (Word::W64, FloatSize::F64) => true,
        (Word::W32, FloatSize::F64) | (Word::W64, FloatSize::F32) => false,
    };
    ensure(same, "bits of a float that is not as long as a word")
}

const MEMORY: Fault = Fault { block: None, at: 0, what: "out of memory" };

/// A place where a register is read or written.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Site {
    v: u32,
    block: u32,
    at: u32,
}

/// Whether every way to where a register is read writes it first. The ways are walked backwards from there, for each register
/// by itself: most live for a few blocks only, so that takes time that grows with the function's length.
fn defined(func: &Func) -> Result<(), Fault> {
    let sites = Sites::new(func).ok_or(MEMORY)?;
    let ways = Ways::new(func).ok_or(MEMORY)?;
    let first = func.order.first().map_or(0, |block| block.index() as u32);
    // For each block the register that came by last.
    let mut seen: Vec<u32> = filled(func.blocks.len(), u32::MAX).ok_or(MEMORY)?;
    let mut work: Vec<u32> = Vec::new();
    for read in &sites.reads {
        let fault = Fault { block: Block::new(read.block as usize), at: read.at, what: UNWRITTEN };
        ensure_room(push(&mut work, read.block))?;
        while let Some(block) = work.pop() {
            match seen.get_mut(block as usize) {
                Some(seen) if *seen != read.v => *seen = read.v,
                Some(_) | None => continue,
            }
            if block == first {
                return Err(fault);
            }
            for way in ways.to(block) {
                if !sites.is_written(read.v, *way) {
                    ensure_room(push(&mut work, way.block))?;
                }
            }
        }
    }
    Ok(())
}

const UNWRITTEN: &str = "a register may be read before it is written";

fn ensure_room(room: bool) -> Result<(), Fault> {
    if room { Ok(()) } else { Err(MEMORY) }
}

/// Where registers that are no parameters are read and written, as far as blocks see of each other.
struct Sites {
    /// Reads with no write before them in their block.
    reads: Vec<Site>,
    /// The first write in each block, sorted.
    writes: Vec<Site>,
}

impl Sites {
    fn new(func: &Func) -> Option<Sites> {
        let mut sites = Sites { reads: Vec::new(), writes: Vec::new() };
        let (mut read, mut written) = (filled(func.classes.len(), u32::MAX)?, filled(func.classes.len(), u32::MAX)?);
        let mut is_param: Vec<bool> = filled(func.classes.len(), false)?;
        for param in &func.params {
            *is_param.get_mut(param.index())? = true;
        }
        let mut room = true;
        for &block in &func.order {
            let number = block.index() as u32;
            let start = func.blocks.get(block.index())?.start;
            let is_new = |seen: &mut Vec<u32>, v: V| {
                let seen = seen.get_mut(v.index());
                seen.is_some_and(|seen| core::mem::replace(seen, number) != number)
            };
            for (at, inst) in (start..).zip(func.block(block)) {
                let mut see = |v: V| {
                    let known = written.get(v.index()) == Some(&number) || is_param.get(v.index()) == Some(&true);
                    if !known && is_new(&mut read, v) {
                        room &= push(&mut sites.reads, Site { v: v.index() as u32, block: number, at });
                    }
                };
                inst.each_use(&func.args, &mut see);
                if let (Inst::Call { .. }, Some(table)) = (inst, func.table) {
                    see(table.base);
                }
                if let Some(d) = inst.def()
                    && is_new(&mut written, d)
                {
                    room &= push(&mut sites.writes, Site { v: d.index() as u32, block: number, at });
                }
            }
        }
        sites.reads.sort_unstable();
        sites.writes.sort_unstable();
        room.then_some(sites)
    }

    /// Whether a register is written in a block before an instruction.
    fn is_written(&self, v: u32, before: Site) -> bool {
        let goal = Site { v, ..before };
        let at = self.writes.partition_point(|site| *site < goal);
        at.checked_sub(1).and_then(|at| self.writes.get(at)).is_some_and(|site| (site.v, site.block) == (v, goal.block))
    }
}

/// For each block the instructions that lead to it.
struct Ways {
    /// The block they lead to, in place of a register; sorted.
    sites: Vec<Site>,
}

impl Ways {
    fn new(func: &Func) -> Option<Ways> {
        let mut ways = Ways { sites: Vec::new() };
        let mut room = true;
        for &block in &func.order {
            let start = func.blocks.get(block.index())?.start;
            for (at, inst) in (start..).zip(func.block(block)) {
                inst.each_target(&func.targets, |to| {
                    let site = Site { v: to.index() as u32, block: block.index() as u32, at };
                    room &= push(&mut ways.sites, site);
                });
            }
        }
        ways.sites.sort_unstable();
        room.then_some(ways)
    }

    fn to(&self, block: u32) -> &[Site] {
        let start = self.sites.partition_point(|site| site.v < block);
        let end = self.sites.partition_point(|site| site.v <= block);
        self.sites.get(start..end).unwrap_or(&[])
    }
}

fn filled<T: Copy>(len: usize, item: T) -> Option<Vec<T>> {
    let mut items = Vec::new();
    items.try_reserve_exact(len).ok()?;
    items.resize(len, item);
    Some(items)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Builder, Cc, FloatSize, Fop, Helper};

    static HELPERS: [HelperSig; 2] = [
        HelperSig { name: "get", params: &[Class::Word], ret: Some(Class::Word), keeps: false },
        HelperSig { name: "half", params: &[Class::Float], ret: Some(Class::Float), keeps: false },
    ];

    fn fault(build: impl FnOnce(&mut Builder, V)) -> &'static str {
        let mut b = Builder::new("f", Word::W64, FloatSize::F64, &HELPERS);
        let table = b.param(Class::Word);
        b.table(table, 0);
        let first = b.block();
        b.start(first);
        build(&mut b, table);
        match verify(&b.finish().unwrap()) {
            Ok(()) => "",
            Err(fault) => fault.what,
        }
    }

    #[test]
    fn good_functions_pass() {
        assert_eq!(
            fault(|b, t| {
                let (head, end) = (b.block(), b.cold_block());
                let x = b.int(3);
                b.start(head);
                let y = b.call_or(Helper::FIRST, &[x], end);
                b.copy(x, y);
                b.br(Cc::Ne, t, 0, head, end);
                b.start(end);
                b.ret(None);
            }),
            ""
        );
    }

    #[test]
    fn a_use_must_be_defined_on_every_way() {
        let what = "a register may be read before it is written";
        assert_eq!(
            fault(|b, t| {
                let (left, right) = (b.block(), b.block());
                let x = b.word();
                b.br(Cc::Eq, t, 0, left, right);
                b.start(left);
                b.set_int(x, 1);
                b.start(right);
                b.copy(x, x);
                b.alu(crate::Alu::Add, x, 1);
                b.ret(None);
            }),
            what
        );
        // The result of a call is not there on its error edge.
        assert_eq!(
            fault(|b, t| {
                let slow = b.cold_block();
                let y = b.call_or(Helper::FIRST, &[t], slow);
                b.alu(crate::Alu::Add, y, 1);
                b.ret(None);
                b.start(slow);
                b.alu(crate::Alu::Add, y, 1);
                b.ret(None);
            }),
            what
        );
    }

    #[test]
    fn classes_are_kept() {
        let mixed = |b: &mut Builder, t: V| {
            b.fop(Fop::Add, t, t);
            b.ret(None);
        };
        assert_eq!(fault(mixed), "a float register is needed");
        let wrong_argument = |b: &mut Builder, t: V| {
            b.run(Helper::new(1).unwrap(), &[t]);
            b.ret(None);
        };
        assert_eq!(fault(wrong_argument), "arguments do not fit the helper");
        let edge = |b: &mut Builder, _: V| {
            let x = b.float_const(1.0);
            let end = b.block();
            b.run_or(Helper::new(1).unwrap(), &[x], end);
            b.start(end);
            b.ret(None);
        };
        assert_eq!(fault(edge), "error edge without a word to test");
        let result = |b: &mut Builder, t: V| b.ret(Some(t));
        assert_eq!(fault(result), "returns something where nothing is wanted, or the reverse");
    }

    #[test]
    fn blocks_are_filled_and_ended() {
        assert_eq!(fault(|_, _| ()), "block without an end");
        let dangling = |b: &mut Builder, _: V| {
            let never = b.block();
            b.jump(never);
        };
        assert_eq!(fault(dangling), "branch to a block that was never filled");
        let slot = |b: &mut Builder, _: V| {
            b.slot_addr(crate::Slot::FIRST);
            b.ret(None);
        };
        assert_eq!(fault(slot), "slot out of range");
    }
}
