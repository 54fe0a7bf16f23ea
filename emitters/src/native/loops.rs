//! `for` over objects: ranges, lists and tuples are walked here, all else by their iterator.

use super::*;
use vm::run::helpers::iter_kind;

/// Words of an `IterPlace`, and operands of a loop.
const PLACE: usize = 4;

impl<'a> Native<'a> {
    pub(super) fn for_start(&mut self) {
        let of = self.pop_word();
        let area = self.area(4);
        match self.iter_place() {
            Some(place) => self.run_or(Helper::ForStartIn, &[of, area, place]),
            None => self.run_or(Helper::ForStart, &[of, area]),
        }
        for at in 0..4 {
            let v = self.b.load(Width::Word, area, at * word::BYTES);
            self.push(v, Ty::Any);
        }
    }

    /// Room in the frame for the iterator of the loop that begins. What a generator has in the machine's frame does not
    /// outlast a `yield`.
    fn iter_place(&mut self) -> Option<V> {
        if self.given.unit.code.flags.has(Flags::GENERATOR) {
            return None;
        }
        let slot = match self.places {
            Some(slot) => slot,
            None => *self.places.insert(self.b.slot(PLACE)),
        };
        // Loops that run at the same time have four operands each, so no two of them have the same place.
        let at = self.now.stack.len() / PLACE * PLACE;
        self.b.grow_slot(slot, at + PLACE);
        let start = self.b.slot_addr(slot);
        Some(if at == 0 { start } else { self.b.alu(Alu::Add, start, at as i32 * word::BYTES) })
    }

    /// The four slots: kind and three words (see `iter_kind`).
    pub(super) fn for_next(&mut self, label: Label) {
        let words = self.pop_words(4);
        let [kind, first, second, step] = *words else { return };
        // What the turn changes gets registers of its own: on the way out the old ones still count.
        let (new_first, new_second, item) = (self.b.word(), self.b.word(), self.b.word());
        let (object, range, list, tuple) = (self.b.block(), self.b.block(), self.b.block(), self.b.block());
        let (end, join) = (self.b.block(), self.b.block());
        // Lists first: they are the commonest.
        let not_list = self.b.block();
        self.b.br(Cc::Eq, kind, iter_kind::LIST as i32, list, not_list);

        self.b.start(list);
        let len = self.b.load(Width::Word, first, layout::items::LIST_LEN as i32);
        self.b.exit(Cc::Uge, second, len, end);
        let start = self.b.load(Width::Word, first, layout::items::LIST_START as i32);
        self.b.push(ir::Inst::LoadAt {
            w: Width::Word,
            d: item,
            base: start,
            index: second,
            shift: word::BYTES_LOG2,
            off: 0,
        });
        self.step_index(first, second, new_first, new_second);
        self.b.jump(join);

        self.b.start(not_list);
        self.b.switch(kind, &[object, range, object, tuple], object);

        self.b.start(tuple);
        let len = self.b.load(Width::Word, first, layout::items::TUPLE_LEN as i32);
        self.b.exit(Cc::Uge, second, len, end);
        let off = layout::items::TUPLE_START as i32;
        self.b.push(ir::Inst::LoadAt {
            w: Width::Word,
            d: item,
            base: first,
            index: second,
            shift: word::BYTES_LOG2,
            off,
        });
        self.step_index(first, second, new_first, new_second);
        self.b.jump(join);

        self.b.start(range);
        self.b.exit(Cc::Eq, second, 0, end);
        self.b.copy(item, first);
        self.b.push(ir::Inst::Alu { op: Alu::Add, d: new_first, a: first, b: step.into() });
        self.b.push(ir::Inst::Alu { op: Alu::Sub, d: new_second, a: second, b: 1.into() });
        self.b.jump(join);

        self.b.start(object);
        let next = self.call(Helper::ForNext, &[first]);
        self.b.copy(item, next);
        self.b.exit(Cc::Eq, item, word::imm(Obj::NULL), end);
        self.b.copy(new_first, first);
        self.b.copy(new_second, second);
        self.b.jump(join);

        let state = self.snapshot();
        self.b.start(end);
        self.arrive(label);
        self.now = state;
        self.b.start(join);
        for v in [kind, new_first, new_second, step, item] {
            self.push(v, Ty::Any);
        }
    }

    fn step_index(&mut self, first: V, second: V, new_first: V, new_second: V) {
        self.b.copy(new_first, first);
        self.b.push(ir::Inst::Alu { op: Alu::Add, d: new_second, a: second, b: 1.into() });
    }
}
