//! Which blocks are in which loops, as far as Cranelift has to be helped.
//!
//! Cranelift moves what does not change out of loops while it walks down the dominator tree, and forgets that it is in a
//! loop as soon as it comes to a block that is in none. So blocks that leave a loop have to come late: a branch names them
//! first, which makes them last of the blocks below it; and those below a cold block, which nothing makes last, are given
//! a second way in from the function's entry, so that they are not below it any more.

use ir::{Block, Func};

/// The loops of a function.
pub struct Loops {
    /// For each loop which blocks are in it.
    inside: Vec<Vec<bool>>,
}

/// Most blocks, times loops, that are looked at: more are for nobody's good.
const MOST: usize = 1 << 22;

impl Loops {
    /// Finds them. `order` has all blocks that can be reached, a loop's head in front of its body.
    pub fn find(func: &Func, order: &[Block]) -> Loops {
        let mut rank = vec![usize::MAX; func.blocks.len()];
        for (at, block) in order.iter().enumerate() {
            rank[block.index()] = at;
        }
        let mut ways_in = vec![Vec::new(); func.blocks.len()];
        let mut backwards: Vec<(Block, Vec<Block>)> = Vec::new();
        let mut known = vec![None; func.blocks.len()];
        for &block in order {
            each_next(func, block, |to| {
                ways_in[to.index()].push(block);
                if rank[to.index()] <= rank[block.index()] {
                    let at = *known[to.index()].get_or_insert(backwards.len());
                    match backwards.get_mut(at) {
                        Some((_, from)) => from.push(block),
                        None => backwards.push((to, vec![block])),
                    }
                }
            });
        }
        if backwards.len() * func.blocks.len() > MOST {
            return Loops { inside: Vec::new() };
        }
        let body = |(head, mut work): (Block, Vec<Block>)| {
            let mut inside = vec![false; func.blocks.len()];
            inside[head.index()] = true;
            while let Some(block) = work.pop() {
                if !std::mem::replace(&mut inside[block.index()], true) {
                    work.extend(&ways_in[block.index()]);
                }
            }
            inside
        };
        Loops { inside: backwards.into_iter().map(body).collect() }
    }

    /// Whether a jump goes out of a loop.
    pub fn leaves(&self, from: Block, to: Block) -> bool {
        self.inside.iter().any(|inside| inside[from.index()] && !inside[to.index()])
    }

    /// Cold blocks that a cold block in a loop leaves it for, each once.
    pub fn cold_exits(&self, func: &Func, order: &[Block]) -> Vec<Block> {
        let is_cold = |block: Block| func.blocks[block.index()].cold;
        let mut exits = Vec::new();
        for &block in order.iter().filter(|block| is_cold(**block)) {
            each_next(func, block, |to| {
                if is_cold(to) && !exits.contains(&to) && self.leaves(block, to) {
                    exits.push(to);
                }
            });
        }
        exits
    }
}

fn each_next(func: &Func, block: Block, mut see: impl FnMut(Block)) {
    for inst in func.block(block) {
        inst.each_target(&func.targets, &mut see);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ir::{Builder, Cc, Class, FloatSize, Word};

    #[test]
    fn ways_out_of_loops_are_told_from_ways_round() {
        let mut b = Builder::new("f", Word::W64, FloatSize::F64, &[]);
        let n = b.param(Class::Word);
        let (entry, head, body, slow, fails, end) =
            (b.block(), b.block(), b.block(), b.cold_block(), b.cold_block(), b.block());
        b.start(entry);
        b.start(head);
        b.br(Cc::Lt, n, 0, body, end);
        b.start(body);
        b.exit(Cc::Eq, n, 7, slow);
        b.jump(head);
        b.start(slow);
        b.exit(Cc::Eq, n, 9, fails);
        b.jump(head);
        b.start(fails);
        b.ret(None);
        b.start(end);
        b.ret(None);
        let func = b.finish().unwrap();
        let order = [entry, head, body, slow, fails, end];
        let loops = Loops::find(&func, &order);
        assert!(loops.leaves(head, end) && loops.leaves(slow, fails) && !loops.leaves(body, slow));
        assert!(!loops.leaves(entry, head) && !loops.leaves(fails, end));
        assert_eq!(loops.cold_exits(&func, &order), [fails]);
    }
}
