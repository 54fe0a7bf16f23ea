//! What machine code calls: a numbered table of functions over words. Append only, because numbers are baked into code.
//!
//! All arguments and results are words. A result of zero means "raised" (the exception waits in the `Vm`); functions
//! without a value to give return `DONE`. Truth values come as `NO` or `YES`, so that zero stays free.

mod numbers;

use core::ptr::NonNull;

use super::cache::Cache;
use super::poll::poll;
use super::{attrs, call, dispatch, fast, import, native, traceback};
use numbers::{
    divide_by_zero, float_of, float_op, float_to_word, from_int, from_uint, pointer_range, pow_float, pow_word,
    to_assembler, to_float, to_pointer, to_word, zero_step,
};

use crate::Vm;
use crate::q;
use crate::qstr::Qstr;
use crate::types::dict::{self, Dict};
use crate::types::exception;
use crate::types::function::{self, Function};
use crate::types::generator::{self, Generator};
use crate::types::list::{self, List};
use crate::types::range::Range;
use crate::types::{float, sequence, set, slice, tuple};
use crate::value::{Args, BinaryOp, Gc, IterPlace, Method, Obj, Raise, Res, UnaryOp};

/// Success without a value; also "false".
pub const NO: usize = 1;
/// "True".
pub const YES: usize = 2;
/// Success without a value.
pub const DONE: usize = NO;

/// What `for_start` says a loop goes over.
pub mod iter_kind {
    /// An iterator; its other two words are unused.
    pub const OBJECT: usize = 0;
    /// A range: next value (a small int's word), how many are left, step (twice its value).
    pub const RANGE: usize = 1;
    /// A list and the next index.
    pub const LIST: usize = 2;
    /// A tuple and the next index.
    pub const TUPLE: usize = 3;
}

