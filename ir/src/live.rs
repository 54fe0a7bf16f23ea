//! Where each register is alive: one stretch per register, over the instructions in the order in which they were filled.
//!
//! A front end fills a slow path right behind the code that it belongs to, so stretches stay short although slow paths are
//! laid out last. Nothing here takes memory by the number of registers times that of blocks: registers are followed one
//! after the other, from each read back to the writes that reach it.

use crate::func::Func;
use crate::inst::{Block, Inst, V};
use crate::target::Refused;
use alloc::vec::Vec;

/// A register's stretch. Arguments arrive at point 0; instruction `i` reads at `reads(i)` and writes at `writes(i)`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Span {
    /// Point at which it gets a value first.
    pub first: u32,
    /// Last point at which its value is needed.
    pub last: u32,
    /// How often it is read and written; once in a loop counts as eight times.
    pub weight: u32,
}

/// The point at which an instruction reads.
pub const fn reads(inst: usize) -> u32 {
    inst as u32 * 2 + 1
}

/// The point at which an instruction writes, or has gone to its exit.
pub const fn writes(inst: usize) -> u32 {
    inst as u32 * 2 + 2
}

/// What is known of a function's registers.
pub struct Lives {
    spans: Vec<Option<Span>>,
    calls: Vec<u32>,
    kept: Vec<u32>,
}

impl Lives {
    /// Follows all registers of a verified function.
    pub fn of(func: &Func) -> Result<Lives, Refused> {
        let flow = Flow::of(func)?;
        let uses = Uses::of(func)?;
        let mut walk = Walk { func, flow: &flow, live_in: filled(func.blocks.len(), false)?, todo: Vec::new() };
        let mut lives = Lives { spans: filled(func.classes.len(), None)?, calls: Vec::new(), kept: Vec::new() };
        for number in 0..func.classes.len() {
            let Some(v) = V::new(number) else { continue };
            let is_param = func.params.contains(&v);
            let span = walk.follow(uses.of_register(number), is_param, &mut lives.kept)?;
            if let Some(place) = lives.spans.get_mut(number) {
                *place = span;
            }
        }
        lives.kept.sort_unstable();
        for (at, inst) in func.insts.iter().enumerate() {
            // One that keeps all registers still takes its arguments in some that calls destroy.
            let destroys = matches!(inst, Inst::Call { .. } | Inst::CallTo { .. });
            if destroys {
                add(&mut lives.calls, at as u32)?;
            }
        }
        Ok(lives)
    }

    /// Where a register is alive; nothing if no instruction names it and it is no parameter.
    pub fn span(&self, v: V) -> Option<Span> {
        self.spans.get(v.index()).copied().flatten()
    }

    /// Whether a call destroys registers while this stretch lasts.
    pub fn crosses_call(&self, span: Span) -> bool {
        let next = self.calls.partition_point(|&call| reads(call as usize) < span.first);
        self.calls.get(next).is_some_and(|&call| writes(call as usize) <= span.last)
    }

    /// Whether the exit of an instruction needs what its result register held before.
    pub fn keeps_old(&self, inst: usize) -> bool {
        self.kept.binary_search(&(inst as u32)).is_ok()
    }
}

/// `count` times the same.
fn filled<T: Clone>(count: usize, item: T) -> Result<Vec<T>, Refused> {
    let mut items = Vec::new();
    items.try_reserve_exact(count).map_err(|_| Refused::Memory)?;
    items.resize(count, item);
    Ok(items)
}

fn add<T>(items: &mut Vec<T>, item: T) -> Result<(), Refused> {
    if crate::builder::push(items, item) { Ok(()) } else { Err(Refused::Memory) }
}

/// Items in groups by a number below `groups`, each group in the order in which it was told.
struct Groups<T> {
    starts: Vec<u32>,
    items: Vec<T>,
}

impl<T: Copy + Default> Groups<T> {
    /// `each` tells all items twice, in the same order.
    fn of(groups: usize, each: impl Fn(&mut dyn FnMut(usize, T))) -> Result<Groups<T>, Refused> {
        let mut starts = filled(groups + 1, 0u32)?;
        each(&mut |group, _| {
            if let Some(count) = starts.get_mut(group + 1) {
                *count += 1;
            }
        });
        let mut total = 0;
        for start in &mut starts {
            total += *start;
            *start = total;
        }
        let mut items = filled(total as usize, T::default())?;
        // While the items are put down, a group's start is where its next one goes.
        each(&mut |group, item| {
            if let Some(start) = starts.get_mut(group) {
                if let Some(place) = items.get_mut(*start as usize) {
                    *place = item;
                }
                *start += 1;
            }
        });
        starts.rotate_right(1);
        if let Some(first) = starts.first_mut() {
            *first = 0;
        }
        Ok(Groups { starts, items })
    }

