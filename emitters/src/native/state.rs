//! Operands and locals as registers: materialising, boxing, meeting points.

use super::*;
use crate::operand::settle;

impl<'a> Native<'a> {
    pub(super) fn push(&mut self, v: V, ty: Ty) {
        self.now.stack.push(Value::Reg(v), ty);
    }

    pub(super) fn push_word(&mut self, obj: Obj, ty: Ty) {
        self.now.stack.push(Value::Word(word::bits(obj)), ty);
    }

    /// Takes the top operand. An op list that `Shape` has checked never takes more than there is.
    pub(super) fn pop(&mut self) -> Operand<Ty> {
        self.now.stack.pop().unwrap_or(Operand { value: Value::Word(word::bits(Obj::NULL)), ty: Ty::Any })
    }

    pub(super) fn pop_word(&mut self) -> V {
        let operand = self.pop();
        self.word_of(operand)
    }

    pub(super) fn pop_words(&mut self, count: usize) -> Vec<V> {
        let operands = self.now.stack.pop_many(count);
        operands.into_iter().map(|operand| self.word_of(operand)).collect()
    }

    pub(super) fn top_word(&mut self) -> V {
        let v = self.pop_word();
        self.push(v, Ty::Any);
        v
    }

    /// The operand as an object word.
    pub(super) fn word_of(&mut self, operand: Operand<Ty>) -> V {
        match operand.value {
            Value::Int(value) => self.b.int(word::int(value).unwrap_or(0)),
            Value::Word(value) => self.b.int(value),
            Value::Float(value) => match word::float(value) {
                Some(value) => self.b.int(value),
                None => {
                    let bits = self.b.int(value.to_bits() as i64);
                    self.call(Helper::BoxFloat, &[bits])
                }
            },
            Value::Reg(v) if operand.ty == Ty::Float => self.box_float(v),
            Value::Reg(v) => v,
        }
    }

    /// An operand of type float, or int, as a float register.
    pub(super) fn float_of(&mut self, operand: Operand<Ty>) -> V {
        match operand.value {
            Value::Float(value) => self.b.float_const(value),
            Value::Int(value) => self.b.float_const(value as f64),
            Value::Reg(v) if operand.ty == Ty::Float => v,
            Value::Reg(v) => {
                let value = word::untag(&mut self.b, v);
                self.b.to_float(value)
            }
            Value::Word(value) => {
                let v = self.b.int(value);
                let value = word::untag(&mut self.b, v);
                self.b.to_float(value)
            }
        }
    }

    /// The object word of a float.
    pub(super) fn box_float(&mut self, float: V) -> V {
        let error = self.error();
        self.box_float_or(float, error)
    }

