//! Operands and locals as registers: materialising, boxing, meeting points.

use super::*;
use crate::helpers::Args;
use crate::operand::settle;

impl<'a> Native<'a> {
    pub(super) fn push(&mut self, v: V, ty: Ty) {
        self.push_value(Value::Reg(v), ty);
    }

    pub(super) fn push_word(&mut self, obj: Obj, ty: Ty) {
        self.push_value(Value::Word(word::bits(obj)), ty);
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
        let mut words = Vec::new();
        for operand in self.now.stack.pop_many(&mut self.b, count) {
            let word = self.word_of(operand);
            self.b.held(words.push(word));
        }
        words
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
        self.later(move |n: &mut Native<'a>| {
            n.b.start(wide);
            let args = [n.vm, bits];
            let value = n.b.call_or(helpers::number(Helper::BoxFloat), &args, error);
            n.b.copy(d, value);
            n.b.jump(join);
        });
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
        self.b.call(helpers::number(helper), &Args::new(self.vm, args))
    }

    /// Calls a helper; zero goes to the error edge.
    pub(super) fn call(&mut self, helper: Helper, args: &[V]) -> V {
        let error = self.error();
        self.b.call_or(helpers::number(helper), &Args::new(self.vm, args), error)
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
        let (state, line) = (self.state_before(), self.line);
        let error = self.boxing_error(&state);
        self.later(move |n: &mut Native<'a>| {
            n.b.start(exit);
            n.b.line(line);
            n.settle_words(&state, at, state.stack.len(), error);
            n.b.jump(to);
        });
        exit
    }

    /// A copy of the state before the current op.
    pub(super) fn state_before(&mut self) -> State {
        self.b.held(self.before.try_clone()).unwrap_or_default()
    }

    /// The error edge for settling `state`, if that boxes floats.
    pub(super) fn boxing_error(&mut self, state: &State) -> Option<Block> {
        let mut types = state.stack.items().iter().map(|operand| operand.ty).chain(state.locals.iter().copied());
        types.any(|ty| ty == Ty::Float).then(|| self.error())
    }

    /// All operands below `depth` and all live locals of `state` to where they are as object words.
    fn settle_words(&mut self, state: &State, at: usize, depth: usize, error: Option<Block>) {
        let meeting = self.words_at(at, depth, self.given.n_locals);
        self.settle_to(state, &meeting, error);
    }

    /// All words: `depth` operands, and of the first locals those that are live at op `at`.
    fn words_at(&mut self, at: usize, depth: usize, n_locals: usize) -> Meeting {
        let mut meeting = Meeting { stack: Vec::new(), locals: Vec::new() };
        let live = self.given.live;
        let ty = |n| if live.is_live(at, n) { Ty::Any } else { Ty::Dead };
        self.b.held(meeting.stack.resize(depth, Ty::Any));
        self.b.held(meeting.locals.extend((0..n_locals).map(ty)));
        meeting
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
            let home = self.homes.of(&mut self.b, depth, want.class());
            self.b.held(moves.push((home, from)));
        }
        for (local, (have, want)) in state.locals.iter().zip(&meeting.locals).enumerate() {
            if *have == Ty::Float
                && *want == Ty::Any
                && let Some(to) = self.words.get(local).copied()
            {
                let float = self.float_local(local);
                let from = self.box_float_or(float, error);
                self.b.held(moves.push((to, from)));
            }
        }
        settle(&mut self.b, &moves);
    }

    /// Everything is where `meeting` says.
    fn take_over(&mut self, meeting: &Meeting) {
        self.now.stack.truncate(0);
        for (depth, ty) in meeting.stack.iter().enumerate() {
            let home = self.homes.of(&mut self.b, depth, ty.class());
            self.push_value(Value::Reg(home), *ty);
        }
        self.now.locals.clear();
        self.b.held(self.now.locals.extend_from_slice(&meeting.locals));
    }

    /// The slow version goes on here with all words in place.
    pub(super) fn resume_at(&mut self, block: Block, depth: usize) {
        if self.b.is_open() {
            let state = self.snapshot();
            let error = self.boxing_error(&state);
            self.settle_words(&state, self.at, depth, error);
        }
        self.skip = false;
        self.b.start(block);
        let mut meeting = Meeting { stack: Vec::new(), locals: Vec::new() };
        self.b.held(meeting.stack.resize(depth, Ty::Any));
        self.b.held(meeting.locals.resize(self.given.n_typed, Ty::Any));
        self.take_over(&meeting);
    }

    /// What holds at a label when the current state comes there, too.
    pub(super) fn meet(&mut self, label: Label, state: &State, depth: usize) -> Meeting {
        let number = usize::from(label.0);
        let at = self.given.shape.at(label).unwrap_or(0);
        let live = self.given.live;
        let slow = !self.guesses();
        let ty = |ty: Ty| if slow { Ty::Any } else { ty };
        let known = self.known.labels.get(number).and_then(Option::as_ref).filter(|_| !slow);
        let (mut stack, mut locals) = (Vec::new(), Vec::new());
        self.b.held(stack.extend(state.stack.items().iter().take(depth).map(|operand| ty(operand.ty))));
        let of_local = |(local, known): (usize, &Ty)| match *known {
            _ if !live.is_live(at, local) => Ty::Dead,
            Ty::Dead => Ty::Any,
            known => ty(known),
        };
        self.b.held(locals.extend(state.locals.iter().enumerate().map(of_local)));
        if let Some(known) = known {
            // The handler's own operand, the exception, is not on the stack yet.
            self.b.held(stack.resize(known.stack.len(), Ty::Any));
            stack.iter_mut().zip(&known.stack).for_each(|(ty, known)| *ty = ty.join(*known));
            locals.iter_mut().zip(&known.locals).for_each(|(ty, known)| *ty = ty.join(*known));
        } else if let Some(point) = self.given.shape.point_at(label) {
            self.b.held(stack.resize(point.depth, Ty::Any));
        }
        let meeting = Meeting { stack, locals };
        if !slow && known != Some(&meeting) {
            self.learn(number, &meeting);
        }
        meeting
    }

    /// What holds at a label is not what it was thought to be.
    fn learn(&mut self, label: usize, meeting: &Meeting) {
        if let (Some(slot), Some(copy)) = (self.known.labels.get_mut(label), self.b.held(meeting.try_clone())) {
            *slot = Some(copy);
            self.known.changed = true;
        }
    }

    /// What is known to hold at a label of the fast version.
    pub(super) fn known_at(&mut self, label: Label) -> Option<Meeting> {
        let known = self.known.labels.get(usize::from(label.0))?.as_ref()?;
        self.b.held(known.try_clone())
    }

    /// The block of a label in the current version.
    pub(super) fn label_block(&mut self, label: Label) -> Block {
        let labels = match self.guesses() {
            true => &mut self.fast_labels,
            false => &mut self.slow_labels,
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
        let known = match self.guesses() {
            true => self.known_at(label),
            false => self.given.shape.point_at(label).map(|point| {
                let at = self.given.shape.at(label).unwrap_or(0);
                self.words_at(at, point.depth, self.given.n_typed)
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
        let state = self.snapshot();
        let depth = state.stack.len();
        let meeting = self.meet(label, &state, depth);
        let error = self.boxing_error(&state);
        self.settle_to(&state, &meeting, error);
        let block = self.label_block(label);
        self.b.jump(block);
    }
}