macro_rules! table {
    ($($(#[$doc:meta])* $number:ident $name:ident($($arg:ident),*);)*) => {
        /// The functions by number.
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        #[repr(usize)]
        pub enum Helper {
            $($(#[$doc])* $number,)*
        }

        /// Name of each function and how many words it takes, the machine included.
        pub const ROWS: &[(&str, usize)] = &[$((stringify!($name), 1 $(+ { stringify!($arg); 1 })*),)*];

        /// Addresses by number.
        pub static TABLE: &[Address] = &[$(Address($name as *const ()),)*];
    };
}

/// Address of a function.
#[repr(transparent)]
pub struct Address(pub *const ());

// SAFETY: addresses of functions are constants.
unsafe impl Sync for Address {}

table! {
    /// A float object of these bits.
    BoxFloat box_float(bits);
    /// Raises UnboundLocalError of an unbound local.
    UnboundLocal unbound_local();
    /// A binary operator by number.
    Binary binary(op, left, right);
    /// The truth of a binary operator's answer: `NO` or `YES`.
    Compare compare(op, left, right);
    /// A unary operator by number.
    Unary unary(op, obj);
    /// Truth: `NO` or `YES`.
    Truth truth(obj);
    /// A global of the function's module, or a built-in.
    LoadGlobal load_global(function, name, cache);
    /// Sets a global.
    StoreGlobal store_global(function, name, value);
    /// Deletes a global.
    DeleteGlobal delete_global(function, name);
    /// An attribute.
    LoadAttr load_attr(function, obj, name, cache);
    /// Function and self go to `out`.
    LoadMethod load_method(function, obj, name, cache, out);
    /// Function and self go to `out`.
    LoadSuperMethod load_super_method(class, this, name, out);
    /// Sets an attribute, or deletes it when `value` is no value.
    StoreAttr store_attr(function, obj, name, value, cache);
    /// `obj[index]`
    LoadSubscr load_subscr(obj, index);
    /// `obj[index] = value`, or `del` when `value` is no value.
    StoreSubscr store_subscr(obj, index, value);
    /// `args[0](args[1..])`
    Call call_words(args, n_pos, n_kw);
    /// `args[0]` with self `args[1]` (or no value) and the rest.
    CallMethod call_method(args, n_pos, n_kw);
    /// As `CallMethod`, some of the arguments starred.
    CallSpread call_spread(args, n_pos, n_kw, stars);
    /// A tuple.
    BuildTuple build_tuple(items, count);
    /// A list.
    BuildList build_list(items, count);
    /// A set.
    BuildSet build_set(items, count);
    /// An empty dict.
    BuildMap build_map(count);
    /// A slice of two or three numbers.
    BuildSlice build_slice(items, count);
    /// `dict[key] = value`
    StoreMap store_map(map, key, value);
    /// Adds to a comprehension's list, dict or set.
    StoreComp store_comp(kind, into, value, key);
    /// Items to `out`, the last first.
    Unpack unpack(seq, count, out);
    /// Items to `out`, the last first, with a list of what is left over.
    UnpackEx unpack_ex(seq, left, right, out);
    /// `iter(obj)`
    Iter iter(obj);
    /// What a `for` loop goes over, to four words at `out`: kind and three more.
    ForStart for_start(obj, out);
    /// The next item, or no value.
    ForNext for_next(iter);
    /// A function from child `number`.
    MakeFunction make_function(function, number, defaults, kw_defaults);
    /// A closure from child `number`.
    MakeClosure make_closure(function, number, defaults, kw_defaults, cells, count);
    /// `import name`
    ImportName import_name(name, level, names);
    /// `from module import name`
    ImportFrom import_from(module, name);
    /// `from module import *` into the globals.
    ImportStar import_star(function, module);
    /// What makes classes.
    LoadBuildClass load_build_class();
    /// Raises an exception or class.
    RaiseObj raise_obj(obj);
    /// `raise obj from cause`
    RaiseFrom raise_from(obj, cause);
    /// Raises `caught` again, or what is being handled if it is no value.
    RaiseLast raise_last(caught);
    /// Raises an exception again as it is.
    Reraise reraise(exception);
    /// Notes a line in the traceback of the waiting exception.
    Trace trace(function, line);
    /// The waiting exception, which is now being handled.
    Catch catch();
    /// Exit, self and what `__enter__` gave go to `out`.
    WithEnter with_enter(manager, out);
    /// Calls `exit`; what is pending from now on.
    WithExit with_exit(exit, this, pending);
    /// Runs what waits to be done.
    RunPending run_pending();
    /// Raises RecursionError of too deep a recursion.
    TooDeep too_deep();
    /// A constant of the module.
    LoadConst load_const(function, number);
    /// The word of a viper integer (`kind` 0) or pointer (`kind` 1) goes to `out`.
    ToWord to_word(obj, kind, out);
    /// An int object of a signed word.
    FromInt from_int(value);
    /// An int object of an unsigned word.
    FromUint from_uint(value);
    /// Raises ZeroDivisionError.
    DivideByZero divide_by_zero();
    /// Runs what waits to be done and keeps all registers if `poll::KEEPS`; gives nothing back.
    Poll poll();
    /// The power of two floats, as bits; `YES` when it is a float, whose bits go to `out`, else `NO`.
    PowFloat pow_float(left, right, out);
    /// A generator returns: gives no value.
    GeneratorEnd generator_end(value);
    /// `yield from` sends: what the iterator yields, or no value when it has ended.
    SendInto send_into(iter, sent);
    /// `yield from` throws the waiting exception: as `SendInto`.
    ThrowInto throw_into(iter);
    /// What the iterator of a `yield from` that has ended returned.
    StopValue stop_value();
    /// The bits of `float(obj)` go to `out`.
    ToFloat to_float(obj, out);
    /// The whole part of a float by its bits goes to `out`, cut off to a word.
    FloatToWord float_to_word(bits, out);
    /// The result of a binary operator, by number, on two floats by their bits; its bits go to `out`.
    FloatOp float_op(op, left, right, out);
    /// The power of two words goes to `out`; it wraps.
    PowWord pow_word(base, exponent, out);
    /// Raises ValueError of a range without a step.
    ZeroStep zero_step();
    /// The exception that the running machine code handles from now on, or no value; gives what it handled before.
    Handling handling(exception);
    /// The address that a viper pointer stands for goes to `out`, and how many bytes lie there; all ones if that is not known.
    ToPointer to_pointer(obj, out);
    /// Raises IndexError of an index behind what a viper pointer points to.
    PointerRange pointer_range(index, count);
    /// As `ForStart`; while the heap is locked, the iterator may be made in `place`, which the loop keeps for it.
    ForStartIn for_start_in(obj, out, place);
    /// A name in the namespace of the class or module that runs, of its module, or a built-in.
    LoadName load_name(function, name, cache);
    /// Sets a name in the namespace of the class or module that runs.
    StoreName store_name(name, value);
    /// Deletes one.
    DeleteName delete_name(function, name);
    /// What the function's module has under a name, or no value. Raises nothing.
    PeekGlobal peek_global(function, name);
    /// The word that inline assembler sees of an object goes to `out`.
    ToAssembler to_assembler(obj, out);
}

/// The machine.
///
/// # Safety
/// Machine code passes on the pointer it was entered with, and holds no other reference to the machine.
unsafe fn machine<'a>(vm: *mut Vm) -> &'a mut Vm {
    // SAFETY: the caller's promise.
    unsafe { &mut *vm }
}

fn obj(word: usize) -> Obj {
    Obj::from_bits(word).unwrap_or(Obj::NULL)
}

fn word(answer: Res) -> usize {
    match answer {
        Ok(value) => value.bits(),
        Err(_) => 0,
    }
}

fn done(answer: Res<()>) -> usize {
    match answer {
        Ok(()) => DONE,
        Err(_) => 0,
    }
}

fn yes(answer: Res<bool>) -> usize {
    match answer {
        Ok(true) => YES,
        Ok(false) => NO,
        Err(_) => 0,
    }
}

fn raised(_: Raise) -> usize {
    0
}

fn name(word: usize) -> Qstr {
    Qstr(word as u32)
}

/// The function that machine code belongs to.
///
/// # Safety
/// `word` is the one the code was entered with.
unsafe fn function_of(word: usize) -> Gc<Function> {
    // SAFETY: it is the word of a live function, which is not zero.
    unsafe { Gc::from_pointer(NonNull::new_unchecked(core::ptr::with_exposed_provenance_mut(word))) }
}

/// Words that machine code laid out in its frame.
///
/// # Safety
/// There are `count` values at `start`.
unsafe fn values<'a>(start: usize, count: usize) -> &'a [Obj] {
    // SAFETY: the caller's promise.
    unsafe { core::slice::from_raw_parts(core::ptr::with_exposed_provenance(start), count) }
}

/// Room for results in machine code's frame.
///
/// # Safety
/// There is room for `count` values at `start`.
unsafe fn room<'a>(start: usize, count: usize) -> &'a mut [Obj] {
    // SAFETY: the caller's promise.
    unsafe { core::slice::from_raw_parts_mut(core::ptr::with_exposed_provenance_mut(start), count) }
}

/// A cache of the function by number.
///
/// # Safety
/// As `function_of`.
unsafe fn cache_of<'a>(function: Gc<Function>, number: usize) -> Option<&'a mut Cache> {
    let caches = &function.code.caches;
    // SAFETY: the number is below the length, and nobody else holds a reference to a cache.
    if number < caches.len() { Some(unsafe { caches.start().add(number).as_mut() }) } else { None }
}

/// Argument lists as machine code lays them out: positional ones, then names and values.
///
/// # Safety
/// As `values`.
unsafe fn arguments<'a>(start: usize, n_pos: usize, n_kw: usize) -> Args<'a> {
    // SAFETY: the caller's promise.
    unsafe {
        let pos = values(start, n_pos);
        Args { pos, kw: core::slice::from_raw_parts(pos.as_ptr().add(n_pos).cast::<(Obj, Obj)>(), n_kw) }
    }
}

extern "C" fn box_float(vm: *mut Vm, bits: usize) -> usize {
    // SAFETY: see `machine`; also below.
    let vm = unsafe { machine(vm) };
    word(float::new(vm, float_of(bits)))
}

extern "C" fn unbound_local(vm: *mut Vm) -> usize {
    // SAFETY: see `machine`.
    let vm = unsafe { machine(vm) };
    raised(vm.raise_new(&exception::UNBOUND_LOCAL_ERROR, format_args!("local variable referenced before assignment")))
}

extern "C" fn binary(vm: *mut Vm, op: usize, left: usize, right: usize) -> usize {
    // SAFETY: see `machine`.
    let vm = unsafe { machine(vm) };
    let (left, right) = (obj(left), obj(right));
    let Some(op) = BinaryOp::from_number(op as u8) else { return DONE };
    word(match op.plain() {
        BinaryOp::Add => fast::add(vm, op, left, right),
        BinaryOp::Subtract => fast::sub(vm, op, left, right),
        BinaryOp::Multiply => fast::mul(vm, op, left, right),
        BinaryOp::TrueDivide => fast::true_div(vm, op, left, right),
        BinaryOp::FloorDivide => fast::floor_div(vm, op, left, right),
        BinaryOp::Modulo => fast::modulo(vm, op, left, right),
        BinaryOp::Lshift => fast::shl(vm, op, left, right),
        BinaryOp::Rshift => fast::shr(vm, op, left, right),
        _ => vm.binary(op, left, right),
    })
}

extern "C" fn generator_end(vm: *mut Vm, value: usize) -> usize {
    // SAFETY: see `machine`.
    let vm = unsafe { machine(vm) };
    vm.stop_value = obj(value);
    Obj::NULL.bits()
}

extern "C" fn send_into(vm: *mut Vm, iter: usize, sent: usize) -> usize {
    // SAFETY: see `machine`.
    let vm = unsafe { machine(vm) };
    word(dispatch::send_into(vm, obj(iter), obj(sent)).map(|value| value.unwrap_or(Obj::NULL)))
}

extern "C" fn throw_into(vm: *mut Vm, iter: usize) -> usize {
    // SAFETY: see `machine`.
    let vm = unsafe { machine(vm) };
    vm.exception = Obj::NULL;
    let thrown = core::mem::replace(&mut vm.thrown, Obj::NULL);
    word(dispatch::throw_into(vm, obj(iter), thrown))
}

extern "C" fn stop_value(vm: *mut Vm) -> usize {
    // SAFETY: see `machine`.
    let vm = unsafe { machine(vm) };
    vm.stop_value.non_null().unwrap_or(Obj::NONE).bits()
}

extern "C" fn compare(vm: *mut Vm, op: usize, left: usize, right: usize) -> usize {
    // SAFETY: see `machine`.
    let vm = unsafe { machine(vm) };
    let (left, right) = (obj(left), obj(right));
    let Some(op) = BinaryOp::from_number(op as u8) else { return NO };
    if op == BinaryOp::In {
        return yes(vm.contains(right, left));
    }
    yes(match vm.binary(op, left, right) {
        Ok(answer) => vm.truth(answer),
        Err(raise) => Err(raise),
    })
}

extern "C" fn unary(vm: *mut Vm, op: usize, value: usize) -> usize {
    // SAFETY: see `machine`.
    let vm = unsafe { machine(vm) };
    let op = match op {
        0 => UnaryOp::Positive,
        1 => UnaryOp::Negative,
        2 => UnaryOp::Invert,
        _ => UnaryOp::Not,
    };
    word(vm.unary(op, obj(value)))
}

extern "C" fn truth(vm: *mut Vm, value: usize) -> usize {
    // SAFETY: see `machine`.
    let vm = unsafe { machine(vm) };
    yes(vm.truth(obj(value)))
}

extern "C" fn load_global(vm: *mut Vm, function: usize, key: usize, cache: usize) -> usize {
    // SAFETY: see `machine` and `function_of`.
    unsafe {
        let (vm, function) = (machine(vm), function_of(function));
        word(attrs::load_global(vm, function.code, name(key), cache_of(function, cache)))
    }
}

extern "C" fn peek_global(vm: *mut Vm, function: usize, key: usize) -> usize {
    // SAFETY: see `machine` and `function_of`.
    unsafe {
        let (vm, function) = (machine(vm), function_of(function));
        function.code.context.globals.map.get_name(vm, name(key)).bits()
    }
}

extern "C" fn store_global(vm: *mut Vm, function: usize, key: usize, value: usize) -> usize {
    // SAFETY: see `machine` and `function_of`.
    unsafe { done(attrs::store_name(machine(vm), function_of(function).code.context.globals, name(key), obj(value))) }
}

extern "C" fn delete_global(vm: *mut Vm, function: usize, key: usize) -> usize {
    // SAFETY: see `machine` and `function_of`.
    let (vm, function) = unsafe { (machine(vm), function_of(function)) };
    delete_from(vm, function, function.code.context.globals, name(key))
}

extern "C" fn load_name(vm: *mut Vm, function: usize, key: usize, cache: usize) -> usize {
    // SAFETY: see `machine` and `function_of`; the running frame is the body's.
    unsafe {
        let vm = machine(vm);
        let Some(frame) = vm.frame.as_ref() else { return load_global(vm, function, key, cache) };
        word(attrs::load_name(vm, frame, name(key), cache_of(function_of(function), cache)))
    }
}

extern "C" fn store_name(vm: *mut Vm, key: usize, value: usize) -> usize {
    // SAFETY: see `machine`.
    let vm = unsafe { machine(vm) };
    done(attrs::store_name(vm, vm.names(), name(key), obj(value)))
}

extern "C" fn delete_name(vm: *mut Vm, function: usize, key: usize) -> usize {
    // SAFETY: see `machine` and `function_of`.
    let (vm, function) = unsafe { (machine(vm), function_of(function)) };
    delete_from(vm, function, vm.names(), name(key))
}

fn delete_from(vm: &mut Vm, function: Gc<Function>, names: Gc<Dict>, name: Qstr) -> usize {
    match names.map.remove(vm, Obj::name(name)) {
        Ok(value) if value.is_null() => raised(attrs::name_error(vm, function.code, name)),
        Ok(_) => DONE,
        Err(raise) => raised(raise),
    }
}

extern "C" fn load_attr(vm: *mut Vm, function: usize, of: usize, key: usize, cache: usize) -> usize {
    // SAFETY: see `machine` and `function_of`.
    unsafe { word(attrs::load_attr(machine(vm), obj(of), name(key), cache_of(function_of(function), cache))) }
}

extern "C" fn load_method(vm: *mut Vm, function: usize, of: usize, key: usize, cache: usize, out: usize) -> usize {
    // SAFETY: see `machine` and `function_of`.
    let found = unsafe { attrs::load_method(machine(vm), obj(of), name(key), cache_of(function_of(function), cache)) };
    method_out(found, out)
}

extern "C" fn load_super_method(vm: *mut Vm, class: usize, this: usize, key: usize, out: usize) -> usize {
    // SAFETY: see `machine`.
    let vm = unsafe { machine(vm) };
    method_out(attrs::super_method(vm, obj(class), obj(this), name(key)), out)
}

fn method_out(found: Res<Method>, out: usize) -> usize {
    match found {
        Ok(method) => {
            // SAFETY: callers pass room for two values.
            if let [function, this] = unsafe { room(out, 2) } {
                *function = method.function;
                *this = method.this;
            }
            DONE
        }
        Err(raise) => raised(raise),
    }
}

extern "C" fn store_attr(vm: *mut Vm, function: usize, of: usize, key: usize, value: usize, cache: usize) -> usize {
    // SAFETY: see `machine` and `function_of`.
    unsafe {
        done(attrs::store_attr(machine(vm), obj(of), name(key), obj(value), cache_of(function_of(function), cache)))
    }
}

extern "C" fn load_subscr(vm: *mut Vm, of: usize, index: usize) -> usize {
    // SAFETY: see `machine`.
    let vm = unsafe { machine(vm) };
    let (of, index) = (obj(of), obj(index));
    if let Some(item) = fast::subscript(of, index) {
        return item.bits();
    }
    if let (Some(dict), Some(name)) = (Gc::<Dict>::exact(of), index.as_name()) {
        let value = dict.map.get_name(vm, name);
        if !value.is_null() {
            return value.bits();
        }
    }
    word(vm.get_item(of, index))
}

extern "C" fn store_subscr(vm: *mut Vm, of: usize, index: usize, value: usize) -> usize {
    // SAFETY: see `machine`.
    let vm = unsafe { machine(vm) };
    let (of, index, value) = (obj(of), obj(index), obj(value));
    if fast::set_subscript(of, index, value) {
        return DONE;
    }
    done(vm.set_item(of, index, value))
}

extern "C" fn call_words(vm: *mut Vm, args: usize, n_pos: usize, n_kw: usize) -> usize {
    // SAFETY: see `machine` and `arguments`; the callee is the first word.
    unsafe {
        let callee = values(args, 1).first().copied().unwrap_or(Obj::NULL);
        word(call_any(machine(vm), callee, arguments(args + size_of::<Obj>(), n_pos, n_kw)))
    }
}

extern "C" fn call_method(vm: *mut Vm, args: usize, n_pos: usize, n_kw: usize) -> usize {
    // SAFETY: see `machine` and `arguments`; callee and self are the first words.
    unsafe {
        let [callee, this] = values(args, 2) else { return 0 };
        let skip = usize::from(this.is_null());
        word(call_any(machine(vm), *callee, arguments(args + (1 + skip) * size_of::<Obj>(), n_pos + 1 - skip, n_kw)))
    }
}

/// As `Vm::call`, functions first.
#[inline(always)]
fn call_any(vm: &mut Vm, callee: Obj, args: Args<'_>) -> Res {
    match Gc::<Function>::exact(callee) {
        Some(function) => match native::call_directly(vm, function, args) {
            Some(answer) => answer,
            None => {
                vm.check_stack()?;
                call::call_function(vm, function, args)
            }
        },
        None => vm.call(callee, args),
    }
}

extern "C" fn call_spread(vm: *mut Vm, args: usize, n_pos: usize, n_kw: usize, stars: usize) -> usize {
    // SAFETY: see `machine` and `arguments`; callee and self are the first words.
    unsafe {
        let [callee, this] = values(args, 2) else { return 0 };
        let Args { pos, kw } = arguments(args + 2 * size_of::<Obj>(), n_pos, n_kw);
        let stars = obj(stars).as_small().unwrap_or(0) as usize;
        word(call::call_spread(machine(vm), *callee, *this, pos, kw, stars))
    }
}

extern "C" fn build_tuple(vm: *mut Vm, items: usize, count: usize) -> usize {
    // SAFETY: see `machine` and `values`.
    unsafe { word(tuple::new(machine(vm), values(items, count))) }
}

extern "C" fn build_list(vm: *mut Vm, items: usize, count: usize) -> usize {
    // SAFETY: see `machine` and `values`.
    unsafe { word(list::new(machine(vm), values(items, count))) }
}

extern "C" fn build_set(vm: *mut Vm, items: usize, count: usize) -> usize {
    // SAFETY: see `machine` and `values`.
    unsafe { word(set::new(machine(vm), values(items, count))) }
}

extern "C" fn build_map(vm: *mut Vm, _: usize) -> usize {
    // SAFETY: see `machine`.
    unsafe { word(dict::new(machine(vm))) }
}

extern "C" fn build_slice(vm: *mut Vm, items: usize, count: usize) -> usize {
    // SAFETY: see `machine` and `values`.
    let (vm, items) = unsafe { (machine(vm), values(items, count)) };
    let at = |at: usize| items.get(at).copied().unwrap_or(Obj::NONE);
    word(slice::new(vm, at(0), at(1), at(2)))
}

extern "C" fn store_map(vm: *mut Vm, map: usize, key: usize, value: usize) -> usize {
    // SAFETY: see `machine`.
    let vm = unsafe { machine(vm) };
    match dict::map(obj(map)) {
        Some(map) => done(map.set(vm, obj(key), obj(value))),
        None => DONE,
    }
}

extern "C" fn store_comp(vm: *mut Vm, kind: usize, into: usize, value: usize, key: usize) -> usize {
    // SAFETY: see `machine`.
    let vm = unsafe { machine(vm) };
    let into = obj(into);
    match kind {
        0 => match Gc::<List>::from_obj(into) {
            Some(list) => done(list.items.push(vm, obj(value))),
            None => DONE,
        },
        1 => store_map(vm, into.bits(), key, value),
        _ => done(set::add(vm, into, obj(value))),
    }
}

extern "C" fn unpack(vm: *mut Vm, seq: usize, count: usize, out: usize) -> usize {
    // SAFETY: see `machine` and `room`.
    let (vm, out) = unsafe { (machine(vm), room(out, count)) };
    let answer = sequence::unpack(vm, obj(seq), out);
    out.reverse();
    done(answer)
}

extern "C" fn unpack_ex(vm: *mut Vm, seq: usize, left: usize, right: usize, out: usize) -> usize {
    // SAFETY: see `machine` and `room`.
    let (vm, out) = unsafe { (machine(vm), room(out, left + right + 1)) };
    let answer = sequence::unpack_star(vm, obj(seq), left, out);
    out.reverse();
    done(answer)
}

extern "C" fn iter(vm: *mut Vm, of: usize) -> usize {
    // SAFETY: see `machine`.
    let vm = unsafe { machine(vm) };
    word(vm.iter(obj(of)))
}

extern "C" fn for_start(vm: *mut Vm, of: usize, out: usize) -> usize {
    // SAFETY: see `machine`; there is room for four words.
    unsafe { for_from(machine(vm), obj(of), out, core::ptr::null_mut()) }
}

extern "C" fn for_start_in(vm: *mut Vm, of: usize, out: usize, place: usize) -> usize {
    // SAFETY: as above, and the loop keeps the place.
    unsafe { for_from(machine(vm), obj(of), out, core::ptr::with_exposed_provenance_mut(place)) }
}

/// Starts a loop.
///
/// # Safety
/// There is room for four words at `out`; `place` is null or kept until the loop ends.
unsafe fn for_from(vm: &mut Vm, of: Obj, out: usize, place: *mut IterPlace) -> usize {
    // SAFETY: the caller's promise.
    let out = unsafe { core::slice::from_raw_parts_mut(core::ptr::with_exposed_provenance_mut(out), 4) };
    let words = if let Some(range) = Gc::<Range>::exact(of).filter(|range| range.is_small()) {
        [iter_kind::RANGE, Obj::small_wrapping(range.start).bits(), range.len(), (range.step << 1) as usize]
    } else if Gc::<List>::exact(of).is_some() {
        [iter_kind::LIST, of.bits(), 0, 0]
    } else if of.is_exact(&tuple::TYPE) {
        [iter_kind::TUPLE, of.bits(), 0, 0]
    } else {
        match vm.iter_in(place, of) {
            Ok(iter) => [iter_kind::OBJECT, iter.bits(), 0, 0],
            Err(raise) => return raised(raise),
        }
    };
    out.copy_from_slice(&words);
    DONE
}

extern "C" fn for_next(vm: *mut Vm, iter: usize) -> usize {
    // SAFETY: see `machine`.
    let vm = unsafe { machine(vm) };
    let iter = obj(iter);
    word(match Gc::<Generator>::exact(iter) {
        Some(generator) => generator::advance(vm, generator),
        None => vm.next(iter),
    })
}

extern "C" fn make_function(vm: *mut Vm, function: usize, number: usize, defaults: usize, kw_defaults: usize) -> usize {
    // SAFETY: see `machine` and `function_of`.
    let (vm, function) = unsafe { (machine(vm), function_of(function)) };
    word(make(vm, function, number, obj(defaults), obj(kw_defaults), Obj::NULL))
}

extern "C" fn make_closure(
    vm: *mut Vm,
    function: usize,
    number: usize,
    defaults: usize,
    kw_defaults: usize,
    cells: usize,
    count: usize,
) -> usize {
    // SAFETY: see `machine`, `function_of` and `values`.
    let (vm, function, cells) = unsafe { (machine(vm), function_of(function), values(cells, count)) };
    match tuple::new(vm, cells) {
        Ok(closed) => word(make(vm, function, number, obj(defaults), obj(kw_defaults), closed)),
        Err(raise) => raised(raise),
    }
}

fn make(vm: &mut Vm, function: Gc<Function>, number: usize, defaults: Obj, kw_defaults: Obj, closed: Obj) -> Res {
    match function.code.children.get(number).and_then(Gc::from_obj) {
        Some(child) => function::new(vm, child, defaults, kw_defaults, closed),
        None => Err(vm.value_error(format_args!("malformed bytecode"))),
    }
}

extern "C" fn import_name(vm: *mut Vm, key: usize, level: usize, names: usize) -> usize {
    // SAFETY: see `machine`.
    let vm = unsafe { machine(vm) };
    word(import::import_statement(vm, name(key), obj(names), obj(level)))
}

extern "C" fn import_from(vm: *mut Vm, module: usize, key: usize) -> usize {
    // SAFETY: see `machine`.
    let vm = unsafe { machine(vm) };
    word(import::import_from(vm, obj(module), name(key)))
}

extern "C" fn import_star(vm: *mut Vm, _: usize, module: usize) -> usize {
    // SAFETY: see `machine`.
    let vm = unsafe { machine(vm) };
    done(import::import_all(vm, obj(module), vm.names()))
}

extern "C" fn load_build_class(vm: *mut Vm) -> usize {
    // SAFETY: see `machine`.
    let vm = unsafe { machine(vm) };
    word(attrs::load_build_class(vm))
}

extern "C" fn raise_obj(vm: *mut Vm, value: usize) -> usize {
    // SAFETY: see `machine`.
    let vm = unsafe { machine(vm) };
    match exception::from_raised(vm, obj(value)) {
        Ok(exception) => raised(vm.raise(exception)),
        Err(raise) => raised(raise),
    }
}

extern "C" fn raise_from(vm: *mut Vm, value: usize, cause: usize) -> usize {
    // SAFETY: see `machine`.
    let vm = unsafe { machine(vm) };
    match exception::from_raised(vm, obj(value)).and_then(|exception| {
        let cause = exception::from_cause(vm, obj(cause))?;
        exception::set_cause(exception, cause);
        Ok(exception)
    }) {
        Ok(exception) => raised(vm.raise(exception)),
        Err(raise) => raised(raise),
    }
}

extern "C" fn raise_last(vm: *mut Vm, caught: usize) -> usize {
    // SAFETY: see `machine`.
    let vm = unsafe { machine(vm) };
    match obj(caught) {
        Obj::NULL => raised(dispatch::raise_last(vm)),
        caught => raised(vm.reraise(caught)),
    }
}

extern "C" fn reraise(vm: *mut Vm, exception: usize) -> usize {
    // SAFETY: see `machine`.
    let vm = unsafe { machine(vm) };
    raised(vm.reraise(obj(exception)))
}

extern "C" fn trace(vm: *mut Vm, function: usize, line: usize) -> usize {
    // SAFETY: see `machine` and `function_of`.
    let (vm, function) = unsafe { (machine(vm), function_of(function)) };
    traceback::note_line(vm, function.code, line as u32);
    DONE
}

extern "C" fn catch(vm: *mut Vm) -> usize {
    // SAFETY: see `machine`.
    let vm = unsafe { machine(vm) };
    core::mem::replace(&mut vm.exception, Obj::NULL).bits()
}

extern "C" fn handling(vm: *mut Vm, exception: usize) -> usize {
    // SAFETY: see `machine`.
    let vm = unsafe { machine(vm) };
    vm.set_handling(obj(exception)).bits()
}

extern "C" fn with_enter(vm: *mut Vm, manager: usize, out: usize) -> usize {
    // SAFETY: see `machine` and `room`.
    let (vm, out) = unsafe { (machine(vm), room(out, 3)) };
    match enter(vm, obj(manager)) {
        Ok(words) => {
            out.copy_from_slice(&words);
            DONE
        }
        Err(raise) => raised(raise),
    }
}

fn enter(vm: &mut Vm, manager: Obj) -> Res<[Obj; 3]> {
    let exit = vm.get_method(manager, q!("__exit__"))?;
    let enter = vm.get_method(manager, q!("__enter__"))?;
    let entered = vm.call_bound(enter, &[])?;
    Ok([exit.function, exit.this, entered])
}

extern "C" fn with_exit(vm: *mut Vm, exit: usize, this: usize, pending: usize) -> usize {
    // SAFETY: see `machine`.
    let vm = unsafe { machine(vm) };
    word(leave(vm, Method { function: obj(exit), this: obj(this) }, obj(pending)))
}

fn leave(vm: &mut Vm, exit: Method, pending: Obj) -> Res {
    if pending.is_none() || pending.is_small() {
        vm.call_bound(exit, &[Obj::NONE; 3])?;
        return Ok(pending);
    }
    let quiet = dispatch::call_exit(vm, exit, pending)?;
    // A true answer means that the exception has been dealt with.
    Ok(if vm.truth(quiet)? { Obj::NONE } else { pending })
}

extern "C" fn run_pending(vm: *mut Vm) -> usize {
    // SAFETY: see `machine`.
    let vm = unsafe { machine(vm) };
    done(vm.run_pending())
}

extern "C" fn too_deep(vm: *mut Vm) -> usize {
    // SAFETY: see `machine`.
    let vm = unsafe { machine(vm) };
    raised(vm.too_deep())
}

extern "C" fn load_const(_: *mut Vm, function: usize, number: usize) -> usize {
    // SAFETY: see `function_of`.
    let function = unsafe { function_of(function) };
    function.code.context.consts.get(number).unwrap_or(Obj::NONE).bits()
}
