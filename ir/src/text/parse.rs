//! Reads the text form.

use super::{ALU, CC, CLASS, FCC, FLOAT, FOP, FUN, FWIDTH, OV, UN, WIDTH, WORD, named};
use crate::builder::{UNFILLED, extend, push};
use crate::func::{BlockData, FloatSize, Func, HelperSig, Table, Word};
use crate::inst::*;
use crate::target::Refused;
use alloc::string::String;
use alloc::vec::Vec;

/// Where reading stopped, and what was wanted there.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ParseError {
    /// Line of the text, from 1.
    pub line: usize,
    /// What was wanted.
    pub what: &'static str,
}

/// Reads one function, whose calls name rows of `helpers`. It is not verified yet.
pub fn parse(text: &str, helpers: &'static [HelperSig]) -> Result<Func, ParseError> {
    let empty = crate::Builder::new("", Word::W64, FloatSize::F64, helpers).finish();
    let mut func = empty.map_err(|_: Refused| ParseError { line: 0, what: "memory" })?;
    let (mut open, mut seen) = (None, Vec::new());
    for (i, line) in text.lines().enumerate() {
        let mut reader = Reader { rest: line, func: &mut func, seen: &mut seen };
        reader.line(&mut open).map_err(|what| ParseError { line: i + 1, what })?;
    }
    Ok(func)
}

type Parse<T> = Result<T, &'static str>;

/// Base, index and shift, offset.
type Address = (V, Option<(V, u8)>, i32);

struct Reader<'a> {
    rest: &'a str,
    func: &'a mut Func,
    /// Which registers have been named, and so have their class.
    seen: &'a mut Vec<bool>,
}

fn room(done: bool) -> Parse<()> {
    if done { Ok(()) } else { Err("memory") }
}

impl<'a> Reader<'a> {
    fn line(&mut self, open: &mut Option<Block>) -> Parse<()> {
        let start = self.rest;
        let first = self.word();
        match first {
            "" if self.rest.is_empty() => return Ok(()),
            "func" => self.head()?,
            "slot" => {
                self.word();
                let words = self.number()?.try_into().map_err(|_| "a length")?;
                room(push(&mut self.func.slots, words))?;
            }
            _ if start.trim_end().ends_with(':') => {
                let block = block_of(first)?;
                let cold = self.word() == "cold";
                self.want(":")?;
                while self.func.blocks.len() <= block.index() {
                    let unfilled = BlockData { start: UNFILLED, end: UNFILLED, cold: false };
                    room(push(&mut self.func.blocks, unfilled))?;
                }
                let at = self.func.insts.len() as u32;
                self.func.blocks[block.index()] = BlockData { start: at, end: at, cold };
                room(push(&mut self.func.order, block))?;
                *open = Some(block);
            }
            _ => {
                self.rest = start;
                let d = if start.contains('=') { Some(self.target()?) } else { None };
                let inst = self.inst(d)?;
                room(push(&mut self.func.insts, inst))?;
                let data = open.and_then(|block| self.func.blocks.get_mut(block.index())).ok_or("a block first")?;
                data.end += 1;
            }
        }
        if self.rest.trim().is_empty() { Ok(()) } else { Err("the end of the line") }
    }

    fn head(&mut self) -> Parse<()> {
        let mut name = String::new();
        let word = self.word();
        name.try_reserve_exact(word.len()).map_err(|_| "memory")?;
        name.push_str(word);
        self.func.name = name;
        let params = self.list(Reader::reg)?;
        room(extend(&mut self.func.params, &params))?;
        if self.skip("->") {
            self.func.ret = Some(named(&CLASS, self.word()).ok_or("a class")?);
        }
        self.func.word = named(&WORD, self.word()).ok_or("a word size")?;
        self.func.float = named(&FLOAT, self.word()).ok_or("a float size")?;
        if self.skip("table") {
            let (base, _, off) = self.address()?;
            self.func.table = Some(Table { base, off });
        }
        Ok(())
    }

