//! Calls: machine code calls machine code directly, all else goes through the machine.

use super::*;
use layout::Exact;
use layout::code;
use vm::compile::op::Args;

impl<'a> Native<'a> {
    pub(super) fn call_function(&mut self, args: Args) {
        let n_kw = usize::from(args.n_kw);
        let mut values = self.pop_words(usize::from(args.n_pos) + 2 * n_kw);
        let callee = self.pop_word();
        self.b.held(values.insert(0, callee));
        let given = values.get(1..).unwrap_or(&[]);
        if self.is_general() || self.given.is_body {
            return self.call_plainly(Helper::Call, &values, args);
        }
        let d = self.b.word();
        let (slow, join) = (self.b.cold_block(), self.b.block());
        if n_kw == 0 {
            self.call_direct(callee, given, d, slow);
            self.b.jump(join);
        } else {
            self.b.jump(slow);
        }
        self.b.start(join);
        let error = self.error();
        let line = self.line;
        let area = (self.area_slot(values.len()), values);
        self.later(move |n: &mut Native<'a>| {
            n.b.start(slow);
            n.b.line(line);
            let area = n.lay_out(area.0, &area.1);
            let (n_pos, n_kw) = (n.b.int(i64::from(args.n_pos)), n.b.int(i64::from(args.n_kw)));
            let all = [n.vm, area, n_pos, n_kw];
            let value = n.b.call_or(helpers::number(Helper::Call), &all, error);
            n.b.copy(d, value);
            n.b.jump(join);
        });
        self.push(d, Ty::Any);
    }

    pub(super) fn call_method(&mut self, args: Args) {
        let n_kw = usize::from(args.n_kw);
        let values = self.pop_words(usize::from(args.n_pos) + 2 * n_kw + 2);
        let [callee, this, ..] = *values else { return };
        if self.is_general() || self.given.is_body {
            return self.call_plainly(Helper::CallMethod, &values, args);
        }
        let given = values.get(1..).unwrap_or(&[]);
        let d = self.b.word();
        // A method that is not machine code is the common case: most are built in.
        let (slow, join) = (self.b.block(), self.b.block());
        if n_kw == 0 {
            self.b.exit(Cc::Eq, this, word::imm(Obj::NULL), slow);
            self.call_direct(callee, given, d, slow);
            self.b.jump(join);
        }
        self.b.start(slow);
        let area = self.laid_out(&values);
        let (n_pos, n_kw) = (self.b.int(i64::from(args.n_pos)), self.b.int(i64::from(args.n_kw)));
        let value = self.call(Helper::CallMethod, &[area, n_pos, n_kw]);
        self.b.copy(d, value);
        self.b.start(join);
        self.push(d, Ty::Any);
    }

    /// By a helper, with the callee and the arguments laid out.
    fn call_plainly(&mut self, helper: Helper, values: &[V], args: Args) {
        let area = self.laid_out(values);
        let (n_pos, n_kw) = (self.b.int(i64::from(args.n_pos)), self.b.int(i64::from(args.n_kw)));
        self.push_call(helper, &[area, n_pos, n_kw]);
    }

    pub(super) fn call_spread(&mut self, args: Args, has_this: bool) {
        let stars = self.pop_word();
        let count = usize::from(args.n_pos) + 2 * usize::from(args.n_kw);
        let mut values = self.pop_words(count + 1 + usize::from(has_this));
        if !has_this {
            let null = self.b.int(word::bits(Obj::NULL));
            self.b.held(values.insert(1, null));
        }
        let area = self.laid_out(&values);
        let (n_pos, n_kw) = (self.b.int(i64::from(args.n_pos)), self.b.int(i64::from(args.n_kw)));
        self.push_call(Helper::CallSpread, &[area, n_pos, n_kw, stars]);
    }

    fn area_slot(&mut self, count: usize) -> ir::Slot {
        self.area(count);
        self.area.unwrap_or(ir::Slot::FIRST)
    }

    fn lay_out(&mut self, slot: ir::Slot, values: &[V]) -> V {
        let area = self.b.slot_addr(slot);
        for (at, &v) in values.iter().enumerate() {
            self.b.store(Width::Word, v, area, at as i32 * word::BYTES);
        }
        area
    }

    /// Calls a function that is machine code and takes exactly these arguments; all else goes to `slow`.
    fn call_direct(&mut self, callee: V, args: &[V], d: V, slow: Block) {
        self.b.exit(Cc::Bits, callee, word::POINTER_MASK, slow);
        let ty = self.b.load(Width::Word, callee, 0);
        let function = self.b.int(Exact::Function.word() as i64);
        self.b.exit(Cc::Ne, ty, function, slow);
        let raw = self.b.load(Width::Word, callee, code::OF_FUNCTION as i32);
        let entry = self.b.load(Width::Word, raw, code::NATIVE as i32);
        self.b.exit(Cc::Eq, entry, 0, slow);
        if let Some(own) = self.context {
            // Called directly it has no frame of its own: then that of the caller must do, for `globals()` and imports.
            let context = self.b.load(Width::Word, raw, code::CONTEXT as i32);
            self.b.exit(Cc::Ne, context, own, slow);
        }
        let count = args.len() as i32;
        let n_pos = self.b.load(Width::Word, raw, code::N_POS as i32);
        let simple = self.b.load(Width::U8, raw, code::SIMPLE as i32);
        self.b.exit(Cc::Eq, simple, 0, slow);
        // Of a closure the cells come before the arguments.
        let n_cells = self.b.alu(Alu::Sub, n_pos, count);
        let closed = self.b.load(Width::Word, callee, code::CLOSED as i32);
        let (cells, known) = (self.b.block(), self.b.block());
        self.b.exit(Cc::Ne, closed, word::imm(Obj::NULL), cells);
        self.b.exit(Cc::Ne, n_cells, 0, slow);
        self.b.jump(known);
        self.b.start(cells);
        let held = self.b.load(Width::Word, closed, layout::items::TUPLE_LEN as i32);
        self.b.exit(Cc::Ne, held, n_cells, slow);
        self.b.start(known);
        // The callee reads its parameters before it does anything else, so nothing is reserved for them.
        let top = self.b.load(Width::Word, self.vm, layout::vm::STACK_TOP as i32);
        let limit = self.b.load(Width::Word, self.vm, layout::vm::STACK_LIMIT as i32);
        let bytes = self.b.alu(Alu::Shl, n_pos, i32::from(word::BYTES_LOG2));
        let end = self.b.alu(Alu::Add, top, bytes);
        self.b.exit(Cc::Ugt, end, limit, slow);
        // Locals go down.
        for (at, &v) in args.iter().enumerate() {
            self.b.store(Width::Word, v, top, (count - 1 - at as i32) * word::BYTES);
        }
        let locals = self.b.alu(Alu::Sub, end, word::BYTES);
        self.copy_cells(closed, n_cells, locals);
        let error = self.error();
        let value = self.b.call_to(entry, &[self.vm, callee, locals], Some(error));
        self.b.copy(d, value);
    }

    /// Copies the cells of a closure to where its first locals are, downwards.
    fn copy_cells(&mut self, closed: V, n_cells: V, locals: V) {
        let (copy, turn, done) = (self.b.block(), self.b.block(), self.b.block());
        self.b.br(Cc::Ne, n_cells, 0, copy, done);
        self.b.start(copy);
        let (from, to, left) = (self.b.word(), self.b.word(), self.b.word());
        self.b.copy(from, closed);
        self.b.copy(to, locals);
        self.b.copy(left, n_cells);
        self.b.start(turn);
        let cell = self.b.load(Width::Word, from, layout::items::TUPLE_START as i32);
        self.b.store(Width::Word, cell, to, 0);
        self.b.push(ir::Inst::Alu { op: Alu::Add, d: from, a: from, b: word::BYTES.into() });
        self.b.push(ir::Inst::Alu { op: Alu::Sub, d: to, a: to, b: word::BYTES.into() });
        self.b.push(ir::Inst::Alu { op: Alu::Sub, d: left, a: left, b: 1.into() });
        self.b.br(Cc::Ne, left, 0, turn, done);
        self.b.start(done);
    }
}
