//! The operand stack while compiling: values stay constants or registers until somebody needs them.
//!
//! Inside a block an operand is wherever it was made. Where paths meet, the operand at depth k is in a register of its own,
//! its home; `settle` moves operands home, all at once.

use ir::{Builder, Class, V};
use vm::mem::{NoMemory, Vec};

/// Where an operand is.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Value {
    /// In a register.
    Reg(V),
    /// A whole number known now: Python's value, not its word.
    Int(i64),
    /// A word known now, such as that of `None`.
    Word(i64),
    /// A float known now.
    Float(f64),
}

/// One operand: where it is and what is known about it. `T` is the front end's notion of a type.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Operand<T> {
    /// Where it is.
    pub value: Value,
    /// What is known about it.
    pub ty: T,
}

/// The operands at some point of a function, the last one on top.
#[derive(PartialEq, Debug)]
pub struct Stack<T>(Vec<Operand<T>>);

impl<T> Default for Stack<T> {
    fn default() -> Self {
        Stack(Vec::new())
    }
}

impl<T: Copy> Stack<T> {
    /// Number of operands.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// All of them, the top last.
    pub fn items(&self) -> &[Operand<T>] {
        &self.0
    }

    /// All of them, to change what is known.
    pub fn items_mut(&mut self) -> &mut [Operand<T>] {
        &mut self.0
    }

    /// Pushes an operand; `b` hears of it when there is no memory.
    pub fn push(&mut self, b: &mut Builder, value: Value, ty: T) {
        self.push_operand(b, Operand { value, ty });
    }

    /// Pushes an operand again.
    pub fn push_operand(&mut self, b: &mut Builder, operand: Operand<T>) {
        b.held(self.0.push(operand));
    }

    /// Becomes the same as `other`, in the memory that it has.
    pub fn copy_from(&mut self, other: &Self) -> Result<(), NoMemory> {
        self.0.clear();
        self.0.extend_from_slice(&other.0)
    }

    /// A copy.
    pub fn try_clone(&self) -> Result<Self, NoMemory> {
        Ok(Stack(self.0.try_clone()?))
    }

    /// Takes the top operand. `None` below the bottom, which a checked op list never reaches.
    pub fn pop(&mut self) -> Option<Operand<T>> {
        self.0.pop()
    }

    /// Takes the top `count` operands, the deepest first.
    pub fn pop_many(&mut self, b: &mut Builder, count: usize) -> Vec<Operand<T>> {
        let from = self.0.len().saturating_sub(count);
        let taken = b.held(Vec::from_slice(self.0.get(from..).unwrap_or(&[])));
        self.0.truncate(from);
        taken.unwrap_or_default()
    }

    /// The operand `depth` below the top (0: the top itself).
    pub fn peek(&self, depth: usize) -> Option<Operand<T>> {
        self.0.len().checked_sub(depth + 1).and_then(|at| self.0.get(at)).copied()
    }

    /// Keeps the deepest `len` operands.
    pub fn truncate(&mut self, len: usize) {
        self.0.truncate(len);
    }

    /// Before register `v` (a local) is written: operands that are it move to a register of their own.
    pub fn part_from(&mut self, b: &mut Builder, v: V) {
        let mut copy = None;
        for operand in self.0.iter_mut().filter(|operand| operand.value == Value::Reg(v)) {
            let to = *copy.get_or_insert_with(|| {
                let to = b.vreg(b.class(v));
                b.copy(to, v);
                to
            });
            operand.value = Value::Reg(to);
        }
    }
}

/// The registers where operands are when paths meet, by depth; one of each class, made when first asked for.
#[derive(Default, Debug)]
pub struct Homes {
    words: Vec<Option<V>>,
    floats: Vec<Option<V>>,
    in_memory: bool,
}

impl Homes {
    /// Homes of words that lie in memory at all times.
    pub fn in_memory() -> Homes {
        Homes { in_memory: true, ..Homes::default() }
    }

    /// The home of the operand at `depth` (0: the deepest).
    pub fn of(&mut self, b: &mut Builder, depth: usize, class: Class) -> V {
        let homes = match class {
            Class::Word => &mut self.words,
            Class::Float => &mut self.floats,
        };
        if homes.len() <= depth {
            b.held(homes.resize(depth + 1, None));
        }
        match homes.get_mut(depth) {
            Some(home) => *home.get_or_insert_with(|| match class {
                Class::Word if self.in_memory => b.in_memory(),
                Class::Word | Class::Float => b.vreg(class),
            }),
            None => b.vreg(class),
        }
    }
}

/// Copies `from` to `to` pairwise as if all at once: a register may be on both sides.
pub fn settle(b: &mut Builder, moves: &[(V, V)]) {
    let mut from = Vec::new();
    b.held(from.extend(moves.iter().map(|&(_, from)| from)));
    for (at, source) in from.iter_mut().enumerate() {
        let own = moves.get(at).map(|&(to, _)| to);
        // Written by a move before its own turn.
        if own != Some(*source) && moves.iter().take(at).any(|&(to, _)| to == *source) {
            let copy = b.vreg(b.class(*source));
            b.copy(copy, *source);
            *source = copy;
        }
    }
    for (&(to, _), &from) in moves.iter().zip(from.iter()) {
        b.copy(to, from);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ir::{FloatSize, Inst, Word};

    #[test]
    fn exchanged_registers_keep_their_values() {
        let mut b = Builder::new("f", Word::W64, FloatSize::F64, &[]);
        b.returns(Class::Word);
        let (x, y) = (b.param(Class::Word), b.param(Class::Word));
        let entry = b.block();
        b.start(entry);
        settle(&mut b, &[(x, y), (y, x)]);
        let difference = b.alu(ir::Alu::Sub, x, y);
        b.ret(Some(difference));
        let func = b.finish().unwrap();
        let copies = func.insts.iter().filter(|inst| matches!(inst, Inst::Copy { .. })).count();
        assert_eq!(copies, 3, "{}", func.insts.len());
    }

    #[test]
    fn a_local_is_parted_from_before_it_changes() {
        let mut b = Builder::new("f", Word::W64, FloatSize::F64, &[]);
        let (x, entry) = (b.param(Class::Word), b.block());
        b.start(entry);
        let mut stack = Stack::default();
        stack.push(&mut b, Value::Reg(x), ());
        stack.push(&mut b, Value::Int(3), ());
        stack.push(&mut b, Value::Reg(x), ());
        stack.part_from(&mut b, x);
        assert_eq!(stack.peek(0), stack.peek(2));
        assert_ne!(stack.peek(0).map(|operand| operand.value), Some(Value::Reg(x)));
    }
}
