//! One function's walk from our instructions to Cranelift's.

use super::loops::Loops;
use cranelift_codegen::ir::condcodes::{CondCode, FloatCC, IntCC};
use cranelift_codegen::ir::{self as clif, AbiParam, BlockCall, InstBuilder, MemFlagsData, SourceLoc};
use cranelift_codegen::ir::{JumpTableData, SigRef, StackSlot, StackSlotData, StackSlotKind, Type, Value, types};
use cranelift_codegen::isa::{CallConv, TargetIsa};
use cranelift_frontend::{FunctionBuilder, Variable};
use ir::{Alu, Block, Cc, Class, Fcc, FloatSize, Fop, Fun, Func, Fwidth, HelperSig, Inst, List, Operand, Ov, Un, V};
use ir::{Width, Word};

/// Which blocks go behind all others.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Apart {
    /// Those that seldom run.
    Cold,
    /// None: to an allocator that looks at each block once, what a block far behind uses is alive in all before it.
    Nothing,
    /// As `Nothing`, and what several instructions write lies in the frame, where many words that are alive at once cost nothing.
    Words,
}

/// Fills `builder` with a function the verifier passed, for a machine whose word has 64 bits.
pub fn lower(func: &Func, isa: &dyn TargetIsa, apart: Apart, builder: FunctionBuilder<'_>) {
    let order = visit_order(func);
    let mut lower = Lower {
        func,
        loops: Loops::find(func, &order),
        current: Block::FIRST,
        out: builder,
        convention: isa.default_call_conv(),
        float: float_type(func.float),
        places: Vec::new(),
        blocks: Vec::with_capacity(func.blocks.len()),
        waits: vec![0; func.blocks.len()],
        slots: Vec::with_capacity(func.slots.len()),
        signatures: vec![None; func.helpers.len()],
        apart,
        rank: vec![0; func.blocks.len()],
        furthest: 0,
        cold: false,
    };
    for (at, block) in order.iter().enumerate().filter(|(_, block)| !func.blocks[block.index()].cold) {
        lower.rank[block.index()] = at + 1;
    }
    for &block in &order {
        lower.each_edge(block, |waits| *waits += 1);
    }
    let exits = match apart {
        Apart::Cold => lower.loops.cold_exits(func, &order),
        Apart::Nothing | Apart::Words => Vec::new(),
    };
    lower.places = places(func, &exits);
    lower.declare(&exits);
    for &block in &order {
        lower.block(block);
    }
    lower.out.seal_all_blocks();
    lower.out.finalize(isa.frontend_config());
}

/// What a register is for Cranelift.
#[derive(Clone, Copy)]
enum Place {
    /// Written once, or used in one block only: the value it has now. Cranelift keeps a table of all blocks for each variable,
    /// which for long functions is more than all memory.
    Local(Option<Value>),
    /// A variable to be.
    Unmade,
    /// A variable, of which Cranelift makes values where ways meet.
    Shared(Variable),
    /// In the frame.
    Memory(StackSlot, Type),
}

/// Finds the registers that need no variable. What is written once is written before it is read, or the verifier would not
/// have passed it; so it is the same value wherever it is read, but behind `exits`, to which more ways lead than the function
/// says.
fn places(func: &Func, exits: &[Block]) -> Vec<Place> {
    let behind = reached(func, exits);
    let mut homes: Vec<Option<Block>> = vec![None; func.classes.len()];
    let (mut spread, mut behind_exits) = (vec![false; func.classes.len()], vec![false; func.classes.len()]);
    let mut writes = vec![0u32; func.classes.len()];
    for v in &func.params {
        (writes[v.index()], spread[v.index()]) = (1, true);
    }
    if let Some(table) = func.table {
        // Every call reads it.
        spread[table.base.index()] = true;
        behind_exits[table.base.index()] = !exits.is_empty();
    }
    for &block in &func.order {
        for inst in func.block(block) {
            let mut see = |v: V| {
                spread[v.index()] |= *homes[v.index()].get_or_insert(block) != block;
                behind_exits[v.index()] |= behind[block.index()];
            };
            inst.each_use(&func.args, &mut see);
            if let Some(d) = inst.def() {
                see(d);
                writes[d.index()] += 1;
            }
        }
    }
    let place = |at: usize| {
        let is_variable = spread[at] && (writes[at] > 1 || behind_exits[at]);
        if is_variable { Place::Unmade } else { Place::Local(None) }
    };
    (0..func.classes.len()).map(place).collect()
}

