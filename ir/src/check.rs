//! Whether an allocation may stand: no two registers that are alive together have the same home.
//!
//! It knows nothing of stretches: it asks block by block what is alive, in the textbook's way, with memory that only a host
//! has. For tests and fuzzing.

use crate::func::Func;
use crate::inst::{Block, Class, Inst, V};
use crate::regalloc::{Files, Home, Homes};
use alloc::collections::BTreeSet;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

/// Says what is wrong with the homes of a verified function's registers.
pub fn check(func: &Func, homes: &Homes, files: &Files) -> Result<(), String> {
    let mut live_in: Vec<BTreeSet<V>> = func.blocks.iter().map(|_| BTreeSet::new()).collect();
    loop {
        let mut changed = false;
        for &block in func.order.iter().rev() {
            let live = walk(func, block, &live_in, &mut |_, _, _| Ok(()))?;
            if live_in.get(block.index()) != Some(&live)
                && let Some(place) = live_in.get_mut(block.index())
            {
                *place = live;
                changed = true;
            }
        }
        if !changed {
            break;
        }
    }
    for &block in &func.order {
        walk(func, block, &live_in, &mut |at, inst, live| point(func, homes, files, at, inst, live))?;
    }
    let mut first = func.order.first().and_then(|block| live_in.get(block.index())).cloned().unwrap_or_default();
    first.extend(&func.params);
    apart(func, homes, "on entry", &first)
}

type See<'a> = &'a mut dyn FnMut(usize, &Inst<V>, &BTreeSet<V>) -> Result<(), String>;

/// Walks a block backwards; `see` gets what is alive behind each instruction, its exits included.
fn walk(func: &Func, block: Block, live_in: &[BTreeSet<V>], see: See<'_>) -> Result<BTreeSet<V>, String> {
    let mut live = BTreeSet::new();
    let start = func.blocks.get(block.index()).map_or(0, |data| data.start as usize);
    for (at, inst) in func.block(block).iter().enumerate().rev() {
        let mut gone = BTreeSet::new();
        inst.each_target(&func.targets, |to| gone.extend(live_in.get(to.index()).into_iter().flatten()));
        let behind: BTreeSet<V> = live.union(&gone).copied().chain(inst.def()).collect();
        see(start + at, inst, &behind)?;
        inst.def().map(|d| live.remove(&d));
        live.extend(gone);
        inst.each_use(&func.args, |v| {
            live.insert(v);
        });
        if let (Inst::Call { .. }, Some(table)) = (inst, func.table) {
            live.insert(table.base);
        }
    }
    Ok(live)
}

fn point(
    func: &Func,
    homes: &Homes,
    files: &Files,
    at: usize,
    inst: &Inst<V>,
    live: &BTreeSet<V>,
) -> Result<(), String> {
    apart(func, homes, &format!("behind instruction {at}, {inst:?}"), live)?;
    let is_call = matches!(inst, Inst::Call { .. } | Inst::CallTo { .. });
    for &v in live.iter().filter(|&&v| is_call && inst.def() != Some(v)) {
        if let Home::Reg(reg) = homes.of(v)
            && !files.of(func.class(v)).callee_saved.contains(&reg)
        {
            return Err(format!("{v} in register {} does not survive the call at {at}", reg.0));
        }
    }
    Ok(())
}

fn apart(func: &Func, homes: &Homes, place: &str, live: &BTreeSet<V>) -> Result<(), String> {
    let mut taken: Vec<(Home, Class, V)> = Vec::new();
    for &v in live {
        let (home, class) = (homes.of(v), func.class(v));
        let clash = taken.iter().find(|(other, of, _)| match (home, *other) {
            (Home::Reg(a), Home::Reg(b)) => a == b && class == *of,
            (Home::Word(a), Home::Word(b)) => a == b,
            (Home::None, _) | (_, Home::None) | (Home::Reg(_), Home::Word(_)) | (Home::Word(_), Home::Reg(_)) => false,
        });
        if let Some((_, _, other)) = clash {
            return Err(format!("{v} and {other} share {home:?} {place}"));
        }
        if home == Home::None {
            return Err(format!("{v} has no home {place}"));
        }
        taken.push((home, class, v));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::live::Lives;
    use crate::regalloc::allocate;
    use crate::{FloatSize, Reg, RegFile, Word, random};

    /// A made-up machine with `keep` registers that calls keep.
    fn machine(keep: usize) -> Files {
        const REGS: [Reg; 16] = {
            let mut regs = [Reg(0); 16];
            let mut at = 0;
            while at < 16 {
                regs[at] = Reg(at as u8);
                at += 1;
            }
            regs
        };
        let file = RegFile {
            args: &REGS[..4],
            caller_saved: &REGS[..4],
            callee_saved: &REGS[4..4 + keep],
            scratch: &REGS[14..],
        };
        Files { word: file, float: file }
    }

    #[test]
    fn random_functions_fit_machines_of_all_sizes() {
        for seed in 0..400 {
            let func = random::function(seed, Word::W32, FloatSize::F32).unwrap();
            let files = machine([0, 1, 3, 8][seed as usize % 4]);
            let lives = Lives::of(&func).unwrap();
            let homes = allocate(&func, &lives, &files).unwrap();
            check(&func, &homes, &files).unwrap_or_else(|wrong| panic!("seed {seed}: {wrong}\n{func:?}"));
        }
    }

    #[test]
    fn a_wrong_allocation_is_found() {
        let files = machine(4);
        let other = machine(8);
        let (mut found, mut all) = (0, 0);
        for seed in 0..60 {
            let func = random::function(seed, Word::W32, FloatSize::F32).unwrap();
            // Homes that forget what calls destroy.
            let lives = Lives::of(&func).unwrap();
            let homes = allocate(&func, &lives, &other).unwrap();
            let fewer = Files { word: RegFile { callee_saved: &[], ..files.word }, ..files };
            all += usize::from(homes.saved[0] != 0);
            found += usize::from(check(&func, &homes, &fewer).is_err());
        }
        assert!(all > 40 && found > all / 2, "{found} of {all}");
    }
}
