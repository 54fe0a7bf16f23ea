//! The loop: executes bytecode in place. One long file on purpose, so that it can be read as a whole.
//!
//! Calls between functions in bytecode do not recurse in Rust: the callee's frame is put on the value stack and the loop
//! goes on in it. The same holds for generators in a `for`.

use super::attrs;
use super::cache::Cache;
use super::call::{self, Started};
use super::code::RawCode;
use super::frame::{Block, Frame, Leave};
#[cfg(feature = "trace")]
use super::trace;
use super::{fast, import, traceback};
use core::ptr::NonNull;

use crate::Vm;
use crate::compile::number::*;
use crate::qstr::Qstr;
use crate::types::cell::CellBody;
use crate::types::exception;
use crate::types::function::{self, Function};
use crate::types::generator::{self, Generator};
use crate::types::list::{self, List};
use crate::types::range::Range;
use crate::types::{dict, sequence, set, slice, tuple};
use crate::value::{Args, BinaryOp, Gc, Obj, Raise, Res, UnaryOp};

/// Runs `frame`, whose `leave` is `Entry`, and what it calls, until it returns, yields or raises. A frame that yields gives
/// the value; a generator that returns gives `Obj::NULL` and leaves its value in `vm.stop_value`.
pub fn run(vm: &mut Vm, frame: *mut Frame) -> Res {
    enter(vm, frame, None)
}

/// As `run`, but raises `thrown` where the frame waits.
pub fn run_raising(vm: &mut Vm, frame: *mut Frame, thrown: Obj) -> Res {
    enter(vm, frame, Some(thrown))
}

fn enter(vm: &mut Vm, frame: *mut Frame, thrown: Option<Obj>) -> Res {
    let outer = vm.frame;
    // SAFETY: callers pass a frame made by `call::start` or `generator::frame`.
    unsafe { (*frame).prev = outer };
    let answer = vm.check_stack().and_then(|()| go(vm, frame, thrown));
    vm.frame = outer;
    answer
}

#[cfg(not(feature = "trace"))]
fn go(vm: &mut Vm, frame: *mut Frame, thrown: Option<Obj>) -> Res {
    execute::<false>(vm, frame, thrown)
}

/// Runs the loop that is wanted until it ends by itself.
#[cfg(feature = "trace")]
fn go(vm: &mut Vm, mut frame: *mut Frame, mut thrown: Option<Obj>) -> Res {
    loop {
        let answer = if vm.tracing.on {
            execute::<true>(vm, frame, thrown.take())
        } else {
            execute::<false>(vm, frame, thrown.take())
        };
        if answer.is_ok() || !trace::is_switch(vm) {
            return answer;
        }
        frame = vm.frame;
    }
}

/// Numbers of the binary operators in bytecode.
macro_rules! bin {
    ($op:ident) => {
        BINARY_MULTI + BinaryOp::$op as u8
    };
}

const LESS: u8 = bin!(Less);
const MORE: u8 = bin!(More);
const EQUAL: u8 = bin!(Equal);
const LESS_EQUAL: u8 = bin!(LessEqual);
const MORE_EQUAL: u8 = bin!(MoreEqual);
const NOT_EQUAL: u8 = bin!(NotEqual);
const IS: u8 = bin!(Is);
const ADD: u8 = bin!(Add);
const INPLACE_ADD: u8 = bin!(InplaceAdd);
const SUBTRACT: u8 = bin!(Subtract);
const INPLACE_SUBTRACT: u8 = bin!(InplaceSubtract);
const MULTIPLY: u8 = bin!(Multiply);
const INPLACE_MULTIPLY: u8 = bin!(InplaceMultiply);
const TRUE_DIVIDE: u8 = bin!(TrueDivide);
const FLOOR_DIVIDE: u8 = bin!(FloorDivide);
const INPLACE_FLOOR_DIVIDE: u8 = bin!(InplaceFloorDivide);
const MODULO: u8 = bin!(Modulo);
const INPLACE_MODULO: u8 = bin!(InplaceModulo);
const AND: u8 = bin!(And);
const INPLACE_AND: u8 = bin!(InplaceAnd);
const OR: u8 = bin!(Or);
const INPLACE_OR: u8 = bin!(InplaceOr);
const XOR: u8 = bin!(Xor);
const INPLACE_XOR: u8 = bin!(InplaceXor);
const LSHIFT: u8 = bin!(Lshift);
const INPLACE_LSHIFT: u8 = bin!(InplaceLshift);
const RSHIFT: u8 = bin!(Rshift);
const INPLACE_RSHIFT: u8 = bin!(InplaceRshift);
const IN: u8 = bin!(In);
const EXCEPTION_MATCH: u8 = bin!(ExceptionMatch);
const INPLACE_TRUE_DIVIDE: u8 = bin!(InplaceTrueDivide);
const INPLACE_MAT_MULTIPLY: u8 = bin!(InplaceMatMultiply);
const INPLACE_POWER: u8 = bin!(InplacePower);
const MAT_MULTIPLY: u8 = bin!(MatMultiply);
const POWER: u8 = bin!(Power);
const POSITIVE: u8 = UNARY_MULTI + UnaryOp::Positive as u8;
const NEGATIVE: u8 = UNARY_MULTI + UnaryOp::Negative as u8;
const INVERT: u8 = UNARY_MULTI + UnaryOp::Invert as u8;
const NOT: u8 = UNARY_MULTI + UnaryOp::Not as u8;

/// Operations with their argument in the opcode, spelled out: a range pattern would become comparisons in front of the
/// jump table (measured with callgrind: 2.5 times the instructions of a loop of small operations).
macro_rules! load_fast {
    () => {
        0xb0 | 0xb1 | 0xb2 | 0xb3 | 0xb4 | 0xb5 | 0xb6 | 0xb7 | 0xb8 | 0xb9 | 0xba | 0xbb | 0xbc | 0xbd | 0xbe | 0xbf
    };
}
macro_rules! store_fast {
    () => {
        0xc0 | 0xc1 | 0xc2 | 0xc3 | 0xc4 | 0xc5 | 0xc6 | 0xc7 | 0xc8 | 0xc9 | 0xca | 0xcb | 0xcc | 0xcd | 0xce | 0xcf
    };
}
macro_rules! load_small_int {
    () => {
        0x70 | 0x71
            | 0x72
            | 0x73
            | 0x74
            | 0x75
            | 0x76
            | 0x77
            | 0x78
            | 0x79
            | 0x7a
            | 0x7b
            | 0x7c
            | 0x7d
            | 0x7e
            | 0x7f
            | 0x80
            | 0x81
            | 0x82
            | 0x83
            | 0x84
            | 0x85
            | 0x86
            | 0x87
            | 0x88
            | 0x89
            | 0x8a
            | 0x8b
            | 0x8c
            | 0x8d
            | 0x8e
            | 0x8f
            | 0x90
            | 0x91
            | 0x92
            | 0x93
            | 0x94
            | 0x95
            | 0x96
            | 0x97
            | 0x98
            | 0x99
            | 0x9a
            | 0x9b
            | 0x9c
            | 0x9d
            | 0x9e
            | 0x9f
            | 0xa0
            | 0xa1
            | 0xa2
            | 0xa3
            | 0xa4
            | 0xa5
            | 0xa6
            | 0xa7
            | 0xa8
            | 0xa9
            | 0xaa
            | 0xab
            | 0xac
            | 0xad
            | 0xae
            | 0xaf
    };
}