    fn target(&mut self) -> Parse<V> {
        let d = self.reg()?;
        self.want("=")?;
        Ok(d)
    }

    fn inst(&mut self, d: Option<V>) -> Parse<Inst<V>> {
        let word = self.word();
        let Some(d) = d else { return self.effect(word) };
        if let Some(op) = named(&ALU, word) {
            return Ok(Inst::Alu { op, d, a: self.reg()?, b: self.second()? });
        }
        if let Some(op) = named(&OV, word) {
            return Ok(Inst::AluOv { op, d, a: self.reg()?, b: self.second()?, to: self.otherwise()? });
        }
        if let Some(op) = named(&UN, word) {
            return Ok(Inst::Un { op, d, a: self.reg()? });
        }
        if let Some(op) = named(&FOP, word) {
            return Ok(Inst::Fop { op, d, a: self.reg()?, b: self.next_reg()? });
        }
        if let Some(op) = named(&FUN, word) {
            return Ok(Inst::Fun { op, d, a: self.reg()? });
        }
        match word.split_once('.') {
            Some(("load", width)) => {
                let (base, index, off) = self.address()?;
                return match (named(&WIDTH, width), named(&FWIDTH, width), index) {
                    (Some(w), _, None) => Ok(Inst::Load { w, d, base, off }),
                    (Some(w), _, Some((index, shift))) => Ok(Inst::LoadAt { w, d, base, index, shift, off }),
                    (None, Some(w), None) => Ok(Inst::FLoad { w, d, base, off }),
                    (None, Some(w), Some((index, shift))) => Ok(Inst::FLoadAt { w, d, base, index, shift, off }),
                    (None, None, _) => Err("a width"),
                };
            }
            Some(("set", cc)) => {
                let cc = named(&CC, cc).ok_or("a condition")?;
                return Ok(Inst::Set { cc, d, a: self.reg()?, b: self.second()? });
            }
            Some(("fset", cc)) => {
                let cc = named(&FCC, cc).ok_or("a condition")?;
                return Ok(Inst::FSet { cc, d, a: self.reg()?, b: self.next_reg()? });
            }
            Some(_) | None => {}
        }
        match word {
            "int" => Ok(Inst::Int { d, value: self.number()? }),
            "float" => Ok(Inst::Float { d, value: f64::from_bits(self.number()? as u64) }),
            "copy" => Ok(Inst::Copy { d, a: self.reg()? }),
            "to_float" => Ok(Inst::ToFloat { d, a: self.reg()? }),
            "to_int" => Ok(Inst::ToInt { d, a: self.reg()?, to: self.otherwise()? }),
            "bits" => Ok(Inst::Bits { d, a: self.reg()? }),
            "from_bits" => Ok(Inst::FromBits { d, a: self.reg()? }),
            "slot" => Ok(Inst::SlotAddr { d, slot: numbered(self.word(), "s").and_then(Slot::new).ok_or("a slot")? }),
            "call" | "call_to" => self.call(word, Some(d)),
            _ => Err("an instruction with a result"),
        }
    }

