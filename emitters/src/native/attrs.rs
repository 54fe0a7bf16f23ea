//! Globals, attributes and methods through inline caches.

use super::*;
use crate::helpers::Args;
use layout::{cache, dict, instance};
use vm::qstr::Qstr;

impl<'a> Native<'a> {
    /// Number of the current op's cache, as helpers want it.
    pub(super) fn cache_number(&mut self) -> V {
        self.b.int(self.cache as i64)
    }

    /// The current op's cache: base and offset. Only the fast version looks into caches itself.
    fn cache(&self) -> Option<(V, i32)> {
        let base = self.caches.filter(|_| self.guesses())?;
        Some((base, i32::try_from(self.cache * cache::SIZE).ok()?))
    }

    pub(super) fn load_global(&mut self, name: Qstr) {
        let key = self.b.int(i64::from(name.0));
        let number = self.cache_number();
        let args = [self.function, key, number];
        let (Some((base, off)), Some(globals)) = (self.cache(), self.globals) else {
            return self.push_call(Helper::LoadGlobal, &args);
        };
        let d = self.b.word();
        let (builtin, slow, join) = (self.b.block(), self.b.cold_block(), self.b.block());
        let version = self.b.load(Width::U32, globals, dict::VERSION as i32);
        let epoch = self.b.load(Width::U32, base, off + cache::EPOCH as i32);
        self.b.exit(Cc::Ne, version, epoch, slow);
        let key = self.b.load(Width::Word, base, off + cache::KEY as i32);
        self.b.exit(Cc::Ne, key, globals, slow);
        let value = self.b.load(Width::Word, base, off + cache::VALUE as i32);
        let kind = self.b.load(Width::U32, base, off + cache::VERSION as i32);
        self.b.exit(Cc::Ne, kind, 0, builtin);
        let entries = self.b.load(Width::Word, globals, dict::ENTRIES as i32);
        let at = self.b.alu(Alu::Mul, value, dict::ENTRY_SIZE as i32);
        let at = self.b.alu(Alu::Add, entries, at);
        self.b.push(ir::Inst::Load { w: Width::Word, d, base: at, off: dict::ENTRY_VALUE as i32 });
        self.b.jump(join);
        self.b.start(builtin);
        let now = self.b.load(Width::U32, self.vm, layout::vm::BUILTINS_VERSION as i32);
        self.b.exit(Cc::Ne, kind, now, slow);
        self.b.copy(d, value);
        self.b.start(join);
        self.put_off(Helper::LoadGlobal, &args, d, slow, join);
        self.push(d, Ty::Any);
    }