/// Which blocks can be reached from some.
fn reached(func: &Func, from: &[Block]) -> Vec<bool> {
    let mut reached = vec![false; func.blocks.len()];
    let mut work = from.to_vec();
    while let Some(block) = work.pop() {
        if !std::mem::replace(&mut reached[block.index()], true) {
            for inst in func.block(block) {
                inst.each_target(&func.targets, |to| work.push(to));
            }
        }
    }
    reached
}

/// The blocks that can be reached, each loop's head in front of its body and its body in front of what follows. So a
/// register that a loop leaves alone is seen to be the same inside, which Cranelift does not find out later.
fn visit_order(func: &Func) -> Vec<Block> {
    let mut rank = vec![0; func.blocks.len()];
    for (at, block) in func.order.iter().enumerate() {
        rank[block.index()] = at;
    }
    let nexts = |block: Block| {
        let mut nexts = Vec::new();
        for inst in func.block(block) {
            inst.each_target(&func.targets, |to| nexts.push(to));
        }
        // What was filled last is visited first and so comes out last.
        nexts.sort_by_key(|next| rank[next.index()]);
        nexts
    };
    let mut seen = vec![false; func.blocks.len()];
    let (mut order, mut path) = (Vec::with_capacity(func.order.len()), Vec::new());
    if let Some(&first) = func.order.first() {
        seen[first.index()] = true;
        path.push((first, nexts(first)));
    }
    while let Some((block, rest)) = path.last_mut() {
        match rest.pop() {
            Some(next) if !seen[next.index()] => {
                seen[next.index()] = true;
                path.push((next, nexts(next)));
            }
            Some(_) => {}
            None => {
                order.push(*block);
                path.pop();
            }
        }
    }
    order.reverse();
    order
}

// An address of a program is not known to be aligned, and a wrong one faults as in C; never is a load moved before the
// check that guards it.
const MEMORY: MemFlagsData = MemFlagsData::new().with_notrap();
const WORD: Type = types::I64;

fn float_type(float: FloatSize) -> Type {
    match float {
        FloatSize::F32 => types::F32,
        FloatSize::F64 => types::F64,
    }
}

struct Lower<'a, 'f> {
    func: &'a Func,
    loops: Loops,
    /// The block that is being made.
    current: Block,
    out: FunctionBuilder<'f>,
    convention: CallConv,
    float: Type,
    /// What each register is.
    places: Vec<Place>,
    blocks: Vec<clif::Block>,
    /// For each block how many jumps to it are still to come.
    waits: Vec<usize>,
    slots: Vec<StackSlot>,
    signatures: Vec<Option<SigRef>>,
    apart: Apart,
    /// For each block its place in the order in which they are made; zero for cold ones.
    rank: Vec<usize>,
    /// The last place that the current block leads to.
    furthest: usize,
    /// Whether the current block is cold; what follows an exit in it is, too.
    cold: bool,
}

