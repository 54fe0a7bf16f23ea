//! Making tuples, lists, dicts, sets, slices and functions; taking sequences apart.

use super::*;
use vm::compile::op::{ChildId, Collection};

impl<'a> Native<'a> {
    pub(super) fn build_items(&mut self, helper: Helper, count: u32) {
        let items = self.pop_words(count as usize);
        let area = self.laid_out(&items);
        let count = self.b.int(i64::from(count));
        self.push_call(helper, &[area, count]);
    }

    pub(super) fn store_map(&mut self) {
        let (key, value) = (self.pop_word(), self.pop_word());
        let map = self.top_word();
        self.run_or(Helper::StoreMap, &[map, key, value]);
    }

    pub(super) fn store_comp(&mut self, kind: Collection, depth: usize) {
        // The collection is counted from the top as it is before.
        let into = match self.now.stack.peek(depth) {
            Some(operand) => self.word_of(operand),
            None => return,
        };
        let top = self.pop_word();
        let (value, key) = if kind == Collection::Dict { (self.pop_word(), top) } else { (top, top) };
        let kind = self.b.int(kind as i64);
        self.run_or(Helper::StoreComp, &[kind, into, value, key]);
    }

    pub(super) fn unpack(&mut self, count: usize) {
        let seq = self.pop_word();
        let area = self.area(count);
        let number = self.b.int(count as i64);
        self.run_or(Helper::Unpack, &[seq, number, area]);
        self.push_area(area, count);
    }

    pub(super) fn unpack_ex(&mut self, left: usize, right: usize) {
        let seq = self.pop_word();
        let count = left + right + 1;
        let area = self.area(count);
        let (left, right) = (self.b.int(left as i64), self.b.int(right as i64));
        self.run_or(Helper::UnpackEx, &[seq, left, right, area]);
        self.push_area(area, count);
    }

    fn push_area(&mut self, area: V, count: usize) {
        for at in 0..count {
            let v = self.b.load(Width::Word, area, at as i32 * word::BYTES);
            self.push(v, Ty::Any);
        }
    }

    pub(super) fn make_function(&mut self, child: ChildId, cells: Option<usize>, has_defaults: bool) {
        let cells = cells.map(|count| self.pop_words(count));
        let (defaults, kw_defaults) = if has_defaults {
            let kw_defaults = self.pop_word();
            (self.pop_word(), kw_defaults)
        } else {
            let null = self.b.int(word::bits(Obj::NULL));
            (null, null)
        };
        let number = self.b.int(i64::from(child.0));
        match cells {
            None => self.push_call(Helper::MakeFunction, &[self.function, number, defaults, kw_defaults]),
            Some(cells) => {
                let area = self.laid_out(&cells);
                let count = self.b.int(cells.len() as i64);
                self.push_call(Helper::MakeClosure, &[self.function, number, defaults, kw_defaults, area, count]);
            }
        }
    }
}