/// What the first of a `for` loop's four slots says about the others.
mod iter_kind {
    use crate::value::Obj;
    /// Slot 1 is an iterator object. Any other word that is not named here is the type of an iterator that the slots are.
    pub const OBJECT: Obj = Obj::NULL;
    /// Slots 1, 2, 3 are the next value, the end and the step: small ints.
    pub const RANGE: Obj = Obj::FALSE;
    /// Slot 1 is a list, slot 2 the next index.
    pub const LIST: Obj = Obj::TRUE;
    /// Slot 1 is a tuple, slot 2 the next index.
    pub const TUPLE: Obj = Obj::NONE;
    /// Slot 1 is a generator whose frame can be entered in place.
    pub const GENERATOR: Obj = Obj::ELLIPSIS;
}

/// Reads a variable-length unsigned argument.
///
/// # Safety
/// `ip` points to a whole argument.
#[inline(always)]
unsafe fn argument(ip: &mut *const u8) -> usize {
    // SAFETY: the caller's promise.
    unsafe {
        let mut byte = **ip as usize;
        *ip = ip.add(1);
        if byte & 0x80 == 0 {
            return byte;
        }
        let mut number = byte & 0x7f;
        loop {
            byte = **ip as usize;
            *ip = ip.add(1);
            number = number << 7 | (byte & 0x7f);
            if byte & 0x80 == 0 {
                return number;
            }
        }
    }
}

/// Reads a signed jump distance and gives the target.
///
/// # Safety
/// As `argument`.
#[inline(always)]
unsafe fn signed_target(ip: &mut *const u8) -> *const u8 {
    // SAFETY: the caller's promise; jumps stay inside the code.
    unsafe {
        let first = **ip as isize;
        let distance = if first & 0x80 == 0 {
            *ip = ip.add(1);
            first - 0x40
        } else {
            let second = *ip.add(1) as isize;
            *ip = ip.add(2);
            (first & 0x7f | second << 7) - 0x4000
        };
        ip.offset(distance)
    }
}

/// Reads an unsigned jump distance and gives the target.
///
/// # Safety
/// As `argument`.
#[inline(always)]
unsafe fn unsigned_target(ip: &mut *const u8) -> *const u8 {
    // SAFETY: as `signed_target`.
    unsafe {
        let first = **ip as usize;
        let distance = if first & 0x80 == 0 {
            *ip = ip.add(1);
            first
        } else {
            let second = *ip.add(1) as usize;
            *ip = ip.add(2);
            first & 0x7f | second << 7
        };
        ip.add(distance)
    }
}

/// The inline cache of the operation at `at`.
///
/// # Safety
/// `at` is an operation of `code` that has a cache.
#[inline(always)]
unsafe fn cache_at<'a>(code: Gc<RawCode>, at: *const u8) -> Option<&'a mut Cache> {
    // SAFETY: the table has an entry for each byte of code, and every number in it is one of a cache.
    unsafe {
        if code.cache_of.is_empty() {
            return None;
        }
        let number = code.cache_of.start().add(at.offset_from(code.start) as usize).read();
        Some(code.caches.start().add(number as usize).as_mut())
    }
}

#[cold]
#[inline(never)]
fn unbound_local(vm: &mut Vm) -> Raise {
    vm.raise_new(&exception::UNBOUND_LOCAL_ERROR, format_args!("local variable referenced before assignment"))
}

fn name_of(code: Gc<RawCode>, number: usize) -> Qstr {
    code.context.names.get(number).map_or(Qstr::NULL, Qstr)
}

/// Makes the function of child `number`.
fn make_function(vm: &mut Vm, code: Gc<RawCode>, number: usize, defaults: Obj, kw_defaults: Obj, closed: Obj) -> Res {
    match code.children.get(number).and_then(Gc::<RawCode>::from_obj) {
        Some(child) => function::new(vm, child, defaults, kw_defaults, closed),
        None => Err(vm.value_error(format_args!("malformed bytecode"))),
    }
}