    /// Block `slow` calls the helper for `d`, then goes to `join`.
    pub(super) fn put_off(&mut self, helper: Helper, args: &[V], d: V, slow: Block, join: Block) {
        let error = self.error();
        let (all, line) = (Args::new(self.vm, args), self.line);
        self.later(move |n: &mut Native<'a>| {
            n.b.start(slow);
            n.b.line(line);
            let value = n.b.call_or(helpers::number(helper), &all, error);
            n.b.copy(d, value);
            n.b.jump(join);
        });
    }

    pub(super) fn store_global(&mut self, name: Qstr) {
        let value = self.pop_word();
        let key = self.b.int(i64::from(name.0));
        self.run_or(Helper::StoreGlobal, &[self.function, key, value]);
    }

    pub(super) fn delete_global(&mut self, name: Qstr) {
        let key = self.b.int(i64::from(name.0));
        self.run_or(Helper::DeleteGlobal, &[self.function, key]);
    }

    /// What the cache knows of instances with the shape that `of` has, in either way; to `miss` if it knows no slot or
    /// method, or is out of date. `of` is a pointer.
    fn by_shape(&mut self, of: V, base: V, off: i32, miss: Block) -> V {
        let value = self.b.word();
        let (second, hit) = (self.b.block(), self.b.block());
        let shape = self.b.load(Width::Word, of, instance::SHAPE as i32);
        let key = self.b.load(Width::Word, base, off + cache::KEY as i32);
        self.b.exit(Cc::Ne, shape, key, second);
        self.by_way(of, shape, base, off, value, miss);
        self.b.jump(hit);
        self.b.start(second);
        let off = off + cache::SECOND as i32;
        let key = self.b.load(Width::Word, base, off + cache::KEY as i32);
        self.b.exit(Cc::Ne, shape, key, miss);
        self.by_way(of, shape, base, off, value, miss);
        self.b.start(hit);
        value
    }

    /// What a way knows whose key is what `of` has for a shape.
    fn by_way(&mut self, of: V, shape: V, base: V, off: i32, value: V, miss: Block) {
        let epoch = self.b.load(Width::U32, base, off + cache::EPOCH as i32);
        let now = self.b.load(Width::U32, self.vm, layout::vm::ATTR_EPOCH as i32);
        self.b.exit(Cc::Ne, epoch, now, miss);
        // Other objects may hold any bits there, but then their type is not the one the shape belongs to.
        let ty = self.b.load(Width::Word, of, 0);
        let owner = self.b.load(Width::Word, shape, instance::SHAPE_TYPE as i32);
        self.b.exit(Cc::Ne, ty, owner, miss);
        self.b.push(ir::Inst::Load { w: Width::Word, d: value, base, off: off + cache::VALUE as i32 });
    }

    pub(super) fn load_attr(&mut self, name: Qstr) {
        let of = self.pop_word();
        let key = self.b.int(i64::from(name.0));
        let number = self.cache_number();
        let args = [self.function, of, key, number];
        let Some((base, off)) = self.cache() else { return self.push_call(Helper::LoadAttr, &args) };
        let d = self.b.word();
        let (slow, join) = (self.b.cold_block(), self.b.block());
        self.b.exit(Cc::Bits, of, word::POINTER_MASK, slow);
        let at = self.by_shape(of, base, off, slow);
        let slots = self.b.load(Width::Word, of, instance::SLOTS as i32);
        self.b.push(ir::Inst::LoadAt { w: Width::Word, d, base: slots, index: at, shift: word::BYTES_LOG2, off: 0 });
        self.b.start(join);
        self.put_off(Helper::LoadAttr, &args, d, slow, join);
        self.push(d, Ty::Any);
    }

    pub(super) fn store_attr(&mut self, name: Qstr) {
        let of = self.pop_word();
        let value = self.pop();
        let deletes = value.value == Value::Word(word::bits(Obj::NULL));
        let value = self.word_of(value);
        let key = self.b.int(i64::from(name.0));
        let number = self.cache_number();
        let args = [self.function, of, key, value, number];
        let Some((base, off)) = self.cache().filter(|_| !deletes) else {
            return self.run_or(Helper::StoreAttr, &args);
        };
        let d = self.b.word();
        let (slow, join) = (self.b.cold_block(), self.b.block());
        self.b.exit(Cc::Bits, of, word::POINTER_MASK, slow);
        let at = self.by_shape(of, base, off, slow);
        let slots = self.b.load(Width::Word, of, instance::SLOTS as i32);
        self.b.store_at(Width::Word, value, slots, at, word::BYTES_LOG2, 0);
        self.b.start(join);
        self.put_off(Helper::StoreAttr, &args, d, slow, join);
    }

    pub(super) fn load_method(&mut self, name: Qstr) {
        let of = self.pop_word();
        let key = self.b.int(i64::from(name.0));
        let number = self.cache_number();
        let area = self.area(2);
        let args = [self.function, of, key, number, area];
        let Some((base, off)) = self.cache() else {
            self.run_or(Helper::LoadMethod, &args);
            return self.push_method(area);
        };
        let (function, this) = (self.b.word(), self.b.word());
        let (instance, slow, join) = (self.b.block(), self.b.cold_block(), self.b.block());
        // Objects of built-in types: the cache holds the type.
        self.b.exit(Cc::Bits, of, word::POINTER_MASK, slow);
        let ty = self.b.load(Width::Word, of, 0);
        let held = self.b.load(Width::Word, base, off + cache::KEY as i32);
        self.b.exit(Cc::Ne, ty, held, instance);
        let epoch = self.b.load(Width::U32, base, off + cache::EPOCH as i32);
        let now = self.b.load(Width::U32, self.vm, layout::vm::ATTR_EPOCH as i32);
        self.b.exit(Cc::Ne, epoch, now, slow);
        let hit = self.b.block();
        self.b.push(ir::Inst::Load { w: Width::Word, d: function, base, off: off + cache::VALUE as i32 });
        self.b.jump(hit);
        self.b.start(instance);
        let found = self.by_shape(of, base, off, slow);
        self.b.copy(function, found);
        self.b.start(hit);
        self.b.copy(this, of);
        self.b.start(join);
        let error = self.error();
        let all = Args::new(self.vm, &args);
        self.later(move |n: &mut Native<'a>| {
            n.b.start(slow);
            n.b.run_or(helpers::number(Helper::LoadMethod), &all, error);
            n.b.push(ir::Inst::Load { w: Width::Word, d: function, base: area, off: 0 });
            n.b.push(ir::Inst::Load { w: Width::Word, d: this, base: area, off: word::BYTES });
            n.b.jump(join);
        });
        self.push(function, Ty::Any);
        self.push(this, Ty::Any);
    }

    fn push_method(&mut self, area: V) {
        for at in 0..2 {
            let v = self.b.load(Width::Word, area, at * word::BYTES);
            self.push(v, Ty::Any);
        }
    }

    pub(super) fn load_super_method(&mut self, name: Qstr) {
        let (this, class) = (self.pop_word(), self.pop_word());
        self.pop();
        let key = self.b.int(i64::from(name.0));
        let area = self.area(2);
        self.run_or(Helper::LoadSuperMethod, &[class, this, key, area]);
        self.push_method(area);
    }
}