impl Lower<'_, '_> {
    /// Variables, blocks, slots, and a block of its own for entry: ours may be the target of a loop.
    fn declare(&mut self, exits: &[Block]) {
        let params = self.func.params.iter().map(|&v| self.class_type(self.func.class(v)));
        let params: Vec<AbiParam> = params.map(AbiParam::new).collect();
        let returns = self.func.ret.map(|class| AbiParam::new(self.class_type(class)));
        let signature = &mut self.out.func.signature;
        signature.call_conv = self.convention;
        signature.params = params;
        signature.returns.extend(returns);
        for (at, &class) in self.func.classes.iter().enumerate() {
            if let Place::Unmade = self.places[at] {
                let ty = self.class_type(class);
                self.places[at] = match self.apart {
                    Apart::Cold | Apart::Nothing => Place::Shared(self.out.declare_var(ty)),
                    Apart::Words => Place::Memory(self.frame_word(), ty),
                };
            }
        }
        let entry = self.out.create_block();
        for data in &self.func.blocks {
            let block = self.out.create_block();
            if data.cold && self.apart == Apart::Cold {
                self.out.set_cold_block(block);
            }
            self.blocks.push(block);
        }
        for &words in &self.func.slots {
            let bytes = u32::from(words) * 8;
            let data = StackSlotData::new(StackSlotKind::ExplicitSlot, bytes, 3);
            self.slots.push(self.out.create_sized_stack_slot(data));
        }
        for v in &self.func.in_memory {
            self.places[v.index()] = Place::Memory(self.frame_word(), WORD);
        }
        self.out.append_block_params_for_function_params(entry);
        self.out.switch_to_block(entry);
        self.out.seal_block(entry);
        for (i, &param) in self.func.params.iter().enumerate() {
            let value = self.out.block_params(entry)[i];
            self.set(param, value);
        }
        for &v in &self.func.in_memory {
            // What was in the frame before is not to be found either.
            let zero = self.out.ins().iconst(WORD, 0);
            self.set(v, zero);
        }
        if let Some(&first) = self.func.order.first() {
            let target = self.to(first);
            self.lead_to(exits, target);
            if self.waits[first.index()] == 0 {
                self.out.seal_block(target);
            }
        }
    }

    /// Room for a word or float.
    fn frame_word(&mut self) -> StackSlot {
        self.out.create_sized_stack_slot(StackSlotData::new(StackSlotKind::ExplicitSlot, 8, 3))
    }

    /// Goes on at `start`, as if control could also come from here to `exits`: see `loops`.
    fn lead_to(&mut self, exits: &[Block], start: clif::Block) {
        if exits.is_empty() {
            self.out.ins().jump(start, &[]);
            return;
        }
        // Never zero, which Cranelift does not know.
        let frame = self.out.ins().get_frame_pointer(WORD);
        let never = self.out.create_block();
        self.out.set_cold_block(never);
        self.out.ins().brif(frame, start, &[], never, &[]);
        self.go_on(never);
        let number = self.out.ins().ireduce(types::I32, frame);
        let targets: Vec<clif::Block> = exits.iter().map(|&exit| self.to(exit)).collect();
        let pool = &mut self.out.func.dfg.value_lists;
        let otherwise = BlockCall::new(start, [], pool);
        let targets: Vec<BlockCall> = targets.into_iter().map(|to| BlockCall::new(to, [], pool)).collect();
        let table = self.out.create_jump_table(JumpTableData::new(otherwise, &targets));
        self.out.ins().br_table(number, table);
    }

    /// Calls `see` with the counter of each block that `block` may jump to, once for each jump.
    fn each_edge(&mut self, block: Block, mut see: impl FnMut(&mut usize)) {
        for inst in self.func.block(block) {
            inst.each_target(&self.func.targets, |to| see(&mut self.waits[to.index()]));
        }
    }

    /// All jumps of `block` are made: blocks that wait for no others are complete.
    fn seal(&mut self, block: Block) {
        for inst in self.func.block(block) {
            inst.each_target(&self.func.targets, |to| {
                let waits = &mut self.waits[to.index()];
                *waits -= 1;
                if *waits == 0 {
                    self.out.seal_block(self.blocks[to.index()]);
                }
            });
        }
    }

    fn block(&mut self, block: Block) {
        let target = self.to(block);
        self.cold = self.apart == Apart::Cold && self.func.blocks[block.index()].cold;
        self.current = block;
        self.furthest = 0;
        for inst in self.func.block(block) {
            inst.each_target(&self.func.targets, |to| self.furthest = self.furthest.max(self.rank[to.index()]));
        }
        self.out.switch_to_block(target);
        self.out.set_srcloc(SourceLoc::default());
        for inst in self.func.block(block) {
            self.inst(inst);
        }
        self.seal(block);
    }