#[allow(clippy::manual_range_patterns)] // See `load_fast`.
#[allow(unused_assignments)] // `switch_to!` sets all of the state, also where the next step sets some of it anew.
fn execute<const TRACED: bool>(vm: &mut Vm, mut frame: *mut Frame, mut thrown: Option<Obj>) -> Res {
    // SAFETY: for the whole function: bytecode comes from our compiler or from a file that `mpy` has checked: jumps stay
    // inside it, operations have the numbers below, operands name existing locals, and the operand stack never outgrows the
    // frame. Frames on the value stack and on the heap do not move, and the collector sees all their words.
    unsafe {
        let mut code = (*frame).code;
        let mut ip = (*frame).ip;
        let mut sp = (*frame).sp;
        let mut locals = Frame::locals(frame);
        let mut at = ip;
        vm.frame = frame;

        macro_rules! push {
            ($obj:expr) => {{
                let obj = $obj;
                sp.write(obj);
                sp = sp.add(1);
            }};
        }
        macro_rules! pop {
            () => {{
                sp = sp.sub(1);
                sp.read()
            }};
        }
        macro_rules! top {
            () => {
                *sp.sub(1)
            };
        }
        // The place of a local whose number is added to that of the operation: the difference is one of the address.
        macro_rules! local {
            ($op:ident, $first:ident) => {
                locals.wrapping_add($first as usize).wrapping_sub($op as usize)
            };
        }
        // Goes on in another frame.
        macro_rules! switch_to {
            ($frame:expr) => {{
                frame = $frame;
                code = (*frame).code;
                ip = (*frame).ip;
                sp = (*frame).sp;
                locals = Frame::locals(frame);
                vm.frame = frame;
            }};
        }

        // The other loop goes on, from `$ip`.
        #[cfg(feature = "trace")]
        macro_rules! switch_loop {
            ($ip:expr) => {{
                (*frame).ip = $ip;
                (*frame).sp = sp;
                return Err(trace::switch(vm));
            }};
        }
        #[cfg(feature = "trace")]
        let mut resumed = !trace::goes_on(vm) && TRACED && !(*frame).generator.is_null();

        'raised: loop {
            let raise: Raise = 'ops: {
                #[cfg(feature = "trace")]
                if core::mem::take(&mut resumed)
                    && let Err(raise) = trace::started(vm, frame)
                {
                    at = ip;
                    break 'ops raise;
                }
                if let Some(exception) = thrown.take() {
                    if *ip == YIELD_FROM {
                        // The generator waits to do this again; the inner iterator gets the exception first.
                        at = ip;
                        sp = sp.sub(1);
                        match throw_into(vm, top!(), exception) {
                            Ok(value) if value.is_null() => {
                                let value = vm.stop_value;
                                top!() = if value.is_null() { Obj::NONE } else { value };
                                ip = at.add(1);
                            }
                            Ok(value) => {
                                sp = sp.add(1);
                                (*frame).ip = at;
                                (*frame).sp = sp;
                                match leave_yielding::<TRACED>(vm, frame, value) {
                                    Some(value) => return Ok(value),
                                    None => {
                                        switch_to!((*frame).prev);
                                        push!(value);
                                    }
                                }
                            }
                            Err(raise) => break 'ops raise,
                        }
                    } else {
                        // It belongs to the YIELD_VALUE just before. (A generator that is not started is before its first
                        // operation, where no block is active.)
                        at = ip.sub(1);
                        break 'ops vm.raise(exception);
                    }
                }
                macro_rules! check {
                    ($result:expr) => {
                        match $result {
                            Ok(value) => value,
                            Err(raise) => break 'ops raise,
                        }
                    };
                }
                macro_rules! binary {
                    ($call:expr) => {{
                        let right = pop!();
                        let left = top!();
                        top!() = check!($call(vm, left, right));
                    }};
                }
                // Looks whether something waits to be done; on jumps backwards to `$to`.
                macro_rules! poll {
                    ($to:expr) => {
                        if vm.pending != 0 {
                            check!(vm.run_pending());
                            #[cfg(feature = "trace")]
                            if vm.tracing.on != TRACED {
                                switch_loop!($to);
                            }
                        }
                    };
                }
                // A traced frame is about to return or to yield.
                macro_rules! leaving {
                    ($value:expr) => {
                        #[cfg(feature = "trace")]
                        if TRACED {
                            let value = $value;
                            check!(trace::returned(vm, frame, at, value));
                        }
                    };
                }
                // A comparison; when a conditional jump follows, it is done at once.
                macro_rules! compare {
                    ($op:expr, $ints:expr, $floats:expr) => {{
                        let right = pop!();
                        let left = pop!();
                        match fast::compare(left, right, $ints, $floats) {
                            Some(answer) => match *ip {
                                POP_JUMP_IF_FALSE => {
                                    ip = ip.add(1);
                                    let to = signed_target(&mut ip);
                                    if !answer {
                                        if to < ip {
                                            poll!(to);
                                        }
                                        ip = to;
                                    }
                                }
                                POP_JUMP_IF_TRUE => {
                                    ip = ip.add(1);
                                    let to = signed_target(&mut ip);
                                    if answer {
                                        if to < ip {
                                            poll!(to);
                                        }
                                        ip = to;
                                    }
                                }
                                _ => push!(Obj::bool(answer)),
                            },
                            None => push!(check!(vm.binary($op, left, right))),
                        }
                    }};
                }
                // Starts the call of a function in bytecode or machine code, or calls anything else.
                macro_rules! call {
                    ($callee:expr, $this:expr, $args:expr, $result:expr) => {{
                        let (callee, this, args, result): (Obj, Obj, *mut Obj, *mut Obj) =
                            ($callee, $this, $args.0, $result);
                        let (n_pos, n_kw): (usize, usize) = ($args.1, $args.2);
                        if let Some(function) = Gc::<Function>::exact(callee) {
                            let callee = function.code;
                            let extra = usize::from(!this.is_null());
                            if callee.simple.get()
                                && callee.native.get() == 0
                                && n_kw == 0
                                && callee.n_pos == n_pos + extra
                                && function.closed.is_null()
                            {
                                let next = check!(call::push_frame(vm, function));
                                let to = Frame::locals(next);
                                if extra != 0 {
                                    to.write(this);
                                }
                                for n in 0..n_pos {
                                    to.sub(n + extra).write(args.add(n).read());
                                }
                                for n in callee.n_pos..callee.n_state {
                                    to.sub(n).write(Obj::NULL);
                                }
                                (*frame).ip = ip;
                                (*frame).sp = result;
                                (*next).prev = frame;
                                switch_to!(next);
                            } else {
                                let kw = core::slice::from_raw_parts(args.add(n_pos).cast::<(Obj, Obj)>(), n_kw);
                                let args = Args { pos: core::slice::from_raw_parts(args, n_pos), kw };
                                (*frame).ip = ip;
                                match check!(call::start(vm, function, this, args)) {
                                    Started::Frame(next) => {
                                        (*frame).sp = result;
                                        (*next).prev = frame;
                                        switch_to!(next);
                                    }
                                    Started::Done(value) => {
                                        result.write(value);
                                        sp = result.add(1);
                                    }
                                }
                            }
                        } else {
                            // When there is a first argument it lies just before the others.
                            let extra = usize::from(!this.is_null());
                            let kw = core::slice::from_raw_parts(args.add(n_pos).cast::<(Obj, Obj)>(), n_kw);
                            let pos = core::slice::from_raw_parts(args.sub(extra), n_pos + extra);
                            (*frame).ip = ip;
                            let value = check!(vm.call(callee, Args { pos, kw }));
                            result.write(value);
                            sp = result.add(1);
                        }
                    }};
                }

                loop {
                    #[cfg(feature = "trace")]
                    if TRACED {
                        if !vm.tracing.on {
                            switch_loop!(ip);
                        }
                        if *ip != ENTER
                            && let Err(raise) = trace::step(vm, frame, ip)
                        {
                            at = ip;
                            break 'ops raise;
                        }
                    }
                    at = ip;
                    debug_assert!(Frame::holds(frame, ip, sp), "left the frame");
                    let op = *ip;
                    ip = ip.add(1);
                    match op {
                        #[cfg(feature = "trace")]
                        ENTER => {
                            if !TRACED && vm.tracing.on {
                                switch_loop!(at);
                            }
                            ip = code.start;
                            at = ip;
                            if TRACED {
                                check!(trace::started(vm, frame));
                            }
                            (*frame).ip = ip;
                        }
                        load_fast!() => {
                            let obj = *local!(op, LOAD_FAST_MULTI);
                            if obj.is_null() {
                                break 'ops unbound_local(vm);
                            }
                            push!(obj);
                        }
                        store_fast!() => {
                            let obj = pop!();
                            local!(op, STORE_FAST_MULTI).write(obj);
                        }
                        load_small_int!() => {
                            push!(Obj::small_wrapping(op as isize - (LOAD_INT_MULTI as isize + 16)));
                        }
                        LOAD_FALSE => push!(Obj::FALSE),
                        LOAD_NONE => push!(Obj::NONE),
                        LOAD_TRUE => push!(Obj::TRUE),
                        LOAD_NULL => push!(Obj::NULL),
                        LOAD_INT => {
                            let mut number: isize = if *ip & 0x40 != 0 { -1 } else { 0 };
                            loop {
                                let byte = *ip;
                                ip = ip.add(1);
                                number = number << 7 | (byte & 0x7f) as isize;
                                if byte & 0x80 == 0 {
                                    break;
                                }
                            }
                            push!(Obj::small_wrapping(number));
                        }
                        LOAD_STR => {
                            let number = argument(&mut ip);
                            push!(Obj::name(name_of(code, number)));
                        }
                        LOAD_CONST => {
                            let number = argument(&mut ip);
                            push!(code.context.consts.get(number).unwrap_or(Obj::NONE));
                        }
                        LOAD_FAST => {
                            let obj = *locals.sub(argument(&mut ip));
                            if obj.is_null() {
                                break 'ops unbound_local(vm);
                            }
                            push!(obj);
                        }
                        STORE_FAST => {
                            let number = argument(&mut ip);
                            let obj = pop!();
                            locals.sub(number).write(obj);
                        }
                        DELETE_FAST => {
                            let place = locals.sub(argument(&mut ip));
                            if (*place).is_null() {
                                break 'ops unbound_local(vm);
                            }
                            place.write(Obj::NULL);
                        }
                        LOAD_DEREF | STORE_DEREF | DELETE_DEREF => {
                            let number = argument(&mut ip);
                            let Some(cell) = Gc::<CellBody>::from_obj(*locals.sub(number)) else {
                                break 'ops unbound_local(vm);
                            };
                            if op == STORE_DEREF {
                                let obj = pop!();
                                cell.value.set(obj);
                                continue;
                            }
                            let obj = cell.value.get();
                            if obj.is_null() {
                                break 'ops unbound_local(vm);
                            }
                            if op == DELETE_DEREF {
                                cell.value.set(Obj::NULL);
                            } else {
                                push!(obj);
                            }
                        }
                        LOAD_GLOBAL => {
                            let name = name_of(code, argument(&mut ip));
                            push!(check!(attrs::load_global(vm, code, name, cache_at(code, at))));
                        }
                        LOAD_NAME => {
                            let name = name_of(code, argument(&mut ip));
                            push!(check!(attrs::load_name(vm, &*frame, name, cache_at(code, at))));
                        }
                        LOAD_ATTR => {
                            let name = name_of(code, argument(&mut ip));
                            let obj = top!();
                            (*frame).ip = ip;
                            top!() = check!(attrs::load_attr(vm, obj, name, cache_at(code, at)));
                        }
                        LOAD_METHOD => {
                            let name = name_of(code, argument(&mut ip));
                            let obj = top!();
                            (*frame).ip = ip;
                            let method = check!(attrs::load_method(vm, obj, name, cache_at(code, at)));
                            top!() = method.function;
                            push!(method.this);
                        }
                        LOAD_SUPER_METHOD => {
                            let name = name_of(code, argument(&mut ip));
                            let this = pop!();
                            let class = pop!();
                            let method = check!(attrs::super_method(vm, class, this, name));
                            top!() = method.function;
                            push!(method.this);
                        }
                        LOAD_BUILD_CLASS => push!(check!(attrs::load_build_class(vm))),
                        LOAD_SUBSCR => {
                            let index = pop!();
                            let obj = top!();
                            if let Some(item) = fast::subscript(obj, index) {
                                top!() = item;
                                continue;
                            }
                            (*frame).ip = ip;
                            top!() = check!(vm.get_item(obj, index));
                        }
                        STORE_SUBSCR => {
                            let index = pop!();
                            let obj = pop!();
                            let value = pop!();
                            if fast::set_subscript(obj, index, value) {
                                continue;
                            }
                            (*frame).ip = ip;
                            check!(vm.set_item(obj, index, value));
                        }
                        STORE_NAME => {
                            let name = name_of(code, argument(&mut ip));
                            let value = pop!();
                            check!(attrs::store_name(vm, (*frame).names, name, value));
                        }
                        STORE_GLOBAL => {
                            let name = name_of(code, argument(&mut ip));
                            let value = pop!();
                            check!(attrs::store_name(vm, code.context.globals, name, value));
                        }
                        STORE_ATTR => {
                            let name = name_of(code, argument(&mut ip));
                            let obj = pop!();
                            let value = pop!();
                            (*frame).ip = ip;
                            check!(attrs::store_attr(vm, obj, name, value, cache_at(code, at)));
                        }
                        DELETE_NAME | DELETE_GLOBAL => {
                            let name = name_of(code, argument(&mut ip));
                            let names = if op == DELETE_NAME { (*frame).names } else { code.context.globals };
                            if check!(names.map.remove(vm, Obj::name(name))).is_null() {
                                break 'ops attrs::name_error(vm, code, name);
                            }
                        }
                        DUP_TOP => {
                            let obj = top!();
                            push!(obj);
                        }
                        DUP_TOP_TWO => {
                            sp.write(*sp.sub(2));
                            sp.add(1).write(*sp.sub(1));
                            sp = sp.add(2);
                        }
                        POP_TOP => sp = sp.sub(1),
                        ROT_TWO => core::ptr::swap(sp.sub(1), sp.sub(2)),
                        ROT_THREE => {
                            let obj = top!();
                            *sp.sub(1) = *sp.sub(2);
                            *sp.sub(2) = *sp.sub(3);
                            *sp.sub(3) = obj;
                        }
                        JUMP => {
                            let to = signed_target(&mut ip);
                            if to < ip {
                                poll!(to);
                            }
                            ip = to;
                        }
                        POP_JUMP_IF_TRUE => {
                            let to = signed_target(&mut ip);
                            let obj = pop!();
                            if check!(vm.truth(obj)) {
                                if to < ip {
                                    poll!(to);
                                }
                                ip = to;
                            }
                        }
                        POP_JUMP_IF_FALSE => {
                            let to = signed_target(&mut ip);
                            let obj = pop!();
                            if !check!(vm.truth(obj)) {
                                if to < ip {
                                    poll!(to);
                                }
                                ip = to;
                            }
                        }
                        JUMP_IF_TRUE_OR_POP => {
                            let to = unsigned_target(&mut ip);
                            let obj = top!();
                            if check!(vm.truth(obj)) {
                                ip = to;
                            } else {
                                sp = sp.sub(1);
                            }
                        }
                        JUMP_IF_FALSE_OR_POP => {
                            let to = unsigned_target(&mut ip);
                            let obj = top!();
                            if check!(vm.truth(obj)) {
                                sp = sp.sub(1);
                            } else {
                                ip = to;
                            }
                        }
                        SETUP_WITH => {
                            let handler = unsigned_target(&mut ip);
                            let manager = top!();
                            (*frame).ip = ip;
                            let exit = check!(vm.get_method(manager, crate::q!("__exit__")));
                            let enter = check!(vm.get_method(manager, crate::q!("__enter__")));
                            let entered = check!(vm.call_bound(enter, &[]));
                            top!() = exit.function;
                            push!(exit.this);
                            let block = (*frame).blocks.add(1);
                            block.write(Block { handler, sp: sp.expose_provenance() | 1, caught: Obj::NULL });
                            (*frame).blocks = block;
                            push!(entered);
                        }
                        SETUP_EXCEPT | SETUP_FINALLY => {
                            let handler = unsigned_target(&mut ip);
                            let finally = usize::from(op == SETUP_FINALLY);
                            let block = (*frame).blocks.add(1);
                            block.write(Block { handler, sp: sp.expose_provenance() | finally, caught: Obj::NULL });
                            (*frame).blocks = block;
                        }
                        POP_EXCEPT_JUMP => {
                            (*frame).blocks = (*frame).blocks.sub(1);
                            ip = unsigned_target(&mut ip);
                        }
                        WITH_CLEANUP => {
                            // (exit this None), (exit this exception), (exit this value -1) or (exit this target depth)
                            let ended = top!();
                            (*frame).ip = ip;
                            if ended.is_none() {
                                let method = crate::value::Method { function: *sp.sub(3), this: *sp.sub(2) };
                                check!(vm.call_bound(method, &[Obj::NONE; 3]));
                                sp = sp.sub(2);
                                top!() = Obj::NONE;
                            } else if ended.is_small() {
                                let method = crate::value::Method { function: *sp.sub(4), this: *sp.sub(3) };
                                check!(vm.call_bound(method, &[Obj::NONE; 3]));
                                *sp.sub(4) = *sp.sub(2);
                                *sp.sub(3) = ended;
                                sp = sp.sub(2);
                            } else {
                                let method = crate::value::Method { function: *sp.sub(3), this: *sp.sub(2) };
                                let quiet = check!(call_exit(vm, method, ended));
                                sp = sp.sub(2);
                                // A true answer means that the exception has been dealt with.
                                top!() = if check!(vm.truth(quiet)) { Obj::NONE } else { ended };
                            }
                        }
                        END_FINALLY => {
                            (*frame).blocks = (*frame).blocks.sub(1);
                            let ended = pop!();
                            if ended.is_none() {
                                continue;
                            }
                            // Only a `finally` goes on with something else than an exception.
                            let block = (*frame).blocks.add(1);
                            if let Some(depth) = ended.as_small().filter(|_| (*block).is_finally()) {
                                if depth >= 0 {
                                    (ip, sp) = unwind_jump(frame, sp, ip, depth as usize);
                                    continue;
                                }
                                if let Some((to, stack)) = unwind_return(frame, sp, ip) {
                                    ip = to;
                                    sp = stack;
                                    continue;
                                }
                                let value = pop!();
                                leaving!(value);
                                match leave_returning(vm, frame, value) {
                                    Left::Out(value) => return Ok(value),
                                    Left::Push(prev) => {
                                        switch_to!(prev);
                                        push!(value);
                                    }
                                    Left::LoopEnd(prev) => {
                                        switch_to!(prev);
                                        ip = end_of_loop(&mut ip, &mut sp);
                                    }
                                }
                                continue;
                            }
                            (*frame).ip = ip;
                            let exception = check!(exception::from_raised(vm, ended));
                            break 'ops vm.reraise(exception);
                        }
                        UNWIND_JUMP => {
                            let to = signed_target(&mut ip);
                            let depth = *ip as usize;
                            // The target waits on the stack, as its distance from the start.
                            push!(Obj::small_wrapping(to.offset_from(code.start)));
                            if vm.pending != 0 {
                                check!(vm.run_pending());
                            }
                            let (to, stack) = unwind_jump(frame, sp, ip, depth);
                            ip = to;
                            sp = stack;
                        }
                        GET_ITER => {
                            let obj = top!();
                            (*frame).ip = ip;
                            top!() = check!(vm.iter(obj));
                        }
                        GET_ITER_STACK => {
                            let obj = top!();
                            let slots = sp.sub(1);
                            sp = sp.add(3);
                            slots.add(2).write(Obj::small_wrapping(0));
                            slots.add(3).write(Obj::NULL);
                            if let Some(range) = Gc::<Range>::exact(obj)
                                && range.is_small()
                                && let (Some(start), Some(stop), Some(step)) =
                                    (Obj::small(range.start), Obj::small(range.stop), Obj::small(range.step))
                            {
                                slots.write(iter_kind::RANGE);
                                slots.add(1).write(start);
                                slots.add(2).write(stop);
                                slots.add(3).write(step);
                            } else if Gc::<List>::exact(obj).is_some() {
                                slots.write(iter_kind::LIST);
                                slots.add(1).write(obj);
                            } else if obj.is_exact(&tuple::TYPE) {
                                slots.write(iter_kind::TUPLE);
                                slots.add(1).write(obj);
                            } else if Gc::<Generator>::exact(obj)
                                .is_some_and(|generator| !generator::must_resume(generator))
                            {
                                slots.write(iter_kind::GENERATOR);
                                slots.add(1).write(obj);
                            } else {
                                slots.write(iter_kind::OBJECT);
                                slots.add(1).write(Obj::NONE);
                                (*frame).ip = ip;
                                let iter = check!(vm.iter_in(slots.cast(), obj));
                                // In place, the first slot is the iterator's type.
                                if (*slots) == iter_kind::OBJECT {
                                    slots.add(1).write(iter);
                                }
                            }
                        }
                        FOR_ITER => {
                            let end = unsigned_target(&mut ip);
                            let slots = sp.sub(4);
                            let item = match *slots {
                                iter_kind::RANGE => {
                                    let (next, stop, step) = (
                                        (*slots.add(1)).small_value(),
                                        (*slots.add(2)).small_value(),
                                        (*slots.add(3)).small_value(),
                                    );
                                    if if step > 0 { next < stop } else { next > stop } {
                                        let item = *slots.add(1);
                                        slots.add(1).write(Obj::small_wrapping(next + step));
                                        item
                                    } else {
                                        Obj::NULL
                                    }
                                }
                                iter_kind::LIST | iter_kind::TUPLE => {
                                    let n = (*slots.add(2)).small_value();
                                    slots.add(2).write(Obj::small_wrapping(n + 1));
                                    let of = *slots.add(1);
                                    let item =
                                        if *slots == iter_kind::LIST { list::get(of, n) } else { tuple::get(of, n) };
                                    item.unwrap_or(Obj::NULL)
                                }
                                iter_kind::GENERATOR => {
                                    let Some(inner) = Gc::<Generator>::exact(*slots.add(1)) else {
                                        break 'ops unbound_local(vm);
                                    };
                                    poll!(at);
                                    let depth = Gc::<Generator>::from_obj((*frame).generator)
                                        .map_or(0, |outer| outer.depth.get() + 1);
                                    if depth > generator::MAX_DEPTH {
                                        break 'ops vm.too_deep();
                                    }
                                    inner.depth.set(depth);
                                    let next = check!(generator::begin_in_place(vm, inner));
                                    if next.is_null() {
                                        vm.resumed
                                    } else {
                                        // The loop's end is found again from the operation when the generator returns.
                                        (*frame).ip = ip;
                                        (*frame).sp = sp;
                                        (*next).prev = frame;
                                        (*next).leave = Leave::ForIter;
                                        switch_to!(next);
                                        #[cfg(feature = "trace")]
                                        if TRACED {
                                            at = ip;
                                            check!(trace::started(vm, frame));
                                        }
                                        continue;
                                    }
                                }
                                _ => {
                                    (*frame).ip = ip;
                                    let iter = match *slots {
                                        iter_kind::OBJECT => *slots.add(1),
                                        _ => Obj::from_pointer(NonNull::new_unchecked(slots.cast())),
                                    };
                                    check!(vm.next(iter))
                                }
                            };
                            if item.is_null() {
                                sp = slots;
                                ip = end;
                            } else {
                                push!(item);
                            }
                        }
                        BUILD_TUPLE => {
                            let n = argument(&mut ip);
                            sp = sp.sub(n);
                            let value = check!(tuple::new(vm, core::slice::from_raw_parts(sp, n)));
                            push!(value);
                        }
                        BUILD_LIST => {
                            let n = argument(&mut ip);
                            sp = sp.sub(n);
                            let value = check!(list::new(vm, core::slice::from_raw_parts(sp, n)));
                            push!(value);
                        }
                        BUILD_MAP => {
                            argument(&mut ip);
                            push!(check!(dict::new(vm)));
                        }
                        STORE_MAP => {
                            let key = pop!();
                            let value = pop!();
                            (*frame).ip = ip;
                            if let Some(map) = dict::map(top!()) {
                                check!(map.set(vm, key, value));
                            }
                        }
                        BUILD_SET => {
                            let n = argument(&mut ip);
                            (*frame).ip = ip;
                            let value = check!(set::new(vm, core::slice::from_raw_parts(sp.sub(n), n)));
                            sp = sp.sub(n);
                            push!(value);
                        }
                        BUILD_SLICE => {
                            let n = argument(&mut ip);
                            let step = if n == 3 { pop!() } else { Obj::NONE };
                            let stop = pop!();
                            let start = top!();
                            top!() = check!(slice::build(vm, *sp.sub(2), start, stop, step));
                        }
                        STORE_COMP => {
                            let number = argument(&mut ip);
                            let into = *sp.sub(number >> 2).sub(1);
                            (*frame).ip = ip;
                            match number & 3 {
                                0 => {
                                    let item = pop!();
                                    if let Some(list) = Gc::<List>::from_obj(into) {
                                        check!(list.items.push(vm, item));
                                    }
                                }
                                1 => {
                                    let key = pop!();
                                    let value = pop!();
                                    if let Some(map) = dict::map(into) {
                                        check!(map.set(vm, key, value));
                                    }
                                }
                                _ => {
                                    let item = pop!();
                                    check!(set::add(vm, into, item));
                                }
                            }
                        }
                        UNPACK_SEQUENCE => {
                            let n = argument(&mut ip);
                            let obj = pop!();
                            (*frame).ip = ip;
                            let out = core::slice::from_raw_parts_mut(sp, n);
                            check!(sequence::unpack(vm, obj, out));
                            out.reverse();
                            sp = sp.add(n);
                        }
                        UNPACK_EX => {
                            let n = argument(&mut ip);
                            let (left, right) = (n & 0xff, n >> 8);
                            let obj = pop!();
                            (*frame).ip = ip;
                            let out = core::slice::from_raw_parts_mut(sp, left + right + 1);
                            check!(sequence::unpack_star(vm, obj, left, out));
                            out.reverse();
                            sp = sp.add(left + right + 1);
                        }
                        RETURN_VALUE => {
                            if let Some((to, stack)) = unwind_return(frame, sp, ip) {
                                ip = to;
                                sp = stack;
                                continue;
                            }
                            let value = pop!();
                            leaving!(value);
                            if (*frame).leave == Leave::Call {
                                // The commonest way out, spelled here to stay short.
                                vm.stack_top = frame.cast();
                                switch_to!((*frame).prev);
                                push!(value);
                                continue;
                            }
                            match leave_returning(vm, frame, value) {
                                Left::Out(value) => return Ok(value),
                                Left::Push(prev) => {
                                    switch_to!(prev);
                                    push!(value);
                                    #[cfg(feature = "trace")]
                                    if !TRACED && vm.tracing.on {
                                        switch_loop!(ip);
                                    }
                                }
                                Left::LoopEnd(prev) => {
                                    switch_to!(prev);
                                    ip = end_of_loop(&mut ip, &mut sp);
                                }
                            }
                        }
                        RAISE_LAST => break 'ops raise_last(vm),
                        RAISE_OBJ => {
                            let obj = pop!();
                            (*frame).ip = ip;
                            let exception = check!(exception::from_raised(vm, obj));
                            break 'ops vm.raise(exception);
                        }
                        RAISE_FROM => {
                            let cause = pop!();
                            let obj = pop!();
                            (*frame).ip = ip;
                            let exception = check!(exception::from_raised(vm, obj));
                            let cause = check!(exception::from_cause(vm, cause));
                            exception::set_cause(exception, cause);
                            break 'ops vm.raise(exception);
                        }
                        YIELD_VALUE => {
                            let value = top!();
                            leaving!(value);
                            (*frame).ip = ip;
                            (*frame).sp = sp;
                            match leave_yielding::<TRACED>(vm, frame, value) {
                                Some(value) => return Ok(value),
                                None => {
                                    switch_to!((*frame).prev);
                                    push!(value);
                                }
                            }
                        }
                        YIELD_FROM => {
                            let sent = pop!();
                            let inner = top!();
                            (*frame).ip = ip;
                            match check!(send_into(vm, inner, sent)) {
                                Some(value) => {
                                    generator::delegates((*frame).generator, inner);
                                    // Comes back to this operation with what is sent.
                                    sp = sp.add(1);
                                    leaving!(value);
                                    (*frame).ip = at;
                                    (*frame).sp = sp;
                                    match leave_yielding::<TRACED>(vm, frame, value) {
                                        Some(value) => return Ok(value),
                                        None => {
                                            switch_to!((*frame).prev);
                                            push!(value);
                                        }
                                    }
                                }
                                None => {
                                    let value = vm.stop_value;
                                    top!() = if value.is_null() { Obj::NONE } else { value };
                                }
                            }
                        }
                        MAKE_FUNCTION => {
                            let number = argument(&mut ip);
                            push!(check!(make_function(vm, code, number, Obj::NULL, Obj::NULL, Obj::NULL)));
                        }
                        MAKE_FUNCTION_DEFARGS => {
                            let number = argument(&mut ip);
                            let kw_defaults = pop!();
                            let defaults = top!();
                            top!() = check!(make_function(vm, code, number, defaults, kw_defaults, Obj::NULL));
                        }
                        MAKE_CLOSURE | MAKE_CLOSURE_DEFARGS => {
                            let number = argument(&mut ip);
                            let n = *ip as usize;
                            ip = ip.add(1);
                            sp = sp.sub(n);
                            let closed = check!(tuple::new(vm, core::slice::from_raw_parts(sp, n)));
                            let (mut defaults, mut kw_defaults) = (Obj::NULL, Obj::NULL);
                            if op == MAKE_CLOSURE_DEFARGS {
                                kw_defaults = pop!();
                                defaults = pop!();
                            }
                            push!(check!(make_function(vm, code, number, defaults, kw_defaults, closed)));
                        }
                        CALL_FUNCTION => {
                            let n = argument(&mut ip);
                            let (n_pos, n_kw) = (n & 0xff, n >> 8);
                            let args = sp.sub(n_pos + 2 * n_kw);
                            let result = args.sub(1);
                            call!(*result, Obj::NULL, (args, n_pos, n_kw), result);
                        }
                        CALL_METHOD => {
                            let n = argument(&mut ip);
                            let (n_pos, n_kw) = (n & 0xff, n >> 8);
                            let args = sp.sub(n_pos + 2 * n_kw);
                            let result = args.sub(2);
                            call!(*result, *args.sub(1), (args, n_pos, n_kw), result);
                        }
                        CALL_FUNCTION_VAR_KW | CALL_METHOD_VAR_KW => {
                            let n = argument(&mut ip);
                            let (n_pos, n_kw) = (n & 0xff, n >> 8);
                            let stars = pop!().as_small().unwrap_or(0) as usize;
                            let args = sp.sub(n_pos + 2 * n_kw);
                            let (result, this) = if op == CALL_METHOD_VAR_KW {
                                (args.sub(2), *args.sub(1))
                            } else {
                                (args.sub(1), Obj::NULL)
                            };
                            let pos = core::slice::from_raw_parts(args, n_pos);
                            let kw = core::slice::from_raw_parts(args.add(n_pos).cast::<(Obj, Obj)>(), n_kw);
                            (*frame).ip = ip;
                            let value = check!(call::call_spread(vm, *result, this, pos, kw, stars));
                            result.write(value);
                            sp = result.add(1);
                        }
                        IMPORT_NAME => {
                            let name = name_of(code, argument(&mut ip));
                            let names = pop!();
                            let level = top!();
                            (*frame).ip = ip;
                            top!() = check!(import::import_statement(vm, name, names, level));
                        }
                        IMPORT_FROM => {
                            let name = name_of(code, argument(&mut ip));
                            let module = top!();
                            (*frame).ip = ip;
                            push!(check!(import::import_from(vm, module, name)));
                        }
                        IMPORT_STAR => {
                            let module = pop!();
                            (*frame).ip = ip;
                            check!(import::import_all(vm, module, (*frame).names));
                        }
                        NOT => {
                            let obj = top!();
                            top!() = Obj::bool(!check!(vm.truth(obj)));
                        }
                        POSITIVE | NEGATIVE | INVERT => {
                            let obj = top!();
                            (*frame).ip = ip;
                            let unary = match op {
                                POSITIVE => UnaryOp::Positive,
                                NEGATIVE => UnaryOp::Negative,
                                _ => UnaryOp::Invert,
                            };
                            top!() = check!(vm.unary(unary, obj));
                        }
                        ADD => binary!(|vm: &mut Vm, a, b| fast::add(vm, BinaryOp::Add, a, b)),
                        INPLACE_ADD => binary!(|vm: &mut Vm, a, b| fast::add(vm, BinaryOp::InplaceAdd, a, b)),
                        SUBTRACT => binary!(|vm: &mut Vm, a, b| fast::sub(vm, BinaryOp::Subtract, a, b)),
                        INPLACE_SUBTRACT => binary!(|vm: &mut Vm, a, b| fast::sub(vm, BinaryOp::InplaceSubtract, a, b)),
                        MULTIPLY => binary!(|vm: &mut Vm, a, b| fast::mul(vm, BinaryOp::Multiply, a, b)),
                        INPLACE_MULTIPLY => binary!(|vm: &mut Vm, a, b| fast::mul(vm, BinaryOp::InplaceMultiply, a, b)),
                        TRUE_DIVIDE => binary!(|vm: &mut Vm, a, b| fast::true_div(vm, BinaryOp::TrueDivide, a, b)),
                        FLOOR_DIVIDE => binary!(|vm: &mut Vm, a, b| fast::floor_div(vm, BinaryOp::FloorDivide, a, b)),
                        INPLACE_FLOOR_DIVIDE => {
                            binary!(|vm: &mut Vm, a, b| fast::floor_div(vm, BinaryOp::InplaceFloorDivide, a, b))
                        }
                        MODULO => binary!(|vm: &mut Vm, a, b| fast::modulo(vm, BinaryOp::Modulo, a, b)),
                        INPLACE_MODULO => binary!(|vm: &mut Vm, a, b| fast::modulo(vm, BinaryOp::InplaceModulo, a, b)),
                        AND => binary!(|vm: &mut Vm, a, b| fast::bitwise(vm, BinaryOp::And, a, b, |x, y| x & y)),
                        INPLACE_AND => {
                            binary!(|vm: &mut Vm, a, b| fast::bitwise(vm, BinaryOp::InplaceAnd, a, b, |x, y| x & y))
                        }
                        OR => binary!(|vm: &mut Vm, a, b| fast::bitwise(vm, BinaryOp::Or, a, b, |x, y| x | y)),
                        INPLACE_OR => {
                            binary!(|vm: &mut Vm, a, b| fast::bitwise(vm, BinaryOp::InplaceOr, a, b, |x, y| x | y))
                        }
                        XOR => binary!(|vm: &mut Vm, a, b| fast::bitwise(vm, BinaryOp::Xor, a, b, |x, y| x ^ y)),
                        INPLACE_XOR => {
                            binary!(|vm: &mut Vm, a, b| fast::bitwise(vm, BinaryOp::InplaceXor, a, b, |x, y| x ^ y))
                        }
                        LSHIFT => binary!(|vm: &mut Vm, a, b| fast::shl(vm, BinaryOp::Lshift, a, b)),
                        INPLACE_LSHIFT => binary!(|vm: &mut Vm, a, b| fast::shl(vm, BinaryOp::InplaceLshift, a, b)),
                        RSHIFT => binary!(|vm: &mut Vm, a, b| fast::shr(vm, BinaryOp::Rshift, a, b)),
                        INPLACE_RSHIFT => binary!(|vm: &mut Vm, a, b| fast::shr(vm, BinaryOp::InplaceRshift, a, b)),
                        LESS => compare!(BinaryOp::Less, |x, y| x < y, |x, y| x < y),
                        MORE => compare!(BinaryOp::More, |x, y| x > y, |x, y| x > y),
                        EQUAL => compare!(BinaryOp::Equal, |x, y| x == y, |x, y| x == y),
                        NOT_EQUAL => compare!(BinaryOp::NotEqual, |x, y| x != y, |x, y| x != y),
                        LESS_EQUAL => compare!(BinaryOp::LessEqual, |x, y| x <= y, |x, y| x <= y),
                        MORE_EQUAL => compare!(BinaryOp::MoreEqual, |x, y| x >= y, |x, y| x >= y),
                        IS => {
                            let right = pop!();
                            let left = top!();
                            top!() = Obj::bool(left == right);
                        }
                        IN | EXCEPTION_MATCH | INPLACE_TRUE_DIVIDE | INPLACE_MAT_MULTIPLY | INPLACE_POWER
                        | MAT_MULTIPLY | POWER => {
                            let right = pop!();
                            let left = top!();
                            (*frame).ip = ip;
                            match BinaryOp::from_number(op - BINARY_MULTI) {
                                Some(binary) => top!() = check!(vm.binary(binary, left, right)),
                                None => break 'ops malformed(vm),
                            }
                        }
                        _ => {
                            // So nothing asks whether this is one.
                            debug_assert!(false, "operation {op}");
                            core::hint::unreachable_unchecked()
                        }
                    }
                }
            };

            // An exception is on its way out of `frame`, raised by the operation at `at`.
            loop {
                let exception = vm.take_exception(raise);
                // Raised again, it has been noted where it was raised first.
                let first_time = *at != END_FINALLY && *at != RAISE_LAST;
                if first_time {
                    traceback::note(vm, exception, code, at);
                }
                #[cfg(feature = "trace")]
                let exception = if TRACED && first_time { trace::raised(vm, frame, at, exception) } else { exception };
                let first = Frame::first_block(frame);
                // A handler that lies before the operation is itself at work.
                while (*frame).blocks >= first && (*(*frame).blocks).handler <= at {
                    (*frame).blocks = (*frame).blocks.sub(1);
                }
                if (*frame).blocks >= first {
                    let block = &mut *(*frame).blocks;
                    block.caught = exception;
                    ip = block.handler;
                    sp = block.stack();
                    push!(exception);
                    continue 'raised;
                }
                #[cfg(feature = "trace")]
                let exception = if TRACED { trace::unwound(vm, frame, at, exception) } else { exception };
                let raise = vm.reraise(exception);
                #[cfg(feature = "trace")]
                if trace::watches(vm) {
                    trace::left(vm, frame);
                }
                let prev = (*frame).prev;
                let generator = Gc::<Generator>::from_obj((*frame).generator);
                if let Some(generator) = generator {
                    generator.running.set(false);
                    generator.frame.set(core::ptr::null_mut());
                } else {
                    vm.stack_top = frame.cast();
                }
                match ((*frame).leave, generator) {
                    (Leave::Entry, _) => return Err(raise),
                    (Leave::Call | Leave::Native, _) | (Leave::ForIter, None) => {}
                    #[cfg(feature = "trace")]
                    (Leave::Watched, _) => {}
                    (Leave::ForIter, Some(generator)) => {
                        generator::no_stop_iteration(vm, generator, raise);
                    }
                }
                switch_to!(prev);
                at = ip.sub(1);
            }
        }
    }
}