    fn box_float_or(&mut self, float: V, error: Block) -> V {
        let (d, bits) = (self.b.word(), self.b.word());
        let (wide, join) = (self.b.cold_block(), self.b.block());
        word::encode(&mut self.b, float, d, bits, wide);
        self.b.start(join);
        self.later.push(Box::new(move |n: &mut Native<'a>| {
            n.b.start(wide);
            let args = [n.vm, bits];
            let value = n.b.call_or(helpers::number(Helper::BoxFloat), &args, error);
            n.b.copy(d, value);
            n.b.jump(join);
        }));
        d
    }

    /// The register of a local; its value, if locals are in the frame.
    pub(super) fn local_word(&mut self, local: Local) -> V {
        if let Some(locals) = self.shown {
            return self.b.load(Width::Word, locals, -i32::from(local.0) * word::BYTES);
        }
        self.words.get(usize::from(local.0)).copied().unwrap_or(V::FIRST)
    }

    pub(super) fn float_local(&mut self, at: usize) -> V {
        match self.floats.get_mut(at) {
            Some(float) => *float.get_or_insert_with(|| self.b.float()),
            None => self.b.float(),
        }
    }

    /// Calls a helper that cannot fail, or whose failure is tested otherwise.
    pub(super) fn run(&mut self, helper: Helper, args: &[V]) -> V {
        let mut all = vec![self.vm];
        all.extend_from_slice(args);
        self.b.call(helpers::number(helper), &all)
    }

    /// Calls a helper; zero goes to the error edge.
    pub(super) fn call(&mut self, helper: Helper, args: &[V]) -> V {
        let error = self.error();
        let mut all = vec![self.vm];
        all.extend_from_slice(args);
        self.b.call_or(helpers::number(helper), &all, error)
    }

    pub(super) fn run_or(&mut self, helper: Helper, args: &[V]) {
        self.call(helper, args);
    }

    pub(super) fn push_call(&mut self, helper: Helper, args: &[V]) {
        let v = self.call(helper, args);
        self.push(v, Ty::Any);
    }

    /// Words in the frame for helpers to read or fill.
    pub(super) fn area(&mut self, count: usize) -> V {
        let slot = match self.area {
            Some(slot) => slot,
            None => *self.area.insert(self.b.slot(1)),
        };
        self.b.grow_slot(slot, count.max(1));
        self.b.slot_addr(slot)
    }

    /// Words in the frame with these values.
    pub(super) fn laid_out(&mut self, values: &[V]) -> V {
        let area = self.area(values.len());
        for (at, &v) in values.iter().enumerate() {
            self.b.store(Width::Word, v, area, at as i32 * word::BYTES);
        }
        area
    }

    /// The way out of the fast version, to the slow one's state before the current op.
    pub(super) fn leave_fast(&mut self) -> Block {
        if let Some(exit) = self.exit {
            return exit;
        }
        let exit = self.b.cold_block();
        self.exit = Some(exit);
        let at = self.at;
        let to = match self.resume.get(at).copied().flatten() {
            Some(block) => block,
            None => {
                let block = self.b.block();
                if let Some(slot) = self.resume.get_mut(at) {
                    *slot = Some(block);
                }
                block
            }
        };
        let (state, line) = (self.before.clone(), self.line);
        let error = self.boxing_error(&state);
        self.later.push(Box::new(move |n: &mut Native<'a>| {
            n.b.start(exit);
            n.b.line(line);
            n.settle_words(&state, at, state.stack.len(), error);
            n.b.jump(to);
        }));
        exit
    }

    /// The error edge for settling `state`, if that boxes floats.
    pub(super) fn boxing_error(&mut self, state: &State) -> Option<Block> {
        let mut types = state.stack.items().iter().map(|operand| operand.ty).chain(state.locals.iter().copied());
        types.any(|ty| ty == Ty::Float).then(|| self.error())
    }

    /// All operands below `depth` and all live locals of `state` to where they are as object words.
    fn settle_words(&mut self, state: &State, at: usize, depth: usize, error: Option<Block>) {
        let stack = vec![Ty::Any; depth];
        let locals = (0..self.given.n_locals).map(|n| if self.given.live.is_live(at, n) { Ty::Any } else { Ty::Dead });
        let meeting = Meeting { stack, locals: locals.collect() };
        self.settle_to(state, &meeting, error);
    }

    /// Moves what `state` has to where `meeting` wants it.
    pub(super) fn settle_to(&mut self, state: &State, meeting: &Meeting, error: Option<Block>) {
        // Without floats nothing is boxed, and the edge is never used.
        let error = error.unwrap_or(Block::FIRST);
        let mut moves = Vec::new();
        for (depth, (operand, want)) in state.stack.items().iter().zip(&meeting.stack).enumerate() {
            let from = match (want, operand.ty, operand.value) {
                (Ty::Float, _, _) => self.float_of(*operand),
                (Ty::Any, Ty::Float, Value::Reg(v)) => self.box_float_or(v, error),
                (Ty::Dead | Ty::Any | Ty::Int | Ty::Bool, _, Value::Float(value)) if word::float(value).is_none() => {
                    let v = self.b.float_const(value);
                    self.box_float_or(v, error)
                }
                (Ty::Dead | Ty::Any | Ty::Int | Ty::Bool, _, _) => self.word_of(*operand),
            };
            moves.push((self.homes.of(&mut self.b, depth, want.class()), from));
        }
        for (local, (have, want)) in state.locals.iter().zip(&meeting.locals).enumerate() {
            if *have == Ty::Float
                && *want == Ty::Any
                && let Some(to) = self.words.get(local).copied()
            {
                let float = self.float_local(local);
                let from = self.box_float_or(float, error);
                moves.push((to, from));
            }
        }
        settle(&mut self.b, &moves);
    }

    /// Everything is where `meeting` says.
    fn take_over(&mut self, meeting: &Meeting) {
        self.now.stack.truncate(0);
        for (depth, ty) in meeting.stack.iter().enumerate() {
            let home = self.homes.of(&mut self.b, depth, ty.class());
            self.now.stack.push(Value::Reg(home), *ty);
        }
        self.now.locals.clone_from(&meeting.locals);
    }

    /// The slow version goes on here with all words in place.
    pub(super) fn resume_at(&mut self, block: Block, depth: usize) {
        if self.b.is_open() {
            let state = self.now.clone();
            let error = self.boxing_error(&state);
            self.settle_words(&state, self.at, depth, error);
        }
        self.skip = false;
        self.b.start(block);
        let stack = vec![Ty::Any; depth];
        let locals = vec![Ty::Any; self.given.n_typed];
        self.take_over(&Meeting { stack, locals });
    }

    /// What holds at a label when the current state comes there, too.
    pub(super) fn meet(&mut self, label: Label, state: &State, depth: usize) -> Meeting {
        let number = usize::from(label.0);
        let at = self.given.shape.at(label).unwrap_or(0);
        let live = self.given.live;
        let slow = self.mode == Mode::Slow;
        let ty = |ty: Ty| if slow { Ty::Any } else { ty };
        let known = self.known.labels.get(number).cloned().flatten().filter(|_| !slow);
        let mut stack: Vec<Ty> = state.stack.items().iter().take(depth).map(|operand| ty(operand.ty)).collect();
        let mut locals: Vec<Ty> = state
            .locals
            .iter()
            .enumerate()
            .map(|(local, known)| {
                if !live.is_live(at, local) {
                    Ty::Dead
                } else if *known == Ty::Dead {
                    Ty::Any
                } else {
                    ty(*known)
                }
            })
            .collect();
        if let Some(known) = &known {
            // The handler's own operand, the exception, is not on the stack yet.
            stack.resize(known.stack.len(), Ty::Any);
            stack.iter_mut().zip(&known.stack).for_each(|(ty, known)| *ty = ty.join(*known));
            locals.iter_mut().zip(&known.locals).for_each(|(ty, known)| *ty = ty.join(*known));
        } else if let Some(point) = self.given.shape.point_at(label) {
            stack.resize(point.depth, Ty::Any);
        }
        let meeting = Meeting { stack, locals };
        if !slow
            && known.as_ref() != Some(&meeting)
            && let Some(slot) = self.known.labels.get_mut(number)
        {
            *slot = Some(meeting.clone());
            self.known.changed = true;
        }
        meeting
    }

    /// The block of a label in the current version.
    pub(super) fn label_block(&mut self, label: Label) -> Block {
        let labels = match self.mode {
            Mode::Fast => &mut self.fast_labels,
            Mode::Slow => &mut self.slow_labels,
        };
        match labels.get_mut(usize::from(label.0)) {
            Some(block) => *block.get_or_insert_with(|| self.b.block()),
            None => self.b.block(),
        }
    }

    /// Control arrives at a label's place.
    pub(super) fn place(&mut self, label: Label) {
        if self.b.is_open() {
            self.arrive(label);
        }
        let known = match self.mode {
            Mode::Fast => self.known.labels.get(usize::from(label.0)).cloned().flatten(),
            Mode::Slow => self.given.shape.point_at(label).map(|point| {
                let at = self.given.shape.at(label).unwrap_or(0);
                let ty = |n| if self.given.live.is_live(at, n) { Ty::Any } else { Ty::Dead };
                Meeting { stack: vec![Ty::Any; point.depth], locals: (0..self.given.n_typed).map(ty).collect() }
            }),
        };
        let Some(meeting) = known else { return };
        let block = self.label_block(label);
        if !self.b.is_filled(block) {
            self.b.start(block);
            self.skip = false;
            self.take_over(&meeting);
        }
    }

    /// Jumps to a label with everything where the label wants it.
    pub(super) fn arrive(&mut self, label: Label) {
        let state = self.now.clone();
        let depth = state.stack.len();
        let meeting = self.meet(label, &state, depth);
        let error = self.boxing_error(&state);
        self.settle_to(&state, &meeting, error);
        let block = self.label_block(label);
        self.b.jump(block);
    }
}