    fn inst(&mut self, inst: &Inst<V>) {
        match *inst {
            Inst::Int { d, value } => {
                let value = self.out.ins().iconst(WORD, value);
                self.set(d, value);
            }
            Inst::Float { d, value } => {
                let value = match self.func.float {
                    FloatSize::F32 => self.out.ins().f32const(value as f32),
                    FloatSize::F64 => self.out.ins().f64const(value),
                };
                self.set(d, value);
            }
            Inst::Copy { d, a } => {
                let a = self.get(a);
                self.set(d, a);
            }
            Inst::Alu { op, d, a, b } => {
                let value = self.alu(op, a, b);
                self.set(d, value);
            }
            Inst::AluOv { op, d, a, b, to } => {
                let (a, b) = (self.get(a), self.operand(b));
                let (value, overflow) = match op {
                    Ov::Add => self.out.ins().sadd_overflow(a, b),
                    Ov::Sub => self.out.ins().ssub_overflow(a, b),
                    Ov::Mul => self.out.ins().smul_overflow(a, b),
                };
                self.exit(overflow, to);
                self.set(d, value);
            }
            Inst::Un { op, d, a } => {
                let a = self.get(a);
                let value = self.un(op, a);
                self.set(d, value);
            }
            Inst::Load { w, d, base, off } => {
                let base = self.get(base);
                self.load(w, d, base, off);
            }
            Inst::LoadAt { w, d, base, index, shift, off } => {
                let base = self.address(base, index, shift);
                self.load(w, d, base, off);
            }
            Inst::Store { w, a, base, off } => {
                let base = self.get(base);
                self.store(w, a, base, off);
            }
            Inst::StoreAt { w, a, base, index, shift, off } => {
                let base = self.address(base, index, shift);
                self.store(w, a, base, off);
            }
            Inst::FLoad { w, d, base, off } => {
                let base = self.get(base);
                self.fload(w, d, base, off);
            }
            Inst::FLoadAt { w, d, base, index, shift, off } => {
                let base = self.address(base, index, shift);
                self.fload(w, d, base, off);
            }
            Inst::FStore { w, a, base, off } => {
                let base = self.get(base);
                self.fstore(w, a, base, off);
            }
            Inst::FStoreAt { w, a, base, index, shift, off } => {
                let base = self.address(base, index, shift);
                self.fstore(w, a, base, off);
            }
            Inst::Fop { op, d, a, b } => {
                let (a, b) = (self.get(a), self.get(b));
                let value = match op {
                    Fop::Add => self.out.ins().fadd(a, b),
                    Fop::Sub => self.out.ins().fsub(a, b),
                    Fop::Mul => self.out.ins().fmul(a, b),
                    Fop::Div => self.out.ins().fdiv(a, b),
                };
                self.set(d, value);
            }
            Inst::Fun { op, d, a } => {
                let a = self.get(a);
                let value = match op {
                    Fun::Neg => self.out.ins().fneg(a),
                    Fun::Abs => self.out.ins().fabs(a),
                    Fun::Sqrt => self.out.ins().sqrt(a),
                };
                self.set(d, value);
            }
            Inst::Set { cc, d, a, b } => {
                let bit = match self.condition(cc, a, b) {
                    Condition::Bool(bit) => bit,
                    Condition::Word(word) => self.out.ins().icmp_imm_s(IntCC::NotEqual, word, 0),
                };
                let value = self.out.ins().uextend(WORD, bit);
                self.set(d, value);
            }
            Inst::FSet { cc, d, a, b } => {
                let bit = self.float_condition(cc, a, b);
                let value = self.out.ins().uextend(WORD, bit);
                self.set(d, value);
            }
            Inst::ToFloat { d, a } => {
                let a = self.get(a);
                let value = self.out.ins().fcvt_from_sint(self.float, a);
                self.set(d, value);
            }
            Inst::ToInt { d, a, to } => self.truncate(d, a, to),
            Inst::Bits { d, a } => {
                let a = self.get(a);
                let value = self.out.ins().bitcast(WORD, MemFlagsData::new(), a);
                self.set(d, value);
            }
            Inst::FromBits { d, a } => {
                let a = self.get(a);
                let value = self.out.ins().bitcast(self.float, MemFlagsData::new(), a);
                self.set(d, value);
            }
            Inst::SlotAddr { d, slot } => {
                let value = self.out.ins().stack_addr(WORD, self.slots[slot.index()], 0);
                self.set(d, value);
            }
            Inst::Call { helper, d, args, err } => {
                let (Some(table), Some(sig)) = (self.func.table, self.func.helper(helper)) else { return };
                let base = self.get(table.base);
                let row = helper.index() as i32 * Word::W64.bytes() as i32;
                let callee = match table.off.checked_add(row) {
                    Some(off) => self.out.ins().load(WORD, MEMORY, base, off),
                    None => {
                        let base = self.out.ins().iadd_imm_s(base, i64::from(table.off));
                        self.out.ins().load(WORD, MEMORY, base, row)
                    }
                };
                let signature = match self.signatures[helper.index()] {
                    Some(signature) => signature,
                    None => {
                        let HelperSig { params, ret, keeps, .. } = *sig;
                        let convention = if keeps { CallConv::PreserveAll } else { self.convention };
                        let signature = self.signature(convention, params.iter().copied(), ret);
                        *self.signatures[helper.index()].insert(signature)
                    }
                };
                self.call(signature, callee, args, d, err);
            }
            Inst::CallTo { target, d, args, err } => {
                let classes = args.of(&self.func.args).iter().map(|&v| self.func.class(v));
                let ret = d.map(|d| self.func.class(d)).or(err.map(|_| Class::Word));
                let signature = self.signature(self.convention, classes.collect::<Vec<_>>().into_iter(), ret);
                let callee = self.get(target);
                self.call(signature, callee, args, d, err);
            }
            Inst::Line { line } => self.out.set_srcloc(SourceLoc::new(line)),
            Inst::Exit { cc, a, b, to } => {
                let condition = self.condition(cc, a, b).value();
                self.exit(condition, to);
            }
            Inst::FExit { cc, a, b, to } => {
                let condition = self.float_condition(cc, a, b);
                self.exit(condition, to);
            }
            Inst::Br { cc, a, b, to, or } => {
                let (cc, to, or) = if self.is_reversed(to, or) { (cc.not(), or, to) } else { (cc, to, or) };
                let condition = self.condition(cc, a, b).value();
                self.branch(condition, to, or);
            }
            Inst::FBr { cc, a, b, to, or } => {
                if self.is_reversed(to, or) {
                    let condition = self.float_compare(float_code(cc).complement(), a, b);
                    self.branch(condition, or, to);
                } else {
                    let condition = self.float_condition(cc, a, b);
                    self.branch(condition, to, or);
                }
            }
            Inst::Switch { a, blocks, or } => self.switch(a, blocks, or),
            Inst::Jump { to } => {
                let to = self.to(to);
                self.out.ins().jump(to, &[]);
            }
            Inst::Ret { a } => {
                let value = a.map(|a| self.get(a));
                self.out.ins().return_(value.as_slice());
            }
        }
    }