/// Raises again what is being handled.
#[cold]
pub(super) fn raise_last(vm: &mut Vm) -> Raise {
    let caught = vm.caught();
    if caught.is_null() {
        return vm.runtime_error(format_args!("no active exception to reraise"));
    }
    vm.reraise(caught)
}

/// Calls `__exit__` with what ended the suite. Without memory for a traceback it gets none.
#[cold]
pub(super) fn call_exit(vm: &mut Vm, exit: crate::value::Method, exception: Obj) -> Res {
    let place = match traceback::object(vm, exception) {
        Ok(place) => place,
        Err(raise) => {
            vm.take_exception(raise);
            Obj::NONE
        }
    };
    vm.call_bound(exit, &[exception.type_of().obj(), exception, place])
}

#[cold]
fn malformed(vm: &mut Vm) -> Raise {
    vm.value_error(format_args!("malformed bytecode"))
}

/// Where a returning frame's caller goes on.
enum Left {
    /// Back to Rust with this value.
    Out(Obj),
    /// In this frame, the value pushed.
    Push(*mut Frame),
    /// In this frame, behind its loop.
    LoopEnd(*mut Frame),
}

/// Ends a frame that returns `value`.
///
/// # Safety
/// `frame` is the running frame.
unsafe fn leave_returning(vm: &mut Vm, frame: *mut Frame, value: Obj) -> Left {
    // SAFETY: the caller's promise.
    unsafe {
        #[cfg(feature = "trace")]
        if trace::watches(vm) {
            trace::left(vm, frame);
        }
        if let Some(generator) = Gc::<Generator>::from_obj((*frame).generator) {
            generator.running.set(false);
            generator.frame.set(core::ptr::null_mut());
            vm.stop_value = value;
            return match (*frame).leave {
                #[cfg(feature = "trace")]
                Leave::Watched => Left::Out(Obj::NULL),
                Leave::Entry | Leave::Call | Leave::Native => Left::Out(Obj::NULL),
                Leave::ForIter => Left::LoopEnd((*frame).prev),
            };
        }
        vm.stack_top = frame.cast();
        match (*frame).leave {
            Leave::Entry => Left::Out(value),
            #[cfg(feature = "trace")]
            Leave::Watched => Left::Push((*frame).prev),
            Leave::Call | Leave::ForIter | Leave::Native => Left::Push((*frame).prev),
        }
    }
}

