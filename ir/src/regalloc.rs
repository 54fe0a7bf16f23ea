//! Linear scan: every register of a function gets a machine register, or a word of the frame, for all its life.
//!
//! Registers are taken in the order in which their stretches begin. What lives across a call goes to registers that calls
//! keep; when there are none left, what is named least per point of its life gives way. So locals stay in registers across
//! `try`, and no move stands where blocks meet.

use crate::func::{Func, Word};
use crate::inst::{Class, Inst, V};
use crate::live::{Lives, Span};
use crate::target::{Refused, Reg, RegFile};
use alloc::vec::Vec;

/// Where a register of a function lives.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Home {
    /// Nowhere: nothing names it.
    None,
    /// In a machine register of its class.
    Reg(Reg),
    /// In this spilled word of the frame, counted from 0.
    Word(u16),
}

/// The registers of a machine's two classes.
#[derive(Clone, Copy, Debug)]
pub struct Files {
    /// Of words.
    pub word: RegFile,
    /// Of floats; empty if the machine has none.
    pub float: RegFile,
}

impl Files {
    /// The registers of a class.
    pub fn of(&self, class: Class) -> &RegFile {
        match class {
            Class::Word => &self.word,
            Class::Float => &self.float,
        }
    }
}

/// What an allocation decided.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Homes {
    homes: Vec<Home>,
    /// How many words of the frame spilled registers take.
    pub words: u16,
    /// Registers that calls keep and that are used: bit n is register n, for words and for floats.
    pub saved: [u32; 2],
}

impl Homes {
    /// Where a register lives.
    pub fn of(&self, v: V) -> Home {
        self.homes.get(v.index()).copied().unwrap_or(Home::None)
    }
}

/// Gives each register of a verified function its home.
pub fn allocate(func: &Func, lives: &Lives, files: &Files) -> Result<Homes, Refused> {
    let mut order = Vec::new();
    for number in 0..func.classes.len() {
        if let Some(v) = V::new(number)
            && let Some(span) = lives.span(v)
            && !crate::builder::push(&mut order, (span.first, v))
        {
            return Err(Refused::Memory);
        }
    }
    order.sort_unstable();
    let mut homes = Vec::new();
    homes.try_reserve_exact(func.classes.len()).map_err(|_| Refused::Memory)?;
    homes.resize(func.classes.len(), Home::None);
    let hints = Hints::of(func, files)?;
    let mut scan = Scan {
        func,
        lives,
        files,
        hints,
        homes: Homes { homes, words: 0, saved: [0; 2] },
        active: [Vec::new(), Vec::new()],
        words: Vec::new(),
    };
    for (_, v) in order {
        scan.place(v)?;
    }
    Ok(scan.homes)
}

const fn index(class: Class) -> usize {
    match class {
        Class::Word => 0,
        Class::Float => 1,
    }
}

/// Where a register had best live: where it comes from or goes to.
struct Hints {
    regs: Vec<Option<Reg>>,
    copies: Vec<Option<V>>,
}

impl Hints {
    fn of(func: &Func, files: &Files) -> Result<Hints, Refused> {
        let count = func.classes.len();
        let mut hints = Hints { regs: Vec::new(), copies: Vec::new() };
        hints.regs.try_reserve_exact(count).map_err(|_| Refused::Memory)?;
        hints.regs.resize(count, None);
        hints.copies.try_reserve_exact(count).map_err(|_| Refused::Memory)?;
        hints.copies.resize(count, None);
        hints.arguments(func, files, &func.params);
        for inst in &func.insts {
            match *inst {
                Inst::Call { args, d, .. } | Inst::CallTo { args, d, .. } => {
                    hints.arguments(func, files, args.of(&func.args));
                    d.into_iter().for_each(|d| hints.result(func, files, d));
                }
                Inst::Ret { a: Some(a) } => hints.result(func, files, a),
                Inst::Copy { d, a } => {
                    for (of, other) in [(d, a), (a, d)] {
                        if let Some(place) = hints.copies.get_mut(of.index()) {
                            place.get_or_insert(other);
                        }
                    }
                }
                _ => {}
            }
        }
        Ok(hints)
    }

    fn arguments(&mut self, func: &Func, files: &Files, args: &[V]) {
        let mut counts = [0; 2];
        for &v in args {
            let class = func.class(v);
            let Some(count) = counts.get_mut(index(class)) else { continue };
            if let (Some(&reg), Some(place)) = (files.of(class).args.get(*count), self.regs.get_mut(v.index())) {
                place.get_or_insert(reg);
            }
            *count += 1;
        }
    }