    fn alu(&mut self, op: Alu, a: V, b: Operand<V>) -> Value {
        let a = self.get(a);
        if op == Alu::Sdiv {
            return self.divide(a, b);
        }
        let b = self.operand(b);
        let ins = self.out.ins();
        match op {
            Alu::Add => ins.iadd(a, b),
            Alu::Sub => ins.isub(a, b),
            Alu::Mul => ins.imul(a, b),
            Alu::And => ins.band(a, b),
            Alu::Or => ins.bor(a, b),
            Alu::Xor => ins.bxor(a, b),
            Alu::Shl => ins.ishl(a, b),
            Alu::Shr => ins.ushr(a, b),
            Alu::Sar => ins.sshr(a, b),
            Alu::Rotl => ins.rotl(a, b),
            Alu::Rotr => ins.rotr(a, b),
            Alu::Sdiv => ins.sdiv(a, b),
            Alu::Srem => ins.srem(a, b),
            Alu::Udiv => ins.udiv(a, b),
            Alu::Urem => ins.urem(a, b),
        }
    }

    /// Cranelift's division traps where the quotient is out of range; ours wraps, so -1 as a divisor is taken out.
    fn divide(&mut self, a: Value, b: Operand<V>) -> Value {
        match b {
            Operand::Imm(-1) => self.out.ins().ineg(a),
            Operand::Imm(_) => {
                let b = self.operand(b);
                self.out.ins().sdiv(a, b)
            }
            Operand::Reg(b) => {
                let b = self.get(b);
                let minus = self.out.ins().icmp_imm_s(IntCC::Equal, b, -1);
                let negated = self.out.ins().ineg(a);
                let one = self.out.ins().iconst(WORD, 1);
                let dividend = self.out.ins().select(minus, negated, a);
                let divisor = self.out.ins().select(minus, one, b);
                self.out.ins().sdiv(dividend, divisor)
            }
        }
    }