/// Leaves a generator's frame that yields `value`: the value when it goes to Rust, `None` when the caller's frame goes on.
///
/// # Safety
/// `frame` is the running frame of a generator, its `ip` and `sp` saved.
#[inline(always)]
unsafe fn leave_yielding<const TRACED: bool>(_vm: &mut Vm, frame: *mut Frame, value: Obj) -> Option<Obj> {
    // SAFETY: the caller's promise.
    unsafe {
        #[cfg(feature = "trace")]
        if TRACED {
            trace::left(_vm, frame);
        }
        if let Some(generator) = Gc::<Generator>::from_obj((*frame).generator) {
            generator.running.set(false);
        }
        if (*frame).leave == Leave::ForIter { None } else { Some(value) }
    }
}

/// The end of the loop whose FOR_ITER lies just before `ip`, its iterator dropped from the stack.
///
/// # Safety
/// `ip` points behind a FOR_ITER.
unsafe fn end_of_loop(ip: &mut *const u8, sp: &mut *mut Obj) -> *const u8 {
    // SAFETY: the caller's promise. The distance has one byte, or two of which the first has its top bit set.
    unsafe {
        let mut argument = if *ip.sub(2) == FOR_ITER && *ip.sub(1) & 0x80 == 0 { ip.sub(1) } else { ip.sub(2) };
        *sp = sp.sub(4);
        unsigned_target(&mut argument)
    }
}

