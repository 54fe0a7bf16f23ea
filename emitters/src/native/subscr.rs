//! Items of lists, tuples and byte arrays inline; all else by a helper.

use super::*;
use layout::{Exact, items};

impl<'a> Native<'a> {
    pub(super) fn load_subscr(&mut self) {
        let (index, of) = (self.pop(), self.pop());
        let (known, i) = (index.ty == Ty::Int, self.word_of(index));
        let of = self.word_of(of);
        if index.ty != Ty::Int && index.ty != Ty::Any || self.mode == Mode::Slow {
            return self.push_call(Helper::LoadSubscr, &[of, i]);
        }
        let d = self.b.word();
        let (bytes, tuple, slow, join) = (self.b.block(), self.b.block(), self.b.cold_block(), self.b.block());
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
        self.b.exit(Cc::Ne, ty, tuple, slow);
        let len = self.b.load(Width::Word, of, items::TUPLE_LEN as i32);
        self.b.exit(Cc::Uge, at, len, slow);
        let off = items::TUPLE_START as i32;
        self.b.push(ir::Inst::LoadAt { w: Width::Word, d, base: of, index: at, shift: word::BYTES_LOG2, off });
        self.b.start(join);
        self.put_off(Helper::LoadSubscr, &[of, i], d, slow, join);
        self.push(d, Ty::Any);
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
        if deletes || index.ty != Ty::Int && index.ty != Ty::Any || self.mode == Mode::Slow {
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