    fn un(&mut self, op: Un, a: Value) -> Value {
        let (narrow, signed) = match op {
            Un::Neg => return self.out.ins().ineg(a),
            Un::Not => return self.out.ins().bnot(a),
            Un::S8 => (types::I8, true),
            Un::S16 => (types::I16, true),
            Un::S32 => (types::I32, true),
            Un::U8 => (types::I8, false),
            Un::U16 => (types::I16, false),
            Un::U32 => (types::I32, false),
        };
        let a = self.out.ins().ireduce(narrow, a);
        if signed { self.out.ins().sextend(WORD, a) } else { self.out.ins().uextend(WORD, a) }
    }

    fn address(&mut self, base: V, index: V, shift: u8) -> Value {
        let (base, index) = (self.get(base), self.get(index));
        let index = if shift == 0 { index } else { self.out.ins().ishl_imm_u(index, i64::from(shift)) };
        self.out.ins().iadd(base, index)
    }

    fn load(&mut self, w: Width, d: V, base: Value, off: i32) {
        let ins = self.out.ins();
        let value = match w {
            Width::U8 => ins.uload8(WORD, MEMORY, base, off),
            Width::S8 => ins.sload8(WORD, MEMORY, base, off),
            Width::U16 => ins.uload16(WORD, MEMORY, base, off),
            Width::S16 => ins.sload16(WORD, MEMORY, base, off),
            Width::U32 => ins.uload32(MEMORY, base, off),
            Width::S32 => ins.sload32(MEMORY, base, off),
            Width::Word => ins.load(WORD, MEMORY, base, off),
        };
        self.set(d, value);
    }

    fn store(&mut self, w: Width, a: V, base: Value, off: i32) {
        let a = self.get(a);
        let ins = self.out.ins();
        match w {
            Width::U8 | Width::S8 => ins.istore8(MEMORY, a, base, off),
            Width::U16 | Width::S16 => ins.istore16(MEMORY, a, base, off),
            Width::U32 | Width::S32 => ins.istore32(MEMORY, a, base, off),
            Width::Word => ins.store(MEMORY, a, base, off),
        };
    }

    fn fload(&mut self, w: Fwidth, d: V, base: Value, off: i32) {
        let value = match (w, self.func.float) {
            (Fwidth::F32, FloatSize::F32) => self.out.ins().load(types::F32, MEMORY, base, off),
            (Fwidth::F64, FloatSize::F64) => self.out.ins().load(types::F64, MEMORY, base, off),
            (Fwidth::F32, FloatSize::F64) => {
                let value = self.out.ins().load(types::F32, MEMORY, base, off);
                self.out.ins().fpromote(types::F64, value)
            }
            (Fwidth::F64, FloatSize::F32) => {
                let value = self.out.ins().load(types::F64, MEMORY, base, off);
                self.out.ins().fdemote(types::F32, value)
            }
        };
        self.set(d, value);
    }

    fn fstore(&mut self, w: Fwidth, a: V, base: Value, off: i32) {
        let a = self.get(a);
        let a = match (w, self.func.float) {
            (Fwidth::F32, FloatSize::F32) | (Fwidth::F64, FloatSize::F64) => a,
            (Fwidth::F32, FloatSize::F64) => self.out.ins().fdemote(types::F32, a),
            (Fwidth::F64, FloatSize::F32) => self.out.ins().fpromote(types::F64, a),
        };
        self.out.ins().store(MEMORY, a, base, off);
    }

