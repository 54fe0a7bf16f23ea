//! One function of the IR, block after block, instruction after instruction.

mod alu;
mod branch;
mod call;
mod float;
mod memory;

use ir::live::Lives;
use ir::{Block, Func, Inst, Refused, V};

use crate::emit::{Emit, Go, IP};
use crate::reg::{List, Reg, Single};

/// What is being written and where it stands.
pub struct Lower<'a> {
    pub func: &'a Func,
    pub lives: &'a Lives,
    pub emit: Emit<'a>,
    /// The instruction's number.
    pub at: usize,
    /// The block that is laid out next.
    pub next: Option<Block>,
    /// Core registers that the prologue pushes.
    pub pushed: List,
    /// Float registers that it stores: bit n is s(n).
    pub saved: u32,
}

impl Lower<'_> {
    /// The whole function.
    pub fn function(&mut self) -> Result<(), Refused> {
        self.prologue()?;
        let func = self.func;
        let mut layout = func.layout().peekable();
        while let Some(block) = layout.next() {
            self.next = layout.peek().copied();
            self.emit.code.label(block);
            self.at = func.blocks.get(block.index()).map_or(0, |data| data.start as usize);
            for inst in func.block(block) {
                self.inst(inst)?;
                self.at += 1;
            }
        }
        Ok(())
    }

    fn inst(&mut self, inst: &Inst<V>) -> Result<(), Refused> {
        match *inst {
            Inst::Int { d, value } => {
                let rd = self.emit.dest(d, IP);
                self.emit.constant(rd, value as u32)?;
                self.emit.wrote(d, rd)
            }
            Inst::Float { d, value } => self.float_constant(d, value as f32),
            Inst::Copy { d, a } => match self.func.class(d) {
                ir::Class::Word => {
                    let rd = self.emit.dest(d, IP);
                    let from = self.emit.read(a, rd)?;
                    self.emit.wrote(d, from)
                }
                ir::Class::Float => {
                    let sd = self.emit.dest_float(d, Single::new(14));
                    let from = self.emit.read_float(a, sd)?;
                    self.emit.wrote_float(d, from)
                }
            },
            Inst::Alu { op, d, a, b } => self.alu(op, d, a, b),
            Inst::AluOv { op, d, a, b, to } => self.alu_ov(op, d, a, b, to),
            Inst::Un { op, d, a } => self.un(op, d, a),
            Inst::Load { w, d, base, off } => self.load(w, d, base, off),
            Inst::LoadAt { w, d, base, index, shift, off } => self.load_at(w, d, base, (index, shift), off),
            Inst::Store { w, a, base, off } => self.store(w, a, base, off),
            Inst::StoreAt { w, a, base, index, shift, off } => self.store_at(w, a, base, (index, shift), off),
            Inst::FLoad { w, d, base, off } => self.float_load(w, d, base, None, off),
            Inst::FLoadAt { w, d, base, index, shift, off } => self.float_load(w, d, base, Some((index, shift)), off),
            Inst::FStore { w, a, base, off } => self.float_store(w, a, base, None, off),
            Inst::FStoreAt { w, a, base, index, shift, off } => self.float_store(w, a, base, Some((index, shift)), off),
            Inst::Fop { op, d, a, b } => self.fop(op, d, a, b),
            Inst::Fun { op, d, a } => self.fun(op, d, a),
            Inst::Set { cc, d, a, b } => {
                let cond = self.compare(cc, a, b)?;
                self.set(d, cond)
            }
            Inst::FSet { cc, d, a, b } => {
                let cond = self.compare_floats(cc, a, b)?;
                self.set(d, cond)
            }
            Inst::ToFloat { d, a } => self.float_of_word(d, a),
            Inst::ToInt { d, a, to } => self.word_of_float(d, a, to),
            Inst::Bits { d, a } => self.bits_of_float(d, a),
            Inst::FromBits { d, a } => self.float_of_bits(d, a),
            Inst::SlotAddr { d, slot } => self.slot_address(d, slot),
            Inst::Call { helper, d, args, err } => self.call(helper, d, args, err),
            Inst::CallTo { target, d, args, err } => self.call_to(target, d, args, err),
            Inst::Line { line } => self.emit.code.line(line),
            Inst::Exit { cc, a, b, to } => {
                let go = self.condition(cc, a, b)?;
                self.emit.go(go, to)
            }
            Inst::FExit { cc, a, b, to } => {
                let cond = self.compare_floats(cc, a, b)?;
                self.emit.go(Go::If(cond), to)
            }
            Inst::Br { cc, a, b, to, or } => {
                let go = self.condition(cc, a, b)?;
                self.either(go, to, or)
            }
            Inst::FBr { cc, a, b, to, or } => {
                let cond = self.compare_floats(cc, a, b)?;
                self.either(Go::If(cond), to, or)
            }
            Inst::Switch { a, blocks, or } => self.switch(a, blocks, or),
            Inst::Jump { to } => self.jump(to),
            Inst::Ret { a } => {
                match a.map(|a| (a, self.func.class(a))) {
                    Some((a, ir::Class::Word)) => {
                        let from = self.emit.read(a, Reg::R0)?;
                        self.emit.mov(Reg::R0, from)?;
                    }
                    Some((a, ir::Class::Float)) => {
                        let from = self.emit.read_float(a, Single::new(0))?;
                        self.emit.mov_float(Single::new(0), from)?;
                    }
                    None => {}
                }
                self.epilogue()
            }
        }
    }
}