    fn result(&mut self, func: &Func, files: &Files, v: V) {
        if let (Some(&reg), Some(place)) = (files.of(func.class(v)).args.first(), self.regs.get_mut(v.index())) {
            place.get_or_insert(reg);
        }
    }
}

/// One that lives in a register now.
#[derive(Clone, Copy)]
struct Active {
    v: V,
    reg: Reg,
    span: Span,
}

struct Scan<'a> {
    func: &'a Func,
    lives: &'a Lives,
    files: &'a Files,
    hints: Hints,
    homes: Homes,
    active: [Vec<Active>; 2],
    /// The last point of what lives in each spilled word.
    words: Vec<u32>,
}

impl Scan<'_> {
    fn place(&mut self, v: V) -> Result<(), Refused> {
        let Some(span) = self.lives.span(v) else { return Ok(()) };
        let class = self.func.class(v);
        let file = *self.files.of(class);
        if let Some(active) = self.active.get_mut(index(class)) {
            active.retain(|other| other.span.last >= span.first);
        }
        if self.func.in_memory.contains(&v) {
            return self.spill(v, span);
        }
        let crosses = self.lives.crosses_call(span);
        let regs = |pick: &mut dyn FnMut(Reg) -> bool| {
            let others = if crosses { &[][..] } else { file.caller_saved };
            others.iter().chain(file.callee_saved).copied().find(|&reg| pick(reg))
        };
        let active = self.active.get(index(class)).map_or(&[][..], Vec::as_slice);
        let is_free = |reg: Reg| active.iter().all(|other| other.reg != reg);
        let copied = self.hints.copies.get(v.index()).copied().flatten().map(|other| self.homes.of(other));
        let wished = match copied {
            Some(Home::Reg(reg)) => Some(reg),
            Some(Home::None | Home::Word(_)) | None => None,
        };
        let wished = [self.hints.regs.get(v.index()).copied().flatten(), wished];
        let wish = wished.into_iter().flatten().find(|&wish| is_free(wish) && regs(&mut |reg| reg == wish).is_some());
        if let Some(reg) = wish.or_else(|| regs(&mut |reg| is_free(reg))) {
            return self.settle(v, reg, span, class);
        }
        // The one that is named least gives way, if it is named less than this one.
        let cheapest = active
            .iter()
            .filter(|other| regs(&mut |reg| reg == other.reg).is_some())
            .min_by(|a, b| density(a.span).cmp(&density(b.span)))
            .copied();
        match cheapest {
            Some(other) if density(other.span) < density(span) => {
                if let Some(active) = self.active.get_mut(index(class)) {
                    active.retain(|active| active.v != other.v);
                }
                self.spill(other.v, other.span)?;
                self.settle(v, other.reg, span, class)
            }
            Some(_) | None => self.spill(v, span),
        }
    }

    fn settle(&mut self, v: V, reg: Reg, span: Span, class: Class) -> Result<(), Refused> {
        self.put(v, Home::Reg(reg));
        if self.files.of(class).callee_saved.contains(&reg)
            && let Some(saved) = self.homes.saved.get_mut(index(class))
        {
            *saved |= 1 << reg.0;
        }
        let room =
            self.active.get_mut(index(class)).is_some_and(|all| crate::builder::push(all, Active { v, reg, span }));
        if room { Ok(()) } else { Err(Refused::Memory) }
    }

    /// Gives it a word of the frame that no one needs as long as it lives. Doubles on a machine of 32 bits take two.
    fn spill(&mut self, v: V, span: Span) -> Result<(), Refused> {
        let is_wide = self.func.class(v) == Class::Float
            && self.func.float == crate::FloatSize::F64
            && self.func.word == Word::W32;
        let wanted = if is_wide { 2 } else { 1 };
        let free = |words: &[u32]| words.iter().all(|&last| last < span.first);
        let at = self.words.windows(wanted).position(free).unwrap_or(self.words.len());
        while self.words.len() < at + wanted {
            if !crate::builder::push(&mut self.words, 0) {
                return Err(Refused::Memory);
            }
        }
        for word in self.words.iter_mut().skip(at).take(wanted) {
            *word = span.last;
        }
        self.homes.words = u16::try_from(self.words.len()).map_err(|_| Refused::TooLarge)?;
        self.put(v, Home::Word(u16::try_from(at).map_err(|_| Refused::TooLarge)?));
        Ok(())
    }

    fn put(&mut self, v: V, home: Home) {
        if let Some(place) = self.homes.homes.get_mut(v.index()) {
            *place = home;
        }
    }
}

/// How much it is named, for its length.
fn density(span: Span) -> u64 {
    (u64::from(span.weight) << 16) / u64::from(span.last - span.first + 1)
}