    /// Cranelift's own check traps; ours comes first and leaves the trap unreachable.
    fn truncate(&mut self, d: V, a: V, to: Block) {
        let a = self.get(a);
        let (low, high) = match self.func.float {
            FloatSize::F32 => (self.out.ins().f32const(-(2f32.powi(63))), self.out.ins().f32const(2f32.powi(63))),
            FloatSize::F64 => (self.out.ins().f64const(-(2f64.powi(63))), self.out.ins().f64const(2f64.powi(63))),
        };
        let below = self.out.ins().fcmp(FloatCC::UnorderedOrLessThan, a, low);
        let above = self.out.ins().fcmp(FloatCC::UnorderedOrGreaterThanOrEqual, a, high);
        let fails = self.out.ins().bor(below, above);
        self.exit(fails, to);
        let value = self.out.ins().fcvt_to_sint(WORD, a);
        self.set(d, value);
    }

    fn condition(&mut self, cc: Cc, a: V, b: Operand<V>) -> Condition {
        let (a, b) = (self.get(a), self.operand(b));
        let compare = match cc {
            Cc::Eq => IntCC::Equal,
            Cc::Ne => IntCC::NotEqual,
            Cc::Lt => IntCC::SignedLessThan,
            Cc::Le => IntCC::SignedLessThanOrEqual,
            Cc::Gt => IntCC::SignedGreaterThan,
            Cc::Ge => IntCC::SignedGreaterThanOrEqual,
            Cc::Ult => IntCC::UnsignedLessThan,
            Cc::Ule => IntCC::UnsignedLessThanOrEqual,
            Cc::Ugt => IntCC::UnsignedGreaterThan,
            Cc::Uge => IntCC::UnsignedGreaterThanOrEqual,
            Cc::Bits => return Condition::Word(self.out.ins().band(a, b)),
            Cc::NoBits => {
                let bits = self.out.ins().band(a, b);
                return Condition::Bool(self.out.ins().icmp_imm_s(IntCC::Equal, bits, 0));
            }
        };
        Condition::Bool(self.out.ins().icmp(compare, a, b))
    }

    fn float_condition(&mut self, cc: Fcc, a: V, b: V) -> Value {
        self.float_compare(float_code(cc), a, b)
    }

    fn float_compare(&mut self, compare: FloatCC, a: V, b: V) -> Value {
        let (a, b) = (self.get(a), self.get(b));
        self.out.ins().fcmp(compare, a, b)
    }

    fn signature(&mut self, convention: CallConv, params: impl Iterator<Item = Class>, ret: Option<Class>) -> SigRef {
        let mut signature = clif::Signature::new(convention);
        signature.params.extend(params.map(|class| AbiParam::new(self.class_type(class))));
        signature.returns.extend(ret.map(|class| AbiParam::new(self.class_type(class))));
        self.out.import_signature(signature)
    }

    fn call(&mut self, signature: SigRef, callee: Value, args: List, d: Option<V>, err: Option<Block>) {
        let args: Vec<Value> = args.of(&self.func.args).iter().map(|&v| self.get(v)).collect();
        let call = self.out.ins().call_indirect(signature, callee, &args);
        let Some(&result) = self.out.inst_results(call).first() else { return };
        if let Some(err) = err {
            let raised = self.out.ins().icmp_imm_s(IntCC::Equal, result, 0);
            self.exit(raised, err);
        }
        if let Some(d) = d {
            self.set(d, result);
        }
    }

    fn exit(&mut self, condition: Value, to: Block) {
        let is_near = self.apart != Apart::Cold && self.rank[to.index()] < self.furthest;
        let to = self.to(to);
        let on = self.continuation();
        if is_near {
            let stays = self.out.ins().icmp_imm_s(IntCC::Equal, condition, 0);
            self.out.ins().brif(stays, on, &[], to, &[]);
        } else {
            self.out.ins().brif(condition, to, &[], on, &[]);
        }
        self.go_on(on);
    }

    fn branch(&mut self, condition: Value, to: Block, or: Block) {
        let (to, or) = (self.to(to), self.to(or));
        self.out.ins().brif(condition, to, &[], or, &[]);
    }