/// Goes on with UNWIND_JUMP: `depth` handlers are to be left, `finally` parts are run on the way. The stack holds the target;
/// gives where to go on and the stack there.
///
/// # Safety
/// `frame` is the running frame and `sp`, `ip` its state.
unsafe fn unwind_jump(frame: *mut Frame, mut sp: *mut Obj, ip: *const u8, mut depth: usize) -> (*const u8, *mut Obj) {
    // SAFETY: the compiler counted the handlers.
    unsafe {
        while depth & 0x7f > 0 {
            depth -= 1;
            let block = (*frame).blocks;
            if (*block).is_finally() && (*block).handler >= ip {
                // The handler runs with the rest of the way on top of the target.
                let target = *sp.sub(1);
                sp = (*block).stack();
                sp.write(target);
                sp.add(1).write(Obj::small_wrapping(depth as isize));
                return ((*block).handler, sp.add(2));
            }
            if (*block).is_finally() {
                // It is at work now: what it would have gone on with is given up.
                let target = *sp.sub(1);
                sp = (*block).stack();
                sp.write(target);
                sp = sp.add(1);
            }
            (*frame).blocks = block.sub(1);
        }
        sp = sp.sub(1);
        let code = (*frame).code;
        let to = code.start.offset((*sp).small_value());
        if depth & 0x80 != 0 {
            sp = sp.sub(4);
        }
        (to, sp)
    }
}

