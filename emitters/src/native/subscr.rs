//! Items of lists, tuples and byte arrays inline; all else by a helper.

use super::*;
use layout::{Exact, items};

/// Typecodes whose items always are small ints, with width and log2 of the size.
const ARRAYS: &[(u8, Width, u8)] = &[
    (b'I', Width::U32, 2),
    (b'i', Width::S32, 2),
    (b'B', Width::U8, 0),
    (b'b', Width::S8, 0),
    (b'H', Width::U16, 1),
    (b'h', Width::S16, 1),
];

impl<'a> Native<'a> {
    pub(super) fn load_subscr(&mut self) {
        let (index, of) = (self.pop(), self.pop());
        let (known, i) = (index.ty == Ty::Int, self.word_of(index));
        let of = self.word_of(of);
        if index.ty != Ty::Int && index.ty != Ty::Any || !self.guesses() {
            return self.push_call(Helper::LoadSubscr, &[of, i]);
        }
        let d = self.b.word();
        let (bytes, tuple, slow, join) = (self.b.block(), self.b.block(), self.b.cold_block(), self.b.block());
        let others = self.b.block();
        let at = self.plain_index(of, i, known, slow);
        let ty = self.b.load(Width::Word, of, 0);
        let list = self.b.int(Exact::List.word() as i64);
        self.b.exit(Cc::Ne, ty, list, bytes);
        let len = self.b.load(Width::Word, of, items::LIST_LEN as i32);
        self.b.exit(Cc::Uge, at, len, slow);
        let start = self.b.load(Width::Word, of, items::LIST_START as i32);
        self.b.push(ir::Inst::LoadAt { w: Width::Word, d, base: start, index: at, shift: word::BYTES_LOG2, off: 0 });
        self.b.jump(join);

        self.b.start(bytes);
        let array = self.b.int(Exact::ByteArray.word() as i64);
        self.b.exit(Cc::Ne, ty, array, tuple);
        let len = self.b.load(Width::Word, of, items::BYTES_LEN as i32);
        self.b.exit(Cc::Uge, at, len, slow);
        let start = self.b.load(Width::Word, of, items::BYTES_START as i32);
        let byte = self.b.load_at(Width::U8, start, at, 0, 0);
        let byte = word::tag(&mut self.b, byte);
        self.b.copy(d, byte);
        self.b.jump(join);

        self.b.start(tuple);
        let tuple = self.b.int(Exact::Tuple.word() as i64);
        self.b.exit(Cc::Ne, ty, tuple, others);
        let len = self.b.load(Width::Word, of, items::TUPLE_LEN as i32);
        self.b.exit(Cc::Uge, at, len, slow);
        let off = items::TUPLE_START as i32;
        self.b.push(ir::Inst::LoadAt { w: Width::Word, d, base: of, index: at, shift: word::BYTES_LOG2, off });
        self.b.jump(join);

        self.b.start(others);
        self.load_number([of, ty, at, d], slow, join);
        self.b.start(join);
        self.put_off(Helper::LoadSubscr, &[of, i], d, slow, join);
        self.push(d, Ty::Any);
    }

    /// Items of bytes and of arrays of small numbers.
    fn load_number(&mut self, [of, ty, at, d]: [V; 4], slow: Block, join: Block) {
        let array = self.b.block();
        let bytes = self.b.int(Exact::Bytes.word() as i64);
        self.b.exit(Cc::Ne, ty, bytes, array);
        let len = self.b.load(Width::Word, of, items::CONST_BYTES_LEN as i32);
        self.b.exit(Cc::Uge, at, len, slow);
        let value = self.b.load_at(Width::U8, of, at, 0, items::CONST_BYTES_START as i32);
        self.push_number(value, d, join);

        self.b.start(array);
        let array = self.b.int(Exact::Array.word() as i64);
        self.b.exit(Cc::Ne, ty, array, slow);
        let code = self.b.load(Width::U8, of, items::ARRAY_CODE as i32);
        let start = self.b.load(Width::Word, of, items::ARRAY_START as i32);
        let len = self.b.load(Width::Word, of, items::ARRAY_BYTES as i32);
        for &(letter, w, shift) in ARRAYS {
            let next = self.b.block();
            self.b.exit(Cc::Ne, code, i32::from(letter), next);
            let count = self.b.alu(Alu::Shr, len, i32::from(shift));
            self.b.exit(Cc::Uge, at, count, slow);
            let value = self.b.load_at(w, start, at, shift, 0);
            self.push_number(value, d, join);
            self.b.start(next);
        }
        self.b.jump(slow);
    }

    fn push_number(&mut self, value: V, d: V, join: Block) {
        let word = word::tag(&mut self.b, value);
        self.b.copy(d, word);
        self.b.jump(join);
    }

    /// The index as a number, negative ones huge; to `slow` if it is no small int, or `of` no object in memory.
    fn plain_index(&mut self, of: V, index: V, known: bool, slow: Block) -> V {
        self.b.exit(Cc::Bits, of, word::POINTER_MASK, slow);
        if !known {
            self.b.exit(Cc::NoBits, index, word::INT_BIT, slow);
        }
        word::untag(&mut self.b, index)
    }

    pub(super) fn store_subscr(&mut self) {
        let (index, of, value) = (self.pop(), self.pop(), self.pop());
        let deletes = value.value == Value::Word(word::bits(Obj::NULL));
        let small = value.ty == Ty::Int;
        let (known, i) = (index.ty == Ty::Int, self.word_of(index));
        let (of, value) = (self.word_of(of), self.word_of(value));
        if deletes || index.ty != Ty::Int && index.ty != Ty::Any || !self.guesses() {
            return self.run_or(Helper::StoreSubscr, &[of, i, value]);
        }
        let d = self.b.word();
        let (bytes, slow, join) = (self.b.block(), self.b.cold_block(), self.b.block());
        let at = self.plain_index(of, i, known, slow);
        let ty = self.b.load(Width::Word, of, 0);
        let list = self.b.int(Exact::List.word() as i64);
        self.b.exit(Cc::Ne, ty, list, bytes);
        let len = self.b.load(Width::Word, of, items::LIST_LEN as i32);
        self.b.exit(Cc::Uge, at, len, slow);
        let start = self.b.load(Width::Word, of, items::LIST_START as i32);
        self.b.store_at(Width::Word, value, start, at, word::BYTES_LOG2, 0);
        self.b.jump(join);

        self.b.start(bytes);
        let array = self.b.int(Exact::ByteArray.word() as i64);
        self.b.exit(Cc::Ne, ty, array, slow);
        if !small {
            self.b.exit(Cc::NoBits, value, word::INT_BIT, slow);
        }
        let len = self.b.load(Width::Word, of, items::BYTES_LEN as i32);
        self.b.exit(Cc::Uge, at, len, slow);
        let byte = word::untag(&mut self.b, value);
        // What does not fit a byte is for the helper to judge.
        self.b.exit(Cc::Ugt, byte, 255, slow);
        let start = self.b.load(Width::Word, of, items::BYTES_START as i32);
        self.b.store_at(Width::U8, byte, start, at, 0, 0);
        self.b.start(join);
        self.put_off(Helper::StoreSubscr, &[of, i, value], d, slow, join);
    }
}