    /// Whether the second way of a branch has to be named first: if only that goes out of a loop, or stands behind the other.
    /// What is named second stands right behind the branch, what is named first behind all that follows it.
    fn is_reversed(&self, to: Block, or: Block) -> bool {
        match self.apart {
            Apart::Cold => self.loops.leaves(self.current, or) && !self.loops.leaves(self.current, to),
            Apart::Nothing | Apart::Words => self.rank[to.index()] < self.rank[or.index()],
        }
    }

    fn switch(&mut self, a: V, blocks: List, or: Block) {
        let a = self.get(a);
        let or = self.to(or);
        let targets: Vec<clif::Block> = blocks.of(&self.func.targets).iter().map(|&to| self.to(to)).collect();
        // Cranelift's index has 32 bits, ours is a word.
        let large = self.out.ins().icmp_imm_u(IntCC::UnsignedGreaterThanOrEqual, a, targets.len() as i64);
        let on = self.continuation();
        self.out.ins().brif(large, or, &[], on, &[]);
        self.go_on(on);
        let index = self.out.ins().ireduce(types::I32, a);
        let pool = &mut self.out.func.dfg.value_lists;
        let or = BlockCall::new(or, [], pool);
        let targets: Vec<BlockCall> = targets.into_iter().map(|to| BlockCall::new(to, [], pool)).collect();
        let table = self.out.create_jump_table(JumpTableData::new(or, &targets));
        self.out.ins().br_table(index, table);
    }

    /// The block after an exit. It has one way in.
    fn continuation(&mut self) -> clif::Block {
        let on = self.out.create_block();
        if self.cold {
            self.out.set_cold_block(on);
        }
        on
    }

    fn go_on(&mut self, on: clif::Block) {
        self.out.seal_block(on);
        self.out.switch_to_block(on);
    }

    fn operand(&mut self, b: Operand<V>) -> Value {
        match b {
            Operand::Reg(b) => self.get(b),
            Operand::Imm(b) => self.out.ins().iconst(WORD, i64::from(b)),
        }
    }

    fn get(&mut self, v: V) -> Value {
        match self.places[v.index()] {
            Place::Shared(variable) => self.out.use_var(variable),
            Place::Local(Some(value)) => value,
            Place::Memory(slot, ty) => self.out.ins().stack_load(WORD, ty, slot, 0),
            // The verifier passes no function that reads what it has not written.
            Place::Local(None) | Place::Unmade => match self.class_type(self.func.class(v)) {
                types::F32 => self.out.ins().f32const(0.0),
                types::F64 => self.out.ins().f64const(0.0),
                ty => self.out.ins().iconst(ty, 0),
            },
        }
    }

    fn set(&mut self, v: V, value: Value) {
        match &mut self.places[v.index()] {
            Place::Shared(variable) => self.out.def_var(*variable, value),
            Place::Memory(slot, _) => {
                let slot = *slot;
                self.out.ins().stack_store(WORD, value, slot, 0);
            }
            place @ (Place::Local(_) | Place::Unmade) => *place = Place::Local(Some(value)),
        }
    }

    fn to(&self, block: Block) -> clif::Block {
        self.blocks[block.index()]
    }

    fn class_type(&self, class: Class) -> Type {
        match class {
            Class::Word => WORD,
            Class::Float => self.float,
        }
    }
}

fn float_code(cc: Fcc) -> FloatCC {
    match cc {
        Fcc::Eq => FloatCC::Equal,
        Fcc::Ne => FloatCC::NotEqual,
        Fcc::Lt => FloatCC::LessThan,
        Fcc::Le => FloatCC::LessThanOrEqual,
        Fcc::Gt => FloatCC::GreaterThan,
        Fcc::Ge => FloatCC::GreaterThanOrEqual,
    }
}

/// What a branch tests: a truth value, or a word against zero.
enum Condition {
    Bool(Value),
    Word(Value),
}

impl Condition {
    fn value(self) -> Value {
        match self {
            Condition::Bool(value) | Condition::Word(value) => value,
        }
    }
}