    fn effect(&mut self, word: &str) -> Parse<Inst<V>> {
        if let Some((word, detail)) = word.split_once('.') {
            let (cc, fcc) = (named(&CC, detail).ok_or("a condition"), named(&FCC, detail).ok_or("a condition"));
            return match word {
                "store" => {
                    let (base, index, off) = self.address()?;
                    let a = self.next_reg()?;
                    match (named(&WIDTH, detail), named(&FWIDTH, detail), index) {
                        (Some(w), _, None) => Ok(Inst::Store { w, a, base, off }),
                        (Some(w), _, Some((index, shift))) => Ok(Inst::StoreAt { w, a, base, index, shift, off }),
                        (None, Some(w), None) => Ok(Inst::FStore { w, a, base, off }),
                        (None, Some(w), Some((index, shift))) => Ok(Inst::FStoreAt { w, a, base, index, shift, off }),
                        (None, None, _) => Err("a width"),
                    }
                }
                "exit" => Ok(Inst::Exit { cc: cc?, a: self.reg()?, b: self.second()?, to: self.next_block()? }),
                "fexit" => Ok(Inst::FExit { cc: fcc?, a: self.reg()?, b: self.next_reg()?, to: self.next_block()? }),
                "br" => {
                    let (cc, a, b) = (cc?, self.reg()?, self.second()?);
                    Ok(Inst::Br { cc, a, b, to: self.next_block()?, or: self.next_block()? })
                }
                "fbr" => {
                    let (cc, a, b) = (fcc?, self.reg()?, self.next_reg()?);
                    Ok(Inst::FBr { cc, a, b, to: self.next_block()?, or: self.next_block()? })
                }
                _ => Err("an instruction"),
            };
        }
        match word {
            "call" | "call_to" => self.call(word, None),
            "line" => Ok(Inst::Line { line: self.number()?.try_into().map_err(|_| "a line")? }),
            "switch" => {
                let a = self.reg()?;
                let blocks = self.list(|reader| block_of(reader.word()))?;
                let list = list_at(self.func.targets.len(), blocks.len())?;
                room(extend(&mut self.func.targets, &blocks))?;
                Ok(Inst::Switch { a, blocks: list, or: self.otherwise()? })
            }
            "jump" => Ok(Inst::Jump { to: block_of(self.word())? }),
            "ret" if self.rest.trim().is_empty() => Ok(Inst::Ret { a: None }),
            "ret" => Ok(Inst::Ret { a: Some(self.reg()?) }),
            _ => Err("an instruction"),
        }
    }

    fn call(&mut self, word: &str, d: Option<V>) -> Parse<Inst<V>> {
        let (helper, target) = if word == "call" {
            let name = self.word();
            let number = self.func.helpers.iter().position(|sig| sig.name == name);
            (Some(number.and_then(Helper::new).ok_or("the name of a helper")?), None)
        } else {
            (None, Some(self.reg()?))
        };
        let items = self.list(Reader::reg)?;
        let args = list_at(self.func.args.len(), items.len())?;
        room(extend(&mut self.func.args, &items))?;
        let err = if self.rest.trim().is_empty() { None } else { Some(self.otherwise()?) };
        match (helper, target) {
            (Some(helper), _) => Ok(Inst::Call { helper, d, args, err }),
            (None, Some(target)) => Ok(Inst::CallTo { target, d, args, err }),
            (None, None) => Err("a callee"),
        }
    }

    /// base+off or base+index<<shift+off
    fn address(&mut self) -> Parse<Address> {
        let base = self.reg()?;
        self.want("+")?;
        let mut index = None;
        if self.rest.starts_with('v') {
            let v = self.reg()?;
            self.want("<<")?;
            index = Some((v, self.number()?.try_into().map_err(|_| "a shift")?));
            self.want("+")?;
        }
        Ok((base, index, self.number()?.try_into().map_err(|_| "an offset")?))
    }

    /// (a, b, c)
    fn list<T>(&mut self, item: impl Fn(&mut Self) -> Parse<T>) -> Parse<Vec<T>> {
        let mut items = Vec::new();
        self.want("(")?;
        while !self.skip(")") {
            if !items.is_empty() {
                self.want(",")?;
            }
            room(push(&mut items, item(self)?))?;
        }
        Ok(items)
    }

    fn second(&mut self) -> Parse<Operand<V>> {
        self.want(",")?;
        if self.rest.trim_start().starts_with('v') {
            return self.reg().map(Operand::Reg);
        }
        Ok(Operand::Imm(self.number()?.try_into().map_err(|_| "32 bits")?))
    }

    fn next_reg(&mut self) -> Parse<V> {
        self.want(",")?;
        self.reg()
    }