    fn group(&self, number: usize) -> &[T] {
        let at = |index: usize| self.starts.get(index).map_or(0, |&start| start as usize);
        self.items.get(at(number)..at(number + 1)).unwrap_or(&[])
    }
}

/// Who names a register: the instruction's number doubled, plus one for a write, and how much it weighs.
struct Uses(Groups<(u32, u16)>);

const LOOP_WEIGHTS: [u16; 5] = [1, 8, 64, 512, 4096];

impl Uses {
    fn of(func: &Func) -> Result<Uses, Refused> {
        let depths = depths(func)?;
        let weight = |at: usize| {
            let depth = depths.get(at).copied().unwrap_or(0);
            LOOP_WEIGHTS.get(usize::from(depth)).copied().unwrap_or(4096)
        };
        Groups::of(func.classes.len(), |tell| {
            for (at, inst) in func.insts.iter().enumerate() {
                let weight = weight(at);
                inst.each_use(&func.args, |v| tell(v.index(), (at as u32 * 2, weight)));
                if let (Inst::Call { .. }, Some(table)) = (inst, func.table) {
                    tell(table.base.index(), (at as u32 * 2, weight));
                }
                if let Some(d) = inst.def() {
                    tell(d.index(), (at as u32 * 2 + 1, weight));
                }
            }
        })
        .map(Uses)
    }

    fn of_register(&self, number: usize) -> &[(u32, u16)] {
        self.0.group(number)
    }
}

/// How many loops are around each instruction: a jump back closes one.
fn depths(func: &Func) -> Result<Vec<u8>, Refused> {
    let mut steps = filled(func.insts.len() + 1, 0i16)?;
    for (at, inst) in func.insts.iter().enumerate() {
        inst.each_target(&func.targets, |to| {
            let start = start_of(func, to);
            if start <= at {
                if let Some(step) = steps.get_mut(start) {
                    *step = step.saturating_add(1);
                }
                if let Some(step) = steps.get_mut(at + 1) {
                    *step = step.saturating_sub(1);
                }
            }
        });
    }
    let mut depths = filled(func.insts.len(), 0u8)?;
    let mut depth = 0i32;
    for (place, step) in depths.iter_mut().zip(steps) {
        depth += i32::from(step);
        *place = depth.clamp(0, LOOP_WEIGHTS.len() as i32 - 1) as u8;
    }
    Ok(depths)
}

fn start_of(func: &Func, block: Block) -> usize {
    func.blocks.get(block.index()).map_or(usize::MAX, |data| data.start as usize)
}

/// Which instructions go to a block.
struct Flow {
    from: Groups<u32>,
    /// First instruction and number of each filled block, rising.
    starts: Vec<(u32, u32)>,
}

impl Flow {
    fn of(func: &Func) -> Result<Flow, Refused> {
        let from = Groups::of(func.blocks.len(), |tell| {
            for (at, inst) in func.insts.iter().enumerate() {
                inst.each_target(&func.targets, |to| tell(to.index(), at as u32));
            }
        })?;
        let mut starts = Vec::new();
        for &block in &func.order {
            add(&mut starts, (start_of(func, block) as u32, block.index() as u32))?;
        }
        starts.sort_unstable();
        Ok(Flow { from, starts })
    }

    /// The block that an instruction is in, and its first instruction.
    fn block_at(&self, inst: u32) -> (usize, u32) {
        let after = self.starts.partition_point(|&(start, _)| start <= inst);
        let (start, block) = after.checked_sub(1).and_then(|at| self.starts.get(at)).copied().unwrap_or((0, 0));
        (block as usize, start)
    }
}

struct Walk<'a> {
    func: &'a Func,
    flow: &'a Flow,
    /// Blocks at whose start the register that is followed is alive.
    live_in: Vec<bool>,
    todo: Vec<u32>,
}

