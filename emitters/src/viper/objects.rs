//! Operations on objects, which helpers do.

use super::Viper;
use crate::helpers::Args;
use crate::operand::Value;
use crate::viper::types::{cast_named, counts};
use crate::vty::Ty;
use crate::word;
use ir::{Block, V, Width};
use vm::compile::op::{Collection, ConstId, Op};
use vm::mem::Vec;
use vm::q;
use vm::qstr::Qstr;
use vm::run::helpers::Helper;
use vm::run::layout;
use vm::value::Obj;

impl Viper<'_> {
    /// A global by the helper; `cache` may be none of the function's.
    pub fn global(&mut self, name: Qstr, cache: usize) -> V {
        let (name, cache) = (self.b.int(i64::from(name.0)), self.b.int(cache as i64));
        self.call_here(Helper::LoadGlobal, &[name, cache])
    }

    /// Calls a helper that raises by returning zero.
    pub fn call(&mut self, helper: Helper, args: &[V]) -> V {
        let err = self.raising(None);
        self.call_or(helper, args, Some(err))
    }

    /// Calls a helper that takes the function first.
    pub fn call_here(&mut self, helper: Helper, args: &[V]) -> V {
        let words = Args::new(self.function(), args);
        self.call(helper, &words)
    }

    /// Calls a helper.
    pub fn call_or(&mut self, helper: Helper, args: &[V], err: Option<Block>) -> V {
        let words = Args::new(self.machine(), args);
        let number = crate::helpers::number(helper);
        match err {
            Some(err) => self.b.call_or(number, &words, err),
            None => self.b.call(number, &words),
        }
    }

    /// "No value".
    pub fn null(&mut self) -> V {
        self.b.int(word::bits(Obj::NULL))
    }

    /// Room for `count` words in the frame.
    pub fn area(&mut self, count: usize) -> V {
        let slot = match self.area {
            Some(slot) => slot,
            None => *self.area.insert(self.b.slot(1)),
        };
        self.b.grow_slot(slot, count.max(1));
        self.b.slot_addr(slot)
    }

    /// Puts words side by side in the frame.
    pub fn laid_out(&mut self, words: &[V]) -> V {
        let area = self.area(words.len());
        for (at, &v) in words.iter().enumerate() {
            self.b.store(Width::Word, v, area, at as i32 * word::BYTES);
        }
        area
    }

    /// Pushes what a helper left in the frame.
    fn push_laid_out(&mut self, area: V, count: usize) {
        for at in 0..count {
            let v = self.b.load(Width::Word, area, at as i32 * word::BYTES);
            self.push(Value::Reg(v), Ty::Object);
        }
    }

    /// Takes operands as objects, the deepest first.
    pub fn pop_objects(&mut self, count: usize) -> Vec<V> {
        self.settle_flag();
        let mut objects = Vec::new();
        for operand in self.pop_many(count) {
            let object = self.object(operand);
            self.b.held(objects.push(object));
        }
        objects
    }

    pub fn push_object(&mut self, v: V) {
        self.push(Value::Reg(v), Ty::Object);
    }

    /// Helper of operands on the stack, the deepest first.
    pub fn objects(&mut self, helper: Helper, count: usize) {
        let args = self.pop_objects(count);
        let made = self.call(helper, &args);
        self.push_object(made);
    }

    pub fn nullary(&mut self, helper: Helper) {
        let made = self.call(helper, &[]);
        self.push_object(made);
    }

    pub fn build(&mut self, helper: Helper, count: u32) {
        let items = self.pop_objects(count as usize);
        let items = self.laid_out(&items);
        let count = self.b.int(i64::from(count));
        let made = self.call(helper, &[items, count]);
        self.push_object(made);
    }

    pub fn build_map(&mut self, count: u32) {
        let count = self.b.int(i64::from(count));
        let made = self.call(Helper::BuildMap, &[count]);
        self.push_object(made);
    }

    pub fn store_map(&mut self) {
        let args = self.pop_objects(3);
        if let [map, value, key] = args[..] {
            self.call(Helper::StoreMap, &[map, key, value]);
            self.push_object(map);
        }
    }

    pub fn store_comp(&mut self, kind: Collection, depth: u32) {
        let Some(into) = self.stack.peek(depth as usize) else { return };
        let into = self.object(into);
        let (key, value) = match kind {
            Collection::Dict => {
                let args = self.pop_objects(2);
                (args.get(1).copied().unwrap_or(into), args.first().copied().unwrap_or(into))
            }
            Collection::List | Collection::Set => {
                let value = self.pop();
                let value = self.object(value);
                (value, value)
            }
        };
        let kind = self.b.int(kind as i64);
        self.call(Helper::StoreComp, &[kind, into, value, key]);
    }

    pub fn unpack(&mut self, count: u32) {
        let seq = self.pop();
        let (seq, out) = (self.object(seq), self.area(count as usize));
        let n = self.b.int(i64::from(count));
        self.call(Helper::Unpack, &[seq, n, out]);
        self.push_laid_out(out, count as usize);
    }

    pub fn unpack_ex(&mut self, left: u16, right: u16) {
        let count = usize::from(left) + usize::from(right) + 1;
        let seq = self.pop();
        let (seq, out) = (self.object(seq), self.area(count));
        let (left, right) = (self.b.int(i64::from(left)), self.b.int(i64::from(right)));
        self.call(Helper::UnpackEx, &[seq, left, right, out]);
        self.push_laid_out(out, count);
    }

    pub fn load_const(&mut self, id: ConstId) {
        let number = self.b.int(i64::from(id.0));
        let made = self.call_here(Helper::LoadConst, &[number]);
        self.push_object(made);
    }

    /// Counts the operations that have a cache, in their order.
    pub fn count_cache(&mut self, op: Op) {
        self.n_caches += usize::from(op.has_cache());
    }

    fn cache(&mut self) -> V {
        self.b.int(self.n_caches as i64)
    }

    pub fn load_global(&mut self, name: Qstr) {
        match cast_named(self.unit.names, name) {
            Some(target) => self.push(Value::Int(0), Ty::Cast(target)),
            None if name == q!("range") && counts(&self.unit.code.ops, self.at) => {
                self.push(Value::Int(0), Ty::Range);
            }
            // The call does not look at it.
            None if self.loads_own() => self.push(Value::Word(word::bits(Obj::NULL)), Ty::Object),
            None if !self.unit.caches => {
                let value = self.global(name, self.n_caches);
                self.push_object(value);
            }
            None => {
                let (value, slow, done) = (self.b.word(), self.b.cold_block(), self.b.block());
                let found = self.cached_global(self.n_caches, slow);
                self.b.copy(value, found);
                self.b.jump(done);
                self.b.start(slow);
                let found = self.global(name, self.n_caches);
                self.b.copy(value, found);
                self.b.jump(done);
                self.b.start(done);
                self.push_object(value);
            }
        }
    }

    pub fn store_global(&mut self, name: Qstr) {
        let value = self.pop();
        let (value, name) = (self.object(value), self.b.int(i64::from(name.0)));
        self.call_here(Helper::StoreGlobal, &[name, value]);
    }

    pub fn delete_global(&mut self, name: Qstr) {
        let name = self.b.int(i64::from(name.0));
        self.call_here(Helper::DeleteGlobal, &[name]);
    }

    pub fn load_attr(&mut self, name: Qstr) {
        let of = self.pop();
        let (of, name, cache) = (self.object(of), self.b.int(i64::from(name.0)), self.cache());
        let value = self.call_here(Helper::LoadAttr, &[of, name, cache]);
        self.push_object(value);
    }

    pub fn load_method(&mut self, name: Qstr) {
        let of = self.pop();
        let (of, name, cache) = (self.object(of), self.b.int(i64::from(name.0)), self.cache());
        let out = self.area(2);
        self.call_here(Helper::LoadMethod, &[of, name, cache, out]);
        self.push_laid_out(out, 2);
    }

    pub fn load_super_method(&mut self, name: Qstr) {
        let args = self.pop_objects(3);
        if let [class, this, _] = args[..] {
            let (name, out) = (self.b.int(i64::from(name.0)), self.area(2));
            self.call(Helper::LoadSuperMethod, &[class, this, name, out]);
            self.push_laid_out(out, 2);
        }
    }

    pub fn store_attr(&mut self, name: Qstr) {
        let args = self.pop_objects(2);
        if let [value, of] = args[..] {
            let (name, cache) = (self.b.int(i64::from(name.0)), self.cache());
            self.call_here(Helper::StoreAttr, &[of, name, value, cache]);
        }
    }

    pub fn deref(&mut self, op: Op) {
        let (Op::LoadDeref(local) | Op::StoreDeref(local) | Op::DeleteDeref(local)) = op else { return };
        let (cell, _) = self.local(local);
        let off = layout::items::CELL as i32;
        if let Op::StoreDeref(_) = op {
            let value = self.pop();
            let value = self.object(value);
            return self.b.store(Width::Word, value, cell, off);
        }
        let value = self.b.load(Width::Word, cell, off);
        self.check_bound(value);
        if let Op::LoadDeref(_) = op {
            return self.push_object(value);
        }
        let none = self.null();
        self.b.store(Width::Word, none, cell, off);
    }

    pub fn import_name(&mut self, name: Qstr) {
        let args = self.pop_objects(2);
        if let [level, names] = args[..] {
            let name = self.b.int(i64::from(name.0));
            let module = self.call(Helper::ImportName, &[name, level, names]);
            self.push_object(module);
        }
    }

    pub fn import_from(&mut self, name: Qstr) {
        let Some(module) = self.stack.peek(0) else { return };
        let (module, name) = (self.object(module), self.b.int(i64::from(name.0)));
        let value = self.call(Helper::ImportFrom, &[module, name]);
        self.push_object(value);
    }

    pub fn import_star(&mut self) {
        let module = self.pop();
        let module = self.object(module);
        self.call_here(Helper::ImportStar, &[module]);
    }
}