    fn next_block(&mut self) -> Parse<Block> {
        self.want(",")?;
        block_of(self.word())
    }

    fn otherwise(&mut self) -> Parse<Block> {
        self.want("else")?;
        block_of(self.word())
    }

    /// A register; the first mention of a number sets its class.
    fn reg(&mut self) -> Parse<V> {
        let word = self.word();
        let (index, class) = match (numbered(word, "v"), numbered(word, "f")) {
            (Some(index), _) => (index, Class::Word),
            (None, Some(index)) => (index, Class::Float),
            (None, None) => return Err("a register"),
        };
        let v = V::new(index).ok_or("a smaller number")?;
        while self.func.classes.len() <= index {
            room(push(&mut self.func.classes, Class::Word) && push(self.seen, false))?;
        }
        if !self.seen[index] {
            self.seen[index] = true;
            self.func.classes[index] = class;
        }
        if self.func.classes[index] == class { Ok(v) } else { Err("one class per register") }
    }

    fn number(&mut self) -> Parse<i64> {
        let word = self.word();
        let number = match word.strip_prefix("0x") {
            Some(digits) => u64::from_str_radix(digits, 16).map(|bits| bits as i64),
            None => word.parse(),
        };
        number.map_err(|_| "a number")
    }

    /// The next run of letters, digits, `_ . - ?`; empty if something else comes.
    fn word(&mut self) -> &'a str {
        self.rest = self.rest.trim_start();
        let part_of = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.' | '-' | '?');
        let end = self.rest.find(|c| !part_of(c)).unwrap_or(self.rest.len());
        let (word, rest) = self.rest.split_at(end);
        self.rest = rest;
        word
    }

    fn skip(&mut self, text: &str) -> bool {
        match self.rest.trim_start().strip_prefix(text) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    fn want(&mut self, text: &'static str) -> Parse<()> {
        if self.skip(text) { Ok(()) } else { Err(text) }
    }
}

fn numbered(word: &str, letter: &str) -> Option<usize> {
    word.strip_prefix(letter)?.parse().ok()
}

fn block_of(word: &str) -> Parse<Block> {
    numbered(word, "b").and_then(Block::new).ok_or("a block")
}

fn list_at(start: usize, len: usize) -> Parse<List> {
    match (start.try_into(), len.try_into()) {
        (Ok(start), Ok(len)) => Ok(List { start, len }),
        (Err(_), _) | (_, Err(_)) => Err("fewer arguments"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::format;

    #[test]
    fn random_functions_survive_the_round_trip() {
        for seed in 0..200 {
            let word = if seed % 2 == 0 { Word::W32 } else { Word::W64 };
            let func = crate::random::function(seed, word, FloatSize::F64).unwrap();
            let text = format!("{func}");
            let back = parse(&text, &crate::random::HELPERS).unwrap_or_else(|error| panic!("seed {seed}: {error:?}"));
            assert_eq!(format!("{back}"), text, "seed {seed}");
            assert_eq!(crate::verify(&back), Ok(()), "seed {seed}");
        }
    }

    #[test]
    fn mistakes_are_placed() {
        let error = |text| parse(text, &[]).map_err(|error| (error.line, error.what)).unwrap_err();
        assert_eq!(error("func f() w64 f64\nb0:\n  v1 = frob v2"), (3, "an instruction with a result"));
        assert_eq!(error("func f() w64 f64\n  ret"), (2, "a block first"));
        assert_eq!(error("func f() w64 f64\nb0:\n  br.lt v0, 1, b0"), (3, ","));
        assert_eq!(error("func f() w63 f64"), (1, "a word size"));
        assert_eq!(error("func f() w64 f64\nb0:\n  call get()"), (3, "the name of a helper"));
        assert_eq!(error("func f() w64 f64\nb0:\n  ret v0 v1"), (3, "the end of the line"));
    }
}