impl Walk<'_> {
    /// The stretch of a register. Instructions whose exit needs what their own result register held go to `kept`.
    fn follow(&mut self, uses: &[(u32, u16)], is_param: bool, kept: &mut Vec<u32>) -> Result<Option<Span>, Refused> {
        let mut span = is_param.then_some(Span { first: 0, last: 0, weight: 1 });
        let mut last_write = None;
        for &(code, weight) in uses {
            let (at, is_write) = (code / 2, code % 2 == 1);
            let point = if is_write { writes(at as usize) } else { reads(at as usize) };
            let grown = span.get_or_insert(Span { first: point, last: point, weight: 0 });
            grown.first = grown.first.min(point);
            grown.last = grown.last.max(point);
            grown.weight = grown.weight.saturating_add(u32::from(weight));
            if is_write {
                last_write = Some(at);
                continue;
            }
            let (block, start) = self.flow.block_at(at);
            if last_write.is_none_or(|write| write < start) {
                self.enter(block)?;
            }
        }
        let Some(mut span) = span else { return Ok(None) };
        let mut seen = 0;
        while let Some(&block) = self.todo.get(seen) {
            seen += 1;
            let block = block as usize;
            let start = self.func.blocks.get(block).map_or(0, |data| data.start);
            span.first = span.first.min(writes(start as usize) - 2);
            let flow = self.flow;
            for &from in flow.from.group(block) {
                span.last = span.last.max(writes(from as usize));
                let before = uses.partition_point(|&(code, _)| code < from * 2);
                let (home, home_start) = flow.block_at(from);
                let written = uses.get(..before).unwrap_or(&[]).iter().rev().find(|(code, _)| code % 2 == 1);
                let here = uses.iter().skip(before).take_while(|&&(code, _)| code <= from * 2 + 1);
                if here.last().is_some_and(|&(code, _)| code == from * 2 + 1) {
                    add(kept, from)?;
                }
                if written.is_none_or(|(code, _)| code / 2 < home_start) {
                    self.enter(home)?;
                }
            }
        }
        for &block in &self.todo {
            if let Some(flag) = self.live_in.get_mut(block as usize) {
                *flag = false;
            }
        }
        self.todo.clear();
        Ok(Some(span))
    }

    fn enter(&mut self, block: usize) -> Result<(), Refused> {
        match self.live_in.get_mut(block) {
            Some(flag) if !*flag => {
                *flag = true;
                add(&mut self.todo, block as u32)
            }
            Some(_) | None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::inst::{Alu, Cc, Class, Ov};
    use crate::{Builder, FloatSize, Word};

    #[test]
    fn what_a_loop_needs_lives_through_it() {
        let mut b = Builder::new("sum", Word::W32, FloatSize::F32, &[]);
        b.returns(Class::Word);
        let (n, s) = (b.param(Class::Word), b.word());
        let (entry, head, body, end) = (b.block(), b.block(), b.block(), b.block());
        b.start(entry);
        b.set_int(s, 0);
        b.start(head);
        b.br(Cc::Eq, n, 0, end, body);
        b.start(body);
        let step = b.int(1);
        b.push(Inst::Alu { op: Alu::Add, d: s, a: s, b: n.into() });
        b.push(Inst::Alu { op: Alu::Sub, d: n, a: n, b: step.into() });
        b.jump(head);
        b.start(end);
        b.ret(Some(s));
        let func = b.finish().unwrap();
        let lives = Lives::of(&func).unwrap();
        let back = func.insts.len() - 2;
        assert_eq!(lives.span(n).map(|span| (span.first, span.last)), Some((0, writes(back))));
        assert_eq!(lives.span(s).map(|span| (span.first, span.last)), Some((writes(0), reads(back + 1))));
        let step = lives.span(step).unwrap();
        assert_eq!((step.first, step.last, step.weight), (writes(3), reads(5), 16));
    }

    #[test]
    fn an_exit_may_need_what_its_result_held() {
        for reads_old in [true, false] {
            let mut b = Builder::new("guard", Word::W32, FloatSize::F32, &[]);
            b.returns(Class::Word);
            let (x, d) = (b.param(Class::Word), b.param(Class::Word));
            let (entry, slow) = (b.block(), b.cold_block());
            b.start(entry);
            b.push(Inst::AluOv { op: Ov::Add, d, a: x, b: 1.into(), to: slow });
            b.ret(Some(d));
            b.start(slow);
            b.ret(Some(if reads_old { d } else { x }));
            let lives = Lives::of(&b.finish().unwrap()).unwrap();
            assert_eq!(lives.keeps_old(0), reads_old);
        }
    }
}