/// Before a return: the next `finally` that has to run, with the stack for it. The value is on top of the stack.
///
/// # Safety
/// As `unwind_jump`.
#[inline(always)]
unsafe fn unwind_return(frame: *mut Frame, sp: *mut Obj, ip: *const u8) -> Option<(*const u8, *mut Obj)> {
    // SAFETY: the caller's promise.
    unsafe {
        let code = (*frame).code;
        if code.n_exc == 0 {
            return None;
        }
        let first = Frame::first_block(frame);
        while (*frame).blocks >= first {
            let block = (*frame).blocks;
            if (*block).is_finally() && (*block).handler >= ip {
                let value = *sp.sub(1);
                let stack = (*block).stack();
                stack.write(value);
                stack.add(1).write(Obj::small_wrapping(-1));
                return Some(((*block).handler, stack.add(2)));
            }
            (*frame).blocks = block.sub(1);
        }
        None
    }
}

/// `yield from`: passes what was sent on to the inner iterator. `None` when it has ended; its value is in `vm.stop_value`.
pub fn send_into(vm: &mut Vm, inner: Obj, sent: Obj) -> Res<Option<Obj>> {
    if let Some(end) = generator::known_end(vm) {
        return end;
    }
    if let Some(generator) = Gc::<Generator>::exact(inner) {
        return Ok(generator::resume(vm, generator, sent, Obj::NULL)?.non_null());
    }
    vm.stop_value = Obj::NULL;
    if sent.is_none() {
        return Ok(vm.next(inner)?.non_null());
    }
    let method = vm.get_method(inner, crate::q!("send"))?;
    match vm.call_bound(method, &[sent]) {
        Ok(value) => Ok(Some(value)),
        Err(raise) => exception::stop_value(vm, raise).map(Obj::non_null),
    }
}

/// Whether a generator's frame waits in a `yield from`.
///
/// # Safety
/// `frame` is a generator's.
pub unsafe fn waits_for_inner(frame: *mut Frame) -> bool {
    // SAFETY: the caller's promise; `ip` points at an operation.
    unsafe { *(*frame).ip == YIELD_FROM }
}

/// Throws into the iterator of a `yield from`: the value it yields, or `Obj::NULL` when it has ended. `thrown` is as the
/// program gave it: maybe a class.
pub fn throw_into(vm: &mut Vm, inner: Obj, thrown: Obj) -> Res {
    let ty = crate::value::TypeRef::from_obj(thrown).unwrap_or_else(|| thrown.type_of());
    let exits = crate::types::class::is_subclass(ty, crate::value::TypeRef::of(&exception::GENERATOR_EXIT));
    if let Some(generator) = Gc::<Generator>::exact(inner) {
        if exits {
            generator::close(vm, inner)?;
            return raise_in(vm, thrown);
        }
        return generator::throw_in(vm, generator, thrown);
    }
    let name = if exits { crate::q!("close") } else { crate::q!("throw") };
    let method = vm.find_method(inner, name)?;
    if method.function.is_null() {
        return raise_in(vm, thrown);
    }
    if exits {
        vm.call_bound(method, &[])?;
        return raise_in(vm, thrown);
    }
    match vm.call_bound(method, &[thrown]) {
        Ok(value) => Ok(value),
        Err(raise) => exception::stop_value(vm, raise),
    }
}

fn raise_in(vm: &mut Vm, thrown: Obj) -> Res {
    let thrown = exception::from_raised(vm, thrown)?;
    Err(vm.raise(thrown))
}
